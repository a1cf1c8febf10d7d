package org.lanewise.engine.operation;

import static org.lanewise.engine.operation.Formulas.ONE;
import static org.lanewise.engine.operation.Formulas.X;
import static org.lanewise.engine.operation.Formulas.X1;
import static org.lanewise.engine.operation.Formulas.X2;
import static org.lanewise.engine.operation.Formulas.Y;
import static org.lanewise.engine.operation.Formulas.ZERO;
import static org.lanewise.engine.operation.Formulas.either;
import static org.lanewise.engine.operation.Formulas.equal;
import static org.lanewise.engine.operation.Formulas.exp;
import static org.lanewise.engine.operation.Formulas.greater;
import static org.lanewise.engine.operation.Formulas.literal;
import static org.lanewise.engine.operation.Formulas.log;
import static org.lanewise.engine.operation.Formulas.logisticSlope;
import static org.lanewise.engine.operation.Formulas.normalPdf;
import static org.lanewise.engine.operation.Formulas.notEqual;
import static org.lanewise.engine.operation.Formulas.pow;
import static org.lanewise.engine.operation.Formulas.select;
import static org.lanewise.engine.operation.Formulas.share;
import static org.lanewise.engine.operation.Formulas.sign;
import static org.lanewise.engine.operation.Formulas.tanh;

import java.util.List;
import java.util.Locale;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import org.lanewise.engine.Shape;

/**
 * The operations that work element by element, their operands broadcast to one shape by NumPy's
 * rule.
 *
 * <p>An entry is all there is to say of an operation: its value in double precision, the error of
 * its float32 kernel and what that costs, where it is defined, its derivatives as formulas and
 * where it has kinks. Conditions are numbers: 1 for true, 0 for false, and anything but 0 holds.
 * NaN operands give NaN, except in comparisons, as conditions, where they are not chosen, and in x
 * to the power of 0.
 *
 * <p>The error bounds are in units in the last place (ULP) of the exact result, for every finite
 * operand whose result does not overflow; subnormal operands and results included. 0.5 means
 * correctly rounded.
 */
public enum Elementwise implements FusibleOperation {
  /** x + x1. */
  ADD(binary(Double::sum).derivatives(() -> List.of(ONE, ONE))),

  /** x − x1. */
  SUBTRACT(binary((x, x1) -> x - x1).derivatives(() -> List.of(ONE, literal(-1)))),

  /** x · x1. */
  MULTIPLY(binary((x, x1) -> x * x1).derivatives(() -> List.of(X1, X))),

  /** x / x1. */
  DIVIDE(
      binary((x, x1) -> x / x1)
          .cost(5)
          .kink((x, x1, x2) -> x1)
          .derivatives(() -> List.of(ONE.over(X1), Y.over(X1).negate()))),

  /**
   * x to the power of x1, with the special cases of {@link Math#pow}. The derivative by x1 is 0
   * where x is 0, the derivative by x is 0 where x1 is 0, for x = 0 too.
   */
  POW(
      binary(Math::pow)
          .maxUlp(2)
          .cost(80)
          .domain(0, Interval.POSITIVE)
          .derivatives(
              () ->
                  // x1 · x^(x1 − 1), but 0 · 0^0 instead of 0 · 0^−1: not chosen by select, so that
                  // it can be differentiated again.
                  List.of(
                      X1.times(pow(X, X1.minus(either(notEqual(X, ZERO), notEqual(X1, ZERO))))),
                      select(equal(X, ZERO), ZERO, Y.times(log(select(equal(X, ZERO), ONE, X))))))),

  /**
   * The larger of x and x1. Where they are equal each gets half of the gradient, where one is NaN
   * the gradients are NaN.
   */
  MAXIMUM(
      binary(Math::max)
          .kink((x, x1, x2) -> x - x1)
          .derivatives(
              () ->
                  List.of(
                      share(greater(X, X1), greater(X1, X)),
                      share(greater(X1, X), greater(X, X1))))),

  /**
   * The smaller of x and x1. Where they are equal each gets half of the gradient, where one is NaN
   * the gradients are NaN.
   */
  MINIMUM(
      binary(Math::min)
          .kink((x, x1, x2) -> x - x1)
          .derivatives(
              () ->
                  List.of(
                      share(greater(X1, X), greater(X, X1)),
                      share(greater(X, X1), greater(X1, X))))),

  /** 1 where x = x1, else 0. */
  EQUAL(comparison((x, x1) -> x == x1)),

  /** 1 where x ≠ x1, else 0; NaN differs from everything. */
  NOT_EQUAL(comparison((x, x1) -> x != x1)),

  /** 1 where x &lt; x1, else 0. */
  LESS(comparison((x, x1) -> x < x1)),

  /** 1 where x ≤ x1, else 0. */
  LESS_EQUAL(comparison((x, x1) -> x <= x1)),

  /** 1 where x &gt; x1, else 0. */
  GREATER(comparison((x, x1) -> x > x1)),

  /** 1 where x ≥ x1, else 0. */
  GREATER_EQUAL(comparison((x, x1) -> x >= x1)),

  /**
   * x1 where the condition x holds (is not 0), else x2. A NaN that is not chosen does no harm, and
   * no gradient flows to what is not chosen.
   */
  SELECT(
      ternary((x, x1, x2) -> x != 0 ? x1 : x2)
          .cost(2)
          .kink((x, x1, x2) -> x)
          .derivatives(() -> List.of(ZERO, select(X, ONE, ZERO), select(X, ZERO, ONE)))),

  /**
   * x held between x1 (below) and x2 (above): min(max(x, x1), x2). On a bound the gradient still
   * flows to x alone.
   */
  CLIP(
      ternary((x, x1, x2) -> Math.min(Math.max(x, x1), x2))
          .cost(2)
          .kink(
              (x, x1, x2) -> {
                double toBound = Math.min(Math.abs(x - x1), Math.abs(x - x2));
                return Math.min(toBound, Math.abs(x1 - x2));
              })
          .derivatives(
              () -> {
                Expression below = greater(X1, X);
                Expression above = greater(X, X2);
                Expression crossed = greater(X1, X2);
                return List.of(
                    select(either(below, above), ZERO, ONE),
                    select(below, select(crossed, ZERO, ONE), ZERO),
                    select(either(above, crossed), ONE, ZERO));
              })),

  /** −x. */
  NEGATE(unary(x -> -x).derivatives(() -> List.of(literal(-1)))),

  /** |x|. The derivative at 0 is 0. */
  ABS(unary(Math::abs).kink((x, x1, x2) -> x).derivatives(() -> List.of(sign(X)))),

  /** −1, 0 or 1 as x is below, at or above 0; the sign of a zero is kept. */
  SIGN(unary(Math::signum).cost(4).kink((x, x1, x2) -> x).derivatives(() -> List.of(ZERO))),

  /** √x; NaN below 0. */
  SQRT(
      unary(Math::sqrt)
          .cost(5)
          .domain(0, Interval.POSITIVE)
          .derivatives(() -> List.of(literal(0.5).over(Y)))),

  /** 1/√x; +∞ at 0, NaN below. */
  RSQRT(
      unary(x -> 1 / Math.sqrt(x))
          .maxUlp(1.5)
          .cost(8)
          .domain(0, Interval.POSITIVE)
          .derivatives(() -> List.of(literal(-0.5).times(Y).over(X)))),

  /** e<sup>x</sup>. */
  EXP(unary(Math::exp).maxUlp(1.1).cost(24).derivatives(() -> List.of(Y))),

  /**
   * e<sup>x</sup> − 1, exact for small x too. The derivative is e<sup>x</sup>, because y + 1 loses
   * its digits where y is close to −1.
   */
  EXPM1(unary(Math::expm1).maxUlp(1.6).cost(24).derivatives(() -> List.of(exp(X)))),

  /** The natural logarithm of x; −∞ at 0, NaN below. */
  LOG(
      unary(Math::log)
          .maxUlp(1)
          .cost(30)
          .domain(0, Interval.POSITIVE)
          .derivatives(() -> List.of(ONE.over(X)))),

  /** The natural logarithm of 1 + x, exact for small x too; −∞ at −1, NaN below. */
  LOG1P(
      unary(Math::log1p)
          .maxUlp(1.6)
          .cost(30)
          .domain(0, Interval.above(-1))
          .derivatives(() -> List.of(ONE.over(ONE.plus(X))))),

  /**
   * The hyperbolic tangent of x. The derivative is 4 σ′(2x), because 1 − y² loses its digits where
   * y is close to ±1.
   */
  TANH(
      unary(Math::tanh)
          .maxUlp(1.2)
          .cost(30)
          .derivatives(() -> List.of(literal(4).times(logisticSlope(X.plus(X)))))),

  /** The logistic function, or sigmoid, σ(x) = 1 / (1 + e<sup>−x</sup>). */
  LOGISTIC(
      unary(x -> 1 / (1 + Math.exp(-x)))
          .maxUlp(1.8)
          .cost(24)
          .derivatives(() -> List.of(logisticSlope(X)))),

  /**
   * The derivative of the logistic function, σ′(x) = σ(x) σ(−x) = e<sup>−|x|</sup> / (1 +
   * e<sup>−|x|</sup>)². Its own derivative is −y tanh(x/2), which keeps its digits where x is close
   * to 0, as differences of σ(x) and σ(−x) do not.
   */
  LOGISTIC_SLOPE(
      unary(x -> Math.exp(-Math.abs(x)) / square(1 + Math.exp(-Math.abs(x))))
          .maxUlp(4.3)
          .cost(28)
          .derivatives(() -> List.of(Y.times(tanh(literal(0.5).times(X))).negate()))),

  /** The error function 2/√π ∫₀ˣ e<sup>−t²</sup> dt. */
  ERF(
      unary(ErrorFunction::erf)
          .maxUlp(1.25)
          .cost(30)
          .derivatives(
              () -> List.of(literal(2 / Math.sqrt(Math.PI)).times(exp(X.times(X).negate()))))),

  /**
   * The distribution function Φ(x) = (1 + erf(x/√2)) / 2 of the standard normal, with all its
   * digits where it is close to 0 too.
   */
  NORMAL_CDF(
      unary(NormalDistribution::cdf).maxUlp(4).cost(80).derivatives(() -> List.of(normalPdf(X)))),

  /** The density φ(x) = e<sup>−x²/2</sup> / √(2π) of the standard normal. */
  NORMAL_PDF(
      unary(NormalDistribution::pdf)
          .maxUlp(1.4)
          .cost(24)
          .derivatives(() -> List.of(X.times(Y).negate()))),

  /** x itself, through which no gradient flows. */
  STOP_GRADIENT(unary(x -> x).derivatives(() -> List.of(ZERO)));

  private final Definition definition;
  private final String label;

  Elementwise(Definition definition) {
    this.definition = definition;
    this.label = name().toLowerCase(Locale.ROOT);
  }

  @Override
  public String label() {
    return label;
  }

  @Override
  public int arity() {
    return definition.arity();
  }

  @Override
  public Shape resultShape(List<Shape> operands) {
    Shape common = operands.get(0);
    for (Shape operand : operands.subList(1, operands.size())) {
      common = common.broadcast(label, operand);
    }
    return common;
  }

  /**
   * The value in double precision: the reference that the kernel is held against.
   *
   * @param x the first operand
   * @param x1 the second operand, ignored if there is none
   * @param x2 the third operand, ignored if there is none
   * @return the result
   */
  public double evaluate(double x, double x1, double x2) {
    return definition.reference().evaluate(x, x1, x2);
  }

  /**
   * The largest error of the float32 kernel.
   *
   * @return the bound in units in the last place of the exact result, at least 0.5
   */
  public double maxUlp() {
    return definition.maxUlp();
  }

  /**
   * About how many vector instructions the kernel takes, a division or a root counted as five. The
   * cost decides how long loops are cut into segments, and which values are computed again instead
   * of being stored.
   *
   * @return the cost, at least 1
   */
  public int cost() {
    return definition.cost();
  }

  /**
   * Tells comparisons, whose result is 1 where they hold and 0 elsewhere.
   *
   * @return whether this is one
   */
  public boolean isComparison() {
    return definition.isComparison();
  }

  /**
   * Where the operation is real and differentiable in one operand, kinks apart.
   *
   * @param operand which operand, from 0
   * @return the open interval
   */
  public Interval domain(int operand) {
    return definition.domains().get(operand);
  }

  /**
   * Tells kinks: points where the derivative jumps, or is not bounded, and the declared formula
   * chooses a value.
   *
   * @param x the first operand
   * @param x1 the second operand, ignored if there is none
   * @param x2 the third operand, ignored if there is none
   * @return 0 at a kink, and else the farther from 0 the farther from a kink; 1 where there are no
   *     kinks
   */
  public double distanceToKink(double x, double x1, double x2) {
    return Math.abs(definition.kink().evaluate(x, x1, x2));
  }

  /**
   * The partial derivatives.
   *
   * @return one formula an operand; the literal 0 declares that no gradient flows to that operand
   */
  public List<Expression> derivatives() {
    return definition.derivatives().get();
  }

  private static double square(double x) {
    return x * x;
  }

  private static Definition unary(DoubleUnaryOperator reference) {
    return Definition.of(1, (x, x1, x2) -> reference.applyAsDouble(x));
  }

  private static Definition binary(DoubleBinaryOperator reference) {
    return Definition.of(2, (x, x1, x2) -> reference.applyAsDouble(x, x1));
  }

  private static Definition ternary(Definition.Formula reference) {
    return Definition.of(3, reference);
  }

  private static Definition comparison(Comparison holds) {
    return Definition.of(2, (x, x1, x2) -> holds.test(x, x1) ? 1 : 0)
        .cost(2)
        .kink((x, x1, x2) -> x - x1)
        .comparison()
        .derivatives(() -> List.of(ZERO, ZERO));
  }

  @FunctionalInterface
  private interface Comparison {
    boolean test(double x, double x1);
  }
}
