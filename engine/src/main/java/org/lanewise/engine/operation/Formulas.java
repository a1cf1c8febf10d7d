package org.lanewise.engine.operation;

import java.util.List;

/** The formulas that the derivatives of {@link Elementwise} are made of. */
final class Formulas {
  /** The first operand. */
  static final Expression X = new Expression.Operand(0);

  /** The second operand. */
  static final Expression X1 = new Expression.Operand(1);

  /** The third operand. */
  static final Expression X2 = new Expression.Operand(2);

  /** The result. */
  static final Expression Y = new Expression.Result();

  /** As a derivative: no gradient flows to the operand. */
  static final Expression ZERO = literal(0);

  /** As a derivative: the gradient flows on as it is. */
  static final Expression ONE = literal(1);

  private Formulas() {}

  static Expression literal(double value) {
    return new Expression.Literal(value);
  }

  private static Expression apply(Elementwise operation, Expression... operands) {
    return new Expression.Apply(operation, List.of(operands));
  }

  static Expression equal(Expression a, Expression b) {
    return apply(Elementwise.EQUAL, a, b);
  }

  static Expression notEqual(Expression a, Expression b) {
    return apply(Elementwise.NOT_EQUAL, a, b);
  }

  static Expression greater(Expression a, Expression b) {
    return apply(Elementwise.GREATER, a, b);
  }

  static Expression either(Expression a, Expression b) {
    return apply(Elementwise.MAXIMUM, a, b);
  }

  static Expression select(Expression condition, Expression a, Expression b) {
    return apply(Elementwise.SELECT, condition, a, b);
  }

  static Expression sign(Expression a) {
    return apply(Elementwise.SIGN, a);
  }

  static Expression exp(Expression a) {
    return apply(Elementwise.EXP, a);
  }

  static Expression log(Expression a) {
    return apply(Elementwise.LOG, a);
  }

  static Expression logisticSlope(Expression a) {
    return apply(Elementwise.LOGISTIC_SLOPE, a);
  }

  static Expression tanh(Expression a) {
    return apply(Elementwise.TANH, a);
  }

  static Expression normalPdf(Expression a) {
    return apply(Elementwise.NORMAL_PDF, a);
  }

  static Expression pow(Expression a, Expression b) {
    return apply(Elementwise.POW, a, b);
  }

  /**
   * The share of the gradient that an operand of a maximum or minimum gets: 1 if it wins, 0 if it
   * loses, or half when they tie. NaN does none of these, and is not to become a gradient of 0.
   */
  static Expression share(Expression wins, Expression loses) {
    Expression untied = select(wins, ONE, select(loses, ZERO, literal(Double.NaN)));
    return select(equal(X, X1), literal(0.5), untied);
  }
}
