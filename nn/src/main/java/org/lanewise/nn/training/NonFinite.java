package org.lanewise.nn.training;

/**
 * How training treats a step whose gradients are not finite, or so large that their norm is not:
 * above 10<sup>19</sup>. Either way parameters, statistics and the optimizer's state keep their
 * bits.
 */
public enum NonFinite {
  /** Training stops with a {@link NonFiniteGradientException} that names the parameter. */
  FAIL,
  /** The step is skipped; {@link Metrics#skippedSteps()} counts them. */
  SKIP
}
