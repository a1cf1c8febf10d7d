package org.lanewise.engine.operation;

import java.util.List;

/**
 * A scalar formula over the operands and the result of an elementwise operation, as data: how a
 * derivative is written down.
 */
public sealed interface Expression {
  /**
   * An operand of the operation.
   *
   * @param index which, from 0
   */
  record Operand(int index) implements Expression {}

  /** The result of the operation. */
  record Result() implements Expression {}

  /**
   * A number.
   *
   * @param value the value
   */
  record Literal(double value) implements Expression {}

  /**
   * An elementwise operation applied to formulas.
   *
   * @param operation the operation
   * @param operands its operands, as many as its arity
   */
  record Apply(Elementwise operation, List<Expression> operands) implements Expression {}

  /**
   * The sum of this and another formula.
   *
   * @param other the other
   * @return this + other
   */
  default Expression plus(Expression other) {
    return new Apply(Elementwise.ADD, List.of(this, other));
  }

  /**
   * The difference of this and another formula.
   *
   * @param other the other
   * @return this − other
   */
  default Expression minus(Expression other) {
    return new Apply(Elementwise.SUBTRACT, List.of(this, other));
  }

  /**
   * The product of this and another formula.
   *
   * @param other the other
   * @return this · other
   */
  default Expression times(Expression other) {
    return new Apply(Elementwise.MULTIPLY, List.of(this, other));
  }

  /**
   * The quotient of this and another formula.
   *
   * @param other the other
   * @return this / other
   */
  default Expression over(Expression other) {
    return new Apply(Elementwise.DIVIDE, List.of(this, other));
  }

  /**
   * This formula with its sign changed.
   *
   * @return −this
   */
  default Expression negate() {
    return new Apply(Elementwise.NEGATE, List.of(this));
  }
}
