package org.lanewise.engine.operation;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Holds the error function against its Maclaurin series in 80 decimal digits. */
class ErrorFunctionTest {
  private static final long SEED = 20_251_122;
  private static final double MAX_ULP = 1.4;

  /** The terms grow up to 10^15 before they fall, so 60 digits and more remain. */
  private static final MathContext DIGITS = new MathContext(80);

  private static final BigDecimal TWO_OVER_SQRT_PI =
      new BigDecimal(
          "1.1283791670955125738961589031215451716881012586579977136881714434212849368829868289734");

  @Test
  void staysWithinItsErrorBound() {
    Random random = new Random(SEED);
    for (int i = 0; i < 1_000; i++) {
      double x =
          i % 3 == 0
              ? Math.scalb(random.nextDouble(), -random.nextInt(30))
              : 6.2 * random.nextDouble();
      double actual = ErrorFunction.erf(x);
      BigDecimal exact = exact(x);
      double error =
          new BigDecimal(actual).subtract(exact).abs().doubleValue()
              / Math.ulp(exact.doubleValue());
      assertThat(error).as("erf(%s), seed %d", x, SEED).isLessThanOrEqualTo(MAX_ULP);
      assertThat(ErrorFunction.erf(-x)).isEqualTo(-actual);
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {6, 7.5, 1e10, Double.MAX_VALUE, Double.POSITIVE_INFINITY})
  void isOneFromSixOn(double x) {
    assertThat(ErrorFunction.erf(x)).isEqualTo(1);
    assertThat(ErrorFunction.erf(-x)).isEqualTo(-1);
  }

  @Test
  void keepsZerosAndNaN() {
    assertThat(Double.doubleToRawLongBits(ErrorFunction.erf(0.0))).isZero();
    assertThat(Double.doubleToRawLongBits(ErrorFunction.erf(-0.0))).isEqualTo(Long.MIN_VALUE);
    assertThat(ErrorFunction.erf(Double.MIN_VALUE)).isEqualTo(Double.MIN_VALUE);
    assertThat(ErrorFunction.erf(Double.NaN)).isNaN();
  }

  private static BigDecimal exact(double value) {
    BigDecimal x = new BigDecimal(value);
    BigDecimal square = x.multiply(x, DIGITS).negate();
    BigDecimal power = x;
    BigDecimal sum = BigDecimal.ZERO;
    for (int n = 0; ; n++) {
      BigDecimal next = sum.add(power.divide(BigDecimal.valueOf(2L * n + 1), DIGITS), DIGITS);
      if (next.compareTo(sum) == 0) {
        return sum.multiply(TWO_OVER_SQRT_PI, DIGITS);
      }
      sum = next;
      power = power.multiply(square, DIGITS).divide(BigDecimal.valueOf(n + 1L), DIGITS);
    }
  }
}
