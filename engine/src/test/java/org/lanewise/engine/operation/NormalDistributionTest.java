package org.lanewise.engine.operation;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Holds the normal distribution against its Maclaurin series in 150 decimal digits. */
class NormalDistributionTest {
  private static final long SEED = 20_261_122;
  private static final double RELATIVE_ERROR = 1e-14;

  /** The terms grow up to 10^43 before they fall, and Φ is as small as 10^-45. */
  private static final MathContext DIGITS = new MathContext(150);

  private static final BigDecimal ONE_OVER_SQRT_TWO_PI =
      new BigDecimal(
          "0.398942280401432677939946059934381868475858631164934657665925829670657925899301838"
              + "501252333907306936430302558862635182685510991954555837");

  private static final BigDecimal HALF = new BigDecimal("0.5");

  @Test
  void staysWithinItsErrorBound() {
    Random random = new Random(SEED);
    for (int i = 0; i < 1_000; i++) {
      double x = 22 * random.nextDouble() - 14.5;
      BigDecimal exact = cdf(x);
      assertThat(relativeError(NormalDistribution.cdf(x), exact))
          .as("cdf(%s) = %s, seed %d", x, exact.doubleValue(), SEED)
          .isLessThan(RELATIVE_ERROR);
    }
  }

  /** Computed with another program for arbitrary precision. */
  @ParameterizedTest
  @CsvSource({
    "-1, 0.1586552539314570514148",
    "-2, 0.02275013194817920720028",
    "-5, 2.866515718791939116738e-7",
    "-14, 7.79353681919280025436e-45",
    "-37, 5.725571222524576822683e-300"
  })
  void tabulatedValues(double x, BigDecimal exact) {
    assertThat(relativeError(NormalDistribution.cdf(x), exact)).isLessThan(1e-13);
  }

  @Test
  void limits() {
    assertThat(NormalDistribution.cdf(Double.NEGATIVE_INFINITY)).isZero();
    assertThat(NormalDistribution.cdf(-1e300)).isZero();
    assertThat(NormalDistribution.cdf(Double.POSITIVE_INFINITY)).isEqualTo(1);
    assertThat(NormalDistribution.cdf(Double.NaN)).isNaN();
    assertThat(NormalDistribution.pdf(Double.NEGATIVE_INFINITY)).isZero();
    assertThat(NormalDistribution.pdf(Double.NaN)).isNaN();
  }

  private static double relativeError(double actual, BigDecimal exact) {
    return new BigDecimal(actual).subtract(exact).divide(exact, DIGITS).abs().doubleValue();
  }

  /** ½ + Σ (−1)ⁿ x²ⁿ⁺¹ / (2ⁿ n! (2n + 1)) / √(2π): Abramowitz and Stegun, 26.2.10. */
  private static BigDecimal cdf(double value) {
    BigDecimal x = new BigDecimal(value);
    BigDecimal minusHalfSquare = x.multiply(x, DIGITS).multiply(HALF).negate();
    BigDecimal power = x;
    BigDecimal sum = BigDecimal.ZERO;
    for (int n = 0; ; n++) {
      BigDecimal next = sum.add(power.divide(BigDecimal.valueOf(2L * n + 1), DIGITS), DIGITS);
      if (next.compareTo(sum) == 0) {
        return sum.multiply(ONE_OVER_SQRT_TWO_PI, DIGITS).add(HALF);
      }
      sum = next;
      power = power.multiply(minusHalfSquare, DIGITS).divide(BigDecimal.valueOf(n + 1L), DIGITS);
    }
  }
}
