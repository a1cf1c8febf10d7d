package org.lanewise.nn.optimizer;

import org.lanewise.autodiff.Tape;
import org.lanewise.autodiff.Variable;

/**
 * An exponential moving average that starts at 0: a ← βa + (1 − β) value.
 *
 * @param past β, a scalar
 * @param present 1 − β, a scalar
 */
record Average(Variable past, Variable present) {
  /** The average with a β that never changes. */
  static Average of(Tape tape, double beta) {
    return new Average(tape.constant(beta), tape.constant(1 - beta));
  }

  /** The average with the momentum of a step as its β. */
  static Average of(Hyperparameters hyperparameters) {
    Variable beta = hyperparameters.momentum();
    return new Average(beta, beta.tape().constant(1).subtract(beta));
  }

  /** Moves the average in a slot. */
  Variable next(Slots slots, String name, Variable value) {
    Variable after = mix(slots.get(name), value);
    slots.set(name, after);
    return after;
  }

  /**
   * The sum of the weights of such an average, that is, the average of ones: 1 − βᵗ while β stays
   * the same. Computed by that formula it would lose four digits to cancellation at β = 0.999, and
   * it would be wrong once a schedule has moved β.
   */
  Variable weight(Slots slots, String name) {
    return slots.shared(name, before -> mix(before, before.tape().constant(1)));
  }

  /** βa + (1 − β)b. */
  Variable mix(Variable a, Variable b) {
    return a.multiply(past).add(b.multiply(present));
  }
}
