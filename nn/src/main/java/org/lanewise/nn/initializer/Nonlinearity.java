package org.lanewise.nn.initializer;

/**
 * A function, such as {@code elu()}, that weights feed and that knows how they are best drawn for
 * it.
 */
public interface Nonlinearity {
  /**
   * The initializer that keeps the variance of signals and gradients from layer to layer in front
   * of this function; Glorot's unless it says otherwise.
   *
   * @return the initializer, in its normal form
   */
  default VarianceScaling matchingInitializer() {
    return Initializer.glorotNormal();
  }
}
