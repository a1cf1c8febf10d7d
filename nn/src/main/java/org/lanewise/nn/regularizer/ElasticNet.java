package org.lanewise.nn.regularizer;

import org.lanewise.autodiff.Variable;
import org.lanewise.nn.check.Checks;

/**
 * λ₁ Σ|w| + λ₂ Σw².
 *
 * <p>Source: Zou and Hastie, <i>Regularization and variable selection via the elastic net</i>,
 * 2005. The derivative of |w| at 0 is 0.
 */
record ElasticNet(double factor1, double factor2) implements Regularizer {
  ElasticNet {
    Checks.notNegative("regularizer", "a factor", factor1);
    Checks.notNegative("regularizer", "a factor", factor2);
  }

  @Override
  public Variable penalty(Variable w) {
    if (factor2 == 0) {
      return w.abs().sum().multiply(factor1);
    }
    Variable squares = w.square().sum().multiply(factor2);
    return factor1 == 0 ? squares : w.abs().sum().multiply(factor1).add(squares);
  }
}
