package org.lanewise.engine.elementwise;

import org.lanewise.engine.operation.Elementwise;

/** The plain loop of every elementwise operation: what each of them computes, bit by bit. */
public final class ScalarLoops {
  private static final int ONE_BITS = Float.floatToRawIntBits(1f);

  private ScalarLoops() {}

  /** The loop of an operation. Each is a method of its own, which is compiled by itself. */
  public static ScalarLoop of(Elementwise operation) {
    return switch (operation) {
      case ADD ->
          (x, x1, x2, y, n) -> {
            for (int i = 0; i < n; i++) {
              y[i] = x[i] + x1[i];
            }
          };
      case SUBTRACT ->
          (x, x1, x2, y, n) -> {
            for (int i = 0; i < n; i++) {
              y[i] = x[i] - x1[i];
            }
          };
      case MULTIPLY ->
          (x, x1, x2, y, n) -> {
            for (int i = 0; i < n; i++) {
              y[i] = x[i] * x1[i];
            }
          };
      case DIVIDE ->
          (x, x1, x2, y, n) -> {
            for (int i = 0; i < n; i++) {
              y[i] = x[i] / x1[i];
            }
          };
      case POW ->
          (x, x1, x2, y, n) -> {
            for (int i = 0; i < n; i++) {
              y[i] = ScalarPow.pow(x[i], x1[i]);
            }
          };
      case MAXIMUM ->
          (x, x1, x2, y, n) -> {
            for (int i = 0; i < n; i++) {
              y[i] = Math.max(x[i], x1[i]);
            }
          };
      case MINIMUM ->
          (x, x1, x2, y, n) -> {
            for (int i = 0; i < n; i++) {
              y[i] = Math.min(x[i], x1[i]);
            }
          };
      case EQUAL ->
          (x, x1, x2, y, n) -> {
            for (int i = 0; i < n; i++) {
              y[i] = number(x[i] == x1[i]);
            }
          };
      case NOT_EQUAL ->
          (x, x1, x2, y, n) -> {
            for (int i = 0; i < n; i++) {
              y[i] = number(x[i] != x1[i]);
            }
          };
      case LESS ->
          (x, x1, x2, y, n) -> {
            for (int i = 0; i < n; i++) {
              y[i] = number(x[i] < x1[i]);
            }
          };
      case LESS_EQUAL ->
          (x, x1, x2, y, n) -> {
            for (int i = 0; i < n; i++) {
              y[i] = number(x[i] <= x1[i]);
            }
          };
      case GREATER ->
          (x, x1, x2, y, n) -> {
            for (int i = 0; i < n; i++) {
              y[i] = number(x[i] > x1[i]);
            }
          };
      case GREATER_EQUAL ->
          (x, x1, x2, y, n) -> {
            for (int i = 0; i < n; i++) {
              y[i] = number(x[i] >= x1[i]);
            }
          };
      case SELECT ->
          (x, x1, x2, y, n) -> {
            for (int i = 0; i < n; i++) {
              y[i] = select(x[i], x1[i], x2[i]);
            }
          };
      case CLIP ->
          (x, x1, x2, y, n) -> {
            for (int i = 0; i < n; i++) {
              y[i] = Math.min(Math.max(x[i], x1[i]), x2[i]);
            }
          };
      case NEGATE ->
          (x, x1, x2, y, n) -> {
            for (int i = 0; i < n; i++) {
              y[i] = -x[i];
            }
          };
      case ABS ->
          (x, x1, x2, y, n) -> {
            for (int i = 0; i < n; i++) {
              y[i] = Math.abs(x[i]);
            }
          };
      case SIGN ->
          (x, x1, x2, y, n) -> {
            for (int i = 0; i < n; i++) {
              y[i] = sign(x[i]);
            }
          };
      case SQRT ->
          (x, x1, x2, y, n) -> {
            for (int i = 0; i < n; i++) {
              y[i] = (float) Math.sqrt(x[i]);
            }
          };
      case RSQRT ->
          (x, x1, x2, y, n) -> {
            for (int i = 0; i < n; i++) {
              y[i] = 1f / (float) Math.sqrt(x[i]);
            }
          };
      case EXP ->
          (x, x1, x2, y, n) -> {
            for (int i = 0; i < n; i++) {
              y[i] = ScalarExp.exp(x[i]);
            }
          };
      case EXPM1 ->
          (x, x1, x2, y, n) -> {
            for (int i = 0; i < n; i++) {
              y[i] = ScalarExp.expm1(x[i]);
            }
          };
      case LOG ->
          (x, x1, x2, y, n) -> {
            for (int i = 0; i < n; i++) {
              y[i] = ScalarLog.log(x[i]);
            }
          };
      case LOG1P ->
          (x, x1, x2, y, n) -> {
            for (int i = 0; i < n; i++) {
              y[i] = ScalarLog.log1p(x[i]);
            }
          };
      case TANH ->
          (x, x1, x2, y, n) -> {
            for (int i = 0; i < n; i++) {
              y[i] = ScalarTanh.tanh(x[i]);
            }
          };
      case LOGISTIC ->
          (x, x1, x2, y, n) -> {
            for (int i = 0; i < n; i++) {
              y[i] = ScalarLogistic.logistic(x[i]);
            }
          };
      case LOGISTIC_SLOPE ->
          (x, x1, x2, y, n) -> {
            for (int i = 0; i < n; i++) {
              y[i] = ScalarLogistic.slope(x[i]);
            }
          };
      case ERF ->
          (x, x1, x2, y, n) -> {
            for (int i = 0; i < n; i++) {
              y[i] = ScalarErf.erf(x[i]);
            }
          };
      case NORMAL_CDF ->
          (x, x1, x2, y, n) -> {
            for (int i = 0; i < n; i++) {
              y[i] = ScalarNormal.cdf(x[i]);
            }
          };
      case NORMAL_PDF ->
          (x, x1, x2, y, n) -> {
            for (int i = 0; i < n; i++) {
              y[i] = ScalarNormal.pdf(x[i]);
            }
          };
      case STOP_GRADIENT -> (x, x1, x2, y, n) -> System.arraycopy(x, 0, y, 0, n);
    };
  }

  /** 1 where a condition holds, else 0; as a choice of integers it is compiled without a branch. */
  private static float number(boolean condition) {
    return Float.intBitsToFloat(condition ? ONE_BITS : 0);
  }

  /** x1 unless x is zero, else x2; without a branch. */
  private static float select(float x, float x1, float x2) {
    return Float.intBitsToFloat(
        x != 0f ? Float.floatToRawIntBits(x1) : Float.floatToRawIntBits(x2));
  }

  /** Zeros and NaN are their own sign. */
  private static float sign(float x) {
    float positive = x > 0f ? 1f : x;
    return x < 0f ? -1f : positive;
  }
}
