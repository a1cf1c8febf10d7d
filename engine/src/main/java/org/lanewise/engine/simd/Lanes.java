package org.lanewise.engine.simd;

import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * The vector species of every kernel, named here and nowhere else.
 *
 * <p>The lanes are as wide as the machine prefers, or as the system property {@value #PROPERTY}
 * says (128, 256 or 512). Lanes wider than the machine's registers work but are emulated, hundreds
 * of times slower. No result depends on the width.
 */
public final class Lanes {
  /** The system property that forces the width of the lanes, in bits. */
  public static final String PROPERTY = "lanewise.vectorBits";

  /** Floats of the chosen shape. */
  public static final VectorSpecies<Float> FLOATS = VectorSpecies.of(float.class, shape());

  /** Ints of the same shape: as many lanes as {@link #FLOATS}. */
  public static final VectorSpecies<Integer> INTS =
      VectorSpecies.of(int.class, FLOATS.vectorShape());

  /** The number of floats in a vector: 4, 8 or 16. */
  public static final int COUNT = FLOATS.length();

  private Lanes() {}

  private static VectorShape shape() {
    String bits = System.getProperty(PROPERTY);
    if (bits != null) {
      return switch (bits.strip()) {
        case "128" -> VectorShape.S_128_BIT;
        case "256" -> VectorShape.S_256_BIT;
        case "512" -> VectorShape.S_512_BIT;
        default ->
            throw new IllegalArgumentException(
                "system property " + PROPERTY + ": expected 128, 256 or 512, was " + bits);
      };
    }
    // Below 128 bits a species has too few lanes to be worth a kernel; above 512 none exists yet.
    int preferred = Math.clamp(VectorShape.preferredShape().vectorBitSize(), 128, 512);
    return VectorShape.forBitSize(preferred);
  }
}
