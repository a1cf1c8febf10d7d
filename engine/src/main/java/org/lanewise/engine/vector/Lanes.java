package org.lanewise.engine.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.Vector;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;
import org.jspecify.annotations.Nullable;

/**
 * The vector species of every kernel, named here and nowhere else.
 *
 * <p>The lanes are as wide as the machine prefers, or as the system property {@value #PROPERTY}
 * says (128, 256 or 512). No result depends on the width.
 *
 * <p>Lanes wider than the machine's registers are emulated, hundreds of times slower, so that
 * nothing but tests computes with them; there is one warning.
 */
public final class Lanes {
  /** The system property that forces the width of the lanes, in bits. */
  public static final String PROPERTY = "lanewise.vectorBits";

  /** Floats of the chosen shape. */
  public static final VectorSpecies<Float> FLOATS = VectorSpecies.of(float.class, shape());

  /** Ints of the same shape: as many lanes as {@link #FLOATS}. */
  public static final VectorSpecies<Integer> INTS =
      VectorSpecies.of(int.class, FLOATS.vectorShape());

  /** Four floats, whatever the lanes' width: every machine has such vectors. */
  public static final VectorSpecies<Float> FOUR_FLOATS =
      VectorSpecies.of(float.class, VectorShape.S_128_BIT);

  /** The number of floats in a vector: 4, 8 or 16. */
  public static final int COUNT = FLOATS.length();

  private static final Class<? extends Vector<Float>> TYPE = FLOATS.vectorType();

  private Lanes() {}

  /**
   * Loads a vector. The cast says its class, which the compiler otherwise reads from a profile, and
   * where that is not complete vectors end up on the heap.
   */
  public static FloatVector load(float[] x, int offset) {
    return (FloatVector) TYPE.cast(FloatVector.fromArray(FLOATS, x, offset));
  }

  /** A vector of one element in all lanes; of a class that is known as in {@link #load}. */
  public static FloatVector repeat(float x) {
    return (FloatVector) TYPE.cast(FloatVector.broadcast(FLOATS, x));
  }

  /** The elements of as many vectors as n elements need. */
  public static int wholeVectors(int n) {
    return (n + COUNT - 1) & -COUNT;
  }

  private static VectorShape shape() {
    // Below 128 bits a species has too few lanes to be worth a kernel; above 512 none exists yet.
    int preferred = Math.clamp(VectorShape.preferredShape().vectorBitSize(), 128, 512);
    int bits = bits(System.getProperty(PROPERTY), preferred);
    if (bits > preferred) {
      System.getLogger("org.lanewise.engine")
          .log(
              System.Logger.Level.WARNING,
              PROPERTY
                  + " is "
                  + bits
                  + ", but the machine's vectors have "
                  + preferred
                  + " bits: computing without vectors, several times slower");
    }
    return VectorShape.forBitSize(bits);
  }

  private static int bits(@Nullable String property, int preferred) {
    if (property == null) {
      return preferred;
    }
    return switch (property.strip()) {
      case "128" -> 128;
      case "256" -> 256;
      case "512" -> 512;
      default ->
          throw new IllegalArgumentException(
              "system property " + PROPERTY + ": expected 128, 256 or 512, was " + property);
    };
  }
}
