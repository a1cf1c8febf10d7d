package org.lanewise.nn.initializer;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.lanewise.autodiff.Tape;
import org.lanewise.autodiff.Variable;
import org.lanewise.engine.Tensor;
import org.lanewise.nn.activation.Activation;

/**
 * What {@link DeepSignals} come to in layers of infinitely many units, where every z is normal:
 * with the variance s/fan_in of weights, signals follow q ← s E[f(z)²] and gradients, on their way
 * back, g ← s E[f′(z)²] g, for z of the variance q of the layer.
 *
 * <p>Source: Poole et al., <i>Exponential expressivity in deep neural networks through transient
 * chaos</i>, 2016, equation 3; Schoenholz et al., <i>Deep information propagation</i>, 2017,
 * equation 9.
 */
final class MeanField {
  /** Even, so that none is at 0, where derivatives may jump. */
  private static final int POINTS = 800;

  private static final double FARTHEST = 8;

  private MeanField() {}

  /**
   * Signals and gradients by theory.
   *
   * @param s how many times 1/fan_in the variance of weights is
   */
  static DeepSignals of(Activation activation, double s, double inputStddev, int layers) {
    List<Double> signals = new ArrayList<>();
    List<Double> slopes = new ArrayList<>();
    double q = s * inputStddev * inputStddev;
    for (int layer = 0; layer < layers; layer++) {
      signals.add(q);
      Tape tape = new Tape();
      Variable z = tape.input("z", points(Math.sqrt(q)));
      Variable y = activation.of(z);
      slopes.add(expectedSquare(tape.gradients(y.sum(), z).of(z)));
      q = s * expectedSquare(y);
    }
    List<Double> gradients = new ArrayList<>(List.of(slopes.getLast()));
    for (int layer = layers - 2; layer >= 0; layer--) {
      gradients.add(gradients.getLast() * s * slopes.get(layer));
    }
    Collections.reverse(gradients);
    return new DeepSignals(signals, gradients);
  }

  private static double point(int i) {
    return FARTHEST * (2.0 * i / (POINTS - 1) - 1);
  }

  private static Tensor points(double scale) {
    Tensor points = Tensor.zeros(POINTS);
    for (int i = 0; i < POINTS; i++) {
      points.array()[i] = (float) (scale * point(i));
    }
    return points;
  }

  /** Over the normal distribution, by the trapezoidal rule. */
  private static double expectedSquare(Variable values) {
    float[] y = values.value().toArray();
    double sum = 0;
    double total = 0;
    for (int i = 0; i < POINTS; i++) {
      double density = Math.exp(-0.5 * point(i) * point(i));
      sum += density * y[i] * y[i];
      total += density;
    }
    return sum / total;
  }
}
