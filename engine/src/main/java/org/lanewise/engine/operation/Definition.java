package org.lanewise.engine.operation;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Supplier;

/**
 * The parts of an entry of {@link Elementwise}.
 *
 * @param arity the number of operands, 1 to 3
 * @param reference the value in double precision
 * @param maxUlp the error bound of the kernel
 * @param cost about how many vector instructions the kernel takes
 * @param domains one interval an operand
 * @param kink 0 where the derivative jumps
 * @param isComparison whether the value is 1 where a comparison holds, else 0
 * @param derivatives one formula an operand, made late because formulas name other entries
 */
record Definition(
    int arity,
    Formula reference,
    double maxUlp,
    int cost,
    List<Interval> domains,
    Formula kink,
    boolean isComparison,
    Supplier<List<Expression>> derivatives) {

  /** A function of up to three operands. */
  @FunctionalInterface
  interface Formula {
    double evaluate(double x, double x1, double x2);
  }

  /**
   * A definition that is correctly rounded, one instruction, real everywhere, without kinks, its
   * derivatives yet to be given.
   */
  static Definition of(int arity, Formula reference) {
    return new Definition(
        arity,
        reference,
        0.5,
        1,
        Collections.nCopies(arity, Interval.REAL),
        (x, x1, x2) -> 1,
        false,
        () -> {
          throw new IllegalStateException("no derivatives are declared");
        });
  }

  Definition maxUlp(double bound) {
    return new Definition(arity, reference, bound, cost, domains, kink, isComparison, derivatives);
  }

  Definition cost(int instructions) {
    return new Definition(
        arity, reference, maxUlp, instructions, domains, kink, isComparison, derivatives);
  }

  Definition domain(int operand, Interval interval) {
    List<Interval> changed = new ArrayList<>(domains);
    changed.set(operand, interval);
    return new Definition(
        arity, reference, maxUlp, cost, List.copyOf(changed), kink, isComparison, derivatives);
  }

  Definition kink(Formula distance) {
    return new Definition(
        arity, reference, maxUlp, cost, domains, distance, isComparison, derivatives);
  }

  Definition comparison() {
    return new Definition(arity, reference, maxUlp, cost, domains, kink, true, derivatives);
  }

  Definition derivatives(Supplier<List<Expression>> formulas) {
    return new Definition(arity, reference, maxUlp, cost, domains, kink, isComparison, formulas);
  }
}
