package org.lanewise.engine.elementwise;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.lanewise.engine.operation.Elementwise;

/**
 * Holds the plain loop of every operation of one operand against its definition: the error bound,
 * odd symmetry and limits.
 *
 * <p>Every 4093rd float is tried. With the system property {@code lanewise.exhaustive=true} every
 * float is, which takes some minutes an operation:
 *
 * <pre>mvn test -pl engine -Dtest=ScalarLoopsTest -Dtest.options=-Dlanewise.exhaustive=true</pre>
 */
class ScalarLoopsTest {
  private static final long SEED = 20_251_122;
  private static final int STRIDE = Boolean.getBoolean("lanewise.exhaustive") ? 1 : 4093;

  private static final float[] SPECIAL = {
    0f,
    -0f,
    1f,
    -1f,
    0.5f,
    -0.5f,
    2f,
    -2f,
    Float.NaN,
    Float.POSITIVE_INFINITY,
    Float.NEGATIVE_INFINITY,
    Float.MIN_VALUE,
    -Float.MIN_VALUE,
    Float.MAX_VALUE,
    -Float.MAX_VALUE,
    Float.MIN_NORMAL,
    -Float.MIN_NORMAL,
    Math.nextDown(Float.MIN_NORMAL),
    Math.nextUp(-1f),
    Math.nextDown(-1f),
    Math.nextUp(1f),
    Math.nextDown(1f),
    (float) Math.sqrt(0.5),
    (float) Math.sqrt(2)
  };

  static Stream<Elementwise> unary() {
    return Arrays.stream(Elementwise.values()).filter(operation -> operation.arity() == 1);
  }

  @ParameterizedTest
  @MethodSource("unary")
  void errorStaysWithinTheBoundOverTheFloats(Elementwise operation) {
    float[] x = new float[1 << 14];
    UlpError error = new UlpError();
    long first = STRIDE == 1 ? 0 : new Random(SEED).nextInt(STRIDE);
    for (long bits = first; bits < 1L << Integer.SIZE; bits += (long) STRIDE * x.length) {
      for (int i = 0; i < x.length; i++) {
        x[i] = Float.intBitsToFloat((int) (bits + (long) i * STRIDE));
      }
      measure(operation, x, error);
    }
    assertThat(error.largest())
        .as("%s of %s", operation, error)
        .isLessThanOrEqualTo(operation.maxUlp());
  }

  @ParameterizedTest
  @MethodSource("unary")
  void errorStaysWithinTheBoundForSpecialAndForModerateOperands(Elementwise operation) {
    Random random = new Random(SEED);
    float[] x = new float[1 << 16];
    for (int i = 0; i < x.length; i++) {
      x[i] = 240 * random.nextFloat() - 120;
    }
    System.arraycopy(SPECIAL, 0, x, 0, SPECIAL.length);
    UlpError error = new UlpError();
    measure(operation, x, error);
    assertThat(error.largest())
        .as("%s of %s", operation, error)
        .isLessThanOrEqualTo(operation.maxUlp());
  }

  @ParameterizedTest
  @EnumSource(names = {"NEGATE", "SIGN", "TANH", "ERF"})
  void oddFunctionsAreOddBitForBit(Elementwise operation) {
    float[] x = randomBits(1 << 16);
    float[] opposite = new float[x.length];
    for (int i = 0; i < x.length; i++) {
      opposite[i] = -x[i];
    }
    float[] y = apply(operation, x);
    float[] minus = apply(operation, opposite);
    for (int i = 0; i < x.length; i++) {
      assertThat(Float.floatToIntBits(minus[i]))
          .as("%s of %s, seed %d", operation, -x[i], SEED)
          .isEqualTo(Float.floatToIntBits(-y[i]));
    }
  }

  /** From the limit on, away from zero, every result is the same. */
  @ParameterizedTest
  @CsvSource({
    "EXP, 88.72284, Infinity",
    "EXP, -103.972084, 0",
    "EXPM1, 88.72284, Infinity",
    "EXPM1, -17.5, -1",
    "TANH, 9.02, 1",
    "TANH, -9.02, -1",
    "LOGISTIC, 17, 1",
    "LOGISTIC, -103.972084, 0",
    "ERF, 3.9375, 1",
    "ERF, -3.9375, -1",
    "NORMAL_CDF, 5.42, 1",
    "NORMAL_CDF, -14.170187, 0",
    "NORMAL_PDF, 14.356403, 0",
    "NORMAL_PDF, -14.356403, 0"
  })
  void resultsAreConstantBeyondTheLimits(Elementwise operation, float limit, float result) {
    float[] x = new float[1 << 14];
    for (int i = 0; i < x.length; i++) {
      x[i] = Float.intBitsToFloat(Float.floatToRawIntBits(limit) + i);
    }
    for (int i = x.length / 2; i < x.length; i++) {
      x[i] = limit * (float) Math.scalb(1.0, (i - x.length / 2) % 150);
    }
    assertThat(apply(operation, x)).as("%s from %s on", operation, limit).containsOnly(result);
  }

  private static void measure(Elementwise operation, float[] x, UlpError error) {
    float[] y = apply(operation, x);
    for (int i = 0; i < x.length; i++) {
      error.add(y[i], operation.evaluate(x[i], 0, 0), x[i]);
    }
  }

  private static float[] apply(Elementwise operation, float[] x) {
    float[] y = new float[x.length];
    ScalarLoops.of(operation).run(x, x, x, y, x.length);
    return y;
  }

  private static float[] randomBits(int n) {
    Random random = new Random(SEED);
    float[] x = new float[n];
    for (int i = 0; i < n; i++) {
      // Half of them near one, where most functions are neither constant nor linear.
      float any = Float.intBitsToFloat(random.nextInt());
      x[i] = random.nextBoolean() ? any : (float) random.nextGaussian(0, 3);
    }
    return x;
  }
}
