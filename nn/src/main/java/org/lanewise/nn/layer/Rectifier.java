package org.lanewise.nn.layer;

import org.lanewise.autodiff.Variable;

/** The choice that all rectified units share. */
final class Rectifier {
  private Rectifier() {}

  /** Above where x is above 0 or NaN, else below. */
  static Variable rectify(Variable above, Variable below, Variable x) {
    return x.lessEqual(0).select(below, above);
  }
}
