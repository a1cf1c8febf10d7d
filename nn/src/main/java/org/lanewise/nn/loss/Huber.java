package org.lanewise.nn.loss;

import org.lanewise.autodiff.Variable;
import org.lanewise.engine.Shape;
import org.lanewise.nn.check.Checks;

/**
 * The mean of d² / 2 where |d| is at most δ, and of δ (|d| − δ / 2) beyond, for the differences d
 * of outputs and targets of the same shape: squares near the targets, and a slope of at most δ.
 *
 * <p>Source: Huber, <i>Robust estimation of a location parameter</i>, 1964.
 *
 * @param delta where the square ends, above 0
 */
public record Huber(double delta) implements Loss {
  /**
   * Checks δ.
   *
   * @throws IllegalArgumentException if δ is not above 0 and finite as a float
   */
  public Huber {
    Checks.positive("huber", "delta", delta);
  }

  /** The loss with δ = 1. */
  public Huber() {
    this(1);
  }

  @Override
  public Shape targetShape(Shape output) {
    return output;
  }

  @Override
  public Variable ofEach(Variable outputs, Variable targets) {
    Targets.requireFit("huber", this, outputs, targets);
    Variable difference = outputs.subtract(targets);
    Variable bounded = difference.clip(-delta, delta);
    // Both pieces at once; the square of a huge difference is never taken.
    return Targets.meanOfEach(bounded.multiply(difference.subtract(bounded.divide(2))));
  }
}
