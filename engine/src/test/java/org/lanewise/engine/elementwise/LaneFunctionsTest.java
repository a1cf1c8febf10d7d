package org.lanewise.engine.elementwise;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.lanewise.engine.ForkedJvm;
import org.lanewise.engine.operation.Elementwise;
import org.lanewise.engine.vector.Lanes;

/**
 * Holds the lanes of every operation against its plain loop, bit by bit.
 *
 * <p>Every 4093rd float is tried as the first operand. With the system property {@code
 * lanewise.exhaustive=true} every float is, which takes some minutes an operation:
 *
 * <pre>mvn test -pl engine -Dtest=LaneFunctionsTest -Dtest.options=-Dlanewise.exhaustive=true</pre>
 */
@Tag("vectors")
class LaneFunctionsTest {
  private static final long SEED = 20_261_127;
  private static final int STRIDE = Boolean.getBoolean("lanewise.exhaustive") ? 1 : 4093;

  @ParameterizedTest
  @EnumSource
  void everyLaneHasTheBitsOfThePlainLoop(Elementwise operation) {
    Random random = new Random(SEED);
    float[] x = new float[1 << 14];
    float[] x1 = new float[x.length];
    float[] x2 = new float[x.length];
    long first = STRIDE == 1 ? 0 : random.nextInt(STRIDE);
    for (long bits = first; bits < 1L << Integer.SIZE; bits += (long) STRIDE * x.length) {
      for (int i = 0; i < x.length; i++) {
        x[i] = Float.intBitsToFloat((int) (bits + (long) i * STRIDE));
        x1[i] = other(x[i], random);
        x2[i] = other(x[i], random);
      }
      float[] expected = new float[x.length];
      float[] actual = new float[x.length];
      ScalarLoops.of(operation).run(x, x1, x2, expected, x.length);
      LaneLoop.of(operation).run(x, x1, x2, actual, x.length);
      for (int i = 0; i < x.length; i++) {
        if (Float.floatToIntBits(actual[i]) != Float.floatToIntBits(expected[i])) {
          assertThat(actual[i])
              .as("%s of %s, %s, %s, seed %d", operation, x[i], x1[i], x2[i], SEED)
              .isEqualTo(expected[i]);
        }
      }
    }
  }

  /** Another operand: any float, one near zero, a small integer, or the first one again. */
  private static float other(float x, Random random) {
    return switch (random.nextInt(4)) {
      case 0 -> Float.intBitsToFloat(random.nextInt());
      case 1 -> (float) random.nextGaussian(0, 3);
      case 2 -> random.nextInt(-3, 4);
      default -> x;
    };
  }

  /** Interpreted code stands in for lanes that the machine may lack: it emulates any width. */
  @Test
  void theBitsAreThoseOfEveryLaneWidthColdAndWarm() {
    String here = LaneFunctionsChecksum.checksums(0, ScalarLoops::of);
    assertThat(checksum("128", "warm")).isEqualTo(here);
    assertThat(checksum("256", "cold")).isEqualTo(here);
    assertThat(checksum("512", "cold", "-Xint")).isEqualTo(here);
  }

  private static String checksum(String bits, String when, String... options) {
    List<String> all = new ArrayList<>(List.of("-D" + Lanes.PROPERTY + "=" + bits));
    all.addAll(List.of(options));
    return ForkedJvm.outputOf(LaneFunctionsChecksum.class, all, when);
  }
}
