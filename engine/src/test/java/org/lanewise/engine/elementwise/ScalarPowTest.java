package org.lanewise.engine.elementwise;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.lanewise.engine.operation.Elementwise;

/** Holds the power function against {@link Math#pow} where it is hard. */
class ScalarPowTest {
  private static final long SEED = 20_251_122;
  private static final int SIZE = 1 << 18;

  private static final float[] SPECIAL = {
    0f,
    -0f,
    1f,
    -1f,
    0.5f,
    -0.5f,
    2f,
    -2f,
    3f,
    -3f,
    1.5f,
    -1.5f,
    2.5f,
    Float.NaN,
    Float.POSITIVE_INFINITY,
    Float.NEGATIVE_INFINITY,
    Float.MIN_VALUE,
    -Float.MIN_VALUE,
    Float.MIN_NORMAL,
    Float.MAX_VALUE,
    -Float.MAX_VALUE,
    1e30f,
    -1e30f,
    Math.nextUp(1f),
    Math.nextDown(1f),
    Math.nextUp(-1f),
    Math.nextDown(-1f),
    // Around the ends of the floats with a fraction and of the odd ones.
    0x1p22f + 0.5f,
    0x1p23f - 1,
    0x1p23f + 1,
    0x1p24f - 1,
    1 - 0x1p24f,
    0x1p24f,
    0x1p24f + 2,
    0x1p25f
  };

  @Test
  void specialCasesAreThoseOfMathPow() {
    int n = SPECIAL.length;
    float[] x = new float[n * n];
    float[] y = new float[n * n];
    for (int i = 0; i < n * n; i++) {
      x[i] = SPECIAL[i / n];
      y[i] = SPECIAL[i % n];
    }
    check("special values", x, y);
  }

  @Test
  void errorStaysWithinTheBoundForArbitraryBits() {
    check(
        "arbitrary bits",
        (random, pair) -> {
          pair[0] = Float.intBitsToFloat(random.nextInt());
          pair[1] = Float.intBitsToFloat(random.nextInt());
        });
  }

  @Test
  void errorStaysWithinTheBoundForEveryMagnitudeOfTheResult() {
    check(
        "results from the least to the greatest float",
        (random, pair) -> {
          pair[0] = Math.abs(Float.intBitsToFloat(random.nextInt()));
          pair[1] = (float) ((190 * random.nextDouble() - 101) / Math.log(pair[0]));
        });
  }

  @Test
  void errorStaysWithinTheBoundForLargePowersOfNumbersNearOne() {
    check(
        "extreme results of numbers near one",
        (random, pair) -> {
          pair[0] = 0.5f + 1.5f * random.nextFloat();
          double logarithm = random.nextBoolean() ? 88.7 : -103;
          pair[1] = (float) (logarithm * (1 - 0.05 * random.nextDouble()) / Math.log(pair[0]));
        });
  }

  @Test
  void errorStaysWithinTheBoundForIntegerPowersOfAnySign() {
    check(
        "integer powers",
        (random, pair) -> {
          pair[0] = (float) random.nextGaussian(0, 3);
          pair[1] = random.nextInt(-20, 21);
        });
  }

  @Test
  void theFirstPowerIsTheNumberItself() {
    Random random = new Random(SEED);
    float[] x = new float[SIZE];
    for (int i = 0; i < SIZE; i++) {
      x[i] = Float.intBitsToFloat(random.nextInt());
    }
    float[] one = new float[SIZE];
    Arrays.fill(one, 1f);
    assertThat(LaneLoop.bits(pow(x, one))).isEqualTo(LaneLoop.bits(x));
  }

  private static void check(String what, BiConsumer<Random, float[]> sample) {
    Random random = new Random(SEED);
    float[] x = new float[SIZE];
    float[] y = new float[SIZE];
    float[] pair = new float[2];
    for (int i = 0; i < SIZE; i++) {
      sample.accept(random, pair);
      x[i] = pair[0];
      y[i] = pair[1];
    }
    check(what, x, y);
  }

  private static void check(String what, float[] x, float[] y) {
    float[] actual = pow(x, y);
    UlpError error = new UlpError();
    for (int i = 0; i < x.length; i++) {
      error.add(actual[i], Math.pow(x[i], y[i]), x[i], y[i]);
    }
    assertThat(error.largest())
        .as("%s, seed %d: pow of %s", what, SEED, error)
        .isLessThanOrEqualTo(Elementwise.POW.maxUlp());
  }

  private static float[] pow(float[] x, float[] y) {
    float[] result = new float[x.length];
    ScalarLoops.of(Elementwise.POW).run(x, y, x, result, x.length);
    return result;
  }
}
