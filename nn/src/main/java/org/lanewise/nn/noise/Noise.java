package org.lanewise.nn.noise;

import org.lanewise.autodiff.Variable;
import org.lanewise.engine.random.Distribution;
import org.lanewise.nn.check.Checks;
import org.lanewise.nn.layer.Recording;

/** The common parts of layers that make noise in training. */
final class Noise {
  private Noise() {}

  static void requireRate(String layer, double rate) {
    Checks.decay(layer, "a rate", rate);
  }

  /** A standard normal draw for each element. */
  static Variable normal(Recording recording, Variable x) {
    return recording.draw("noise", Distribution.normal(), x.shape());
  }
}
