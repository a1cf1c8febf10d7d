package org.lanewise.nn.initializer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.lanewise.autodiff.Tape;
import org.lanewise.autodiff.Variable;
import org.lanewise.engine.Shape;
import org.lanewise.engine.Tensor;
import org.lanewise.engine.random.Distribution;
import org.lanewise.engine.random.RandomStream;
import org.lanewise.nn.activation.Activation;

/**
 * How large signals and gradients are in each of 50 layers of 256 units, as networks are drawn.
 *
 * <p>A layer is z = h · kernel, h = f(z). What is measured is the mean square of z, and that of the
 * gradient by z, over all units, 16 examples and 16 networks: kernels have mean 0, so it is the
 * variance over the draws. Inputs are normal; what comes back from the last layer is standard
 * normal.
 *
 * @param signals the mean square of z, from the first layer to the last
 * @param gradients that of the gradient by z, likewise
 */
record DeepSignals(List<Double> signals, List<Double> gradients) {
  static final int LAYERS = 50;
  private static final int UNITS = 256;
  private static final int EXAMPLES = 16;
  private static final int NETWORKS = 16;
  private static final long SEED = 1;

  static DeepSignals measure(Activation activation, Initializer initializer, double inputStddev) {
    double[] signals = new double[LAYERS];
    double[] gradients = new double[LAYERS];
    for (int network = 0; network < NETWORKS; network++) {
      RandomStream stream = RandomStream.of(SEED).child(network);
      List<Variable> sums = new ArrayList<>();
      Tape tape = new Tape();
      Variable h = tape.constant(draw(stream.child("inputs"), inputStddev));
      for (int layer = 0; layer < LAYERS; layer++) {
        Tensor kernel = initializer.initialize(Shape.of(UNITS, UNITS), stream.child(layer));
        sums.add(h.matmul(tape.constant(kernel)));
        h = activation.of(sums.getLast());
      }
      Variable scalar = h.multiply(tape.constant(draw(stream.child("gradients"), 1))).sum();
      List<Variable> slopes = tape.gradients(scalar, sums).all();
      for (int layer = 0; layer < LAYERS; layer++) {
        signals[layer] += meanSquare(sums.get(layer)) / NETWORKS;
        gradients[layer] += meanSquare(slopes.get(layer)) / NETWORKS;
      }
    }
    return new DeepSignals(list(signals), list(gradients));
  }

  private static Tensor draw(RandomStream stream, double stddev) {
    return new FromDistribution(Distribution.normal(0, stddev))
        .initialize(Shape.of(EXAMPLES, UNITS), stream);
  }

  private static double meanSquare(Variable variable) {
    double sum = 0;
    for (float element : variable.value().toArray()) {
      sum += element * (double) element;
    }
    return sum / variable.shape().size();
  }

  private static List<Double> list(double... values) {
    return Arrays.stream(values).boxed().toList();
  }

  /** How many times larger or smaller than in the first layer a signal is at most. */
  double signalFactor() {
    return factor(signals);
  }

  /** How many times larger or smaller than in the last layer a gradient is at most. */
  double gradientFactor() {
    return factor(gradients.reversed());
  }

  /** The larger of both factors. */
  double largestFactor() {
    return Math.max(signalFactor(), gradientFactor());
  }

  private static double factor(List<Double> from) {
    double first = from.getFirst();
    return Math.max(Collections.max(from) / first, first / Collections.min(from));
  }

  /** Layers 1, 10, 25 and 50, and the factors. */
  String row() {
    StringBuilder row = new StringBuilder();
    for (List<Double> values : List.of(signals, gradients)) {
      for (int layer : new int[] {1, 10, 25, 50}) {
        row.append(number(values.get(layer - 1))).append(" | ");
      }
      row.append(number(values == signals ? signalFactor() : gradientFactor())).append(" | ");
    }
    return row.toString().strip();
  }

  private static String number(double value) {
    boolean plain = value >= 0.01 && value < 1000;
    return String.format(Locale.ROOT, plain ? "%.2f" : "%.1e", value);
  }
}
