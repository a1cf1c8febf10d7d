package org.lanewise.nn.loss;

import java.util.Arrays;
import java.util.function.DoublePredicate;
import java.util.stream.IntStream;
import org.lanewise.autodiff.Variable;
import org.lanewise.engine.Shape;
import org.lanewise.engine.Tensor;

/** The checks that every metric makes of its targets. */
final class Targets {
  private Targets() {}

  /** Refuses targets that would broadcast instead of matching the outputs one by one. */
  static void requireFit(String name, Metric metric, Variable outputs, Variable targets) {
    if (outputs.shape().rank() == 0) {
      throw new IllegalArgumentException(name + ": expected a batch of outputs, was a scalar");
    }
    int[] batch = outputs.shape().dimensions();
    Shape one = metric.targetShape(Shape.of(Arrays.copyOfRange(batch, 1, batch.length)));
    int[] dimensions = new int[one.rank() + 1];
    dimensions[0] = batch[0];
    System.arraycopy(one.dimensions(), 0, dimensions, 1, one.rank());
    Shape expected = Shape.of(dimensions);
    if (!targets.shape().equals(expected)) {
      throw new IllegalArgumentException(
          name
              + ": expected targets of shape "
              + expected
              + " for outputs of shape "
              + outputs.shape()
              + ", was "
              + targets.shape());
    }
  }

  /** The mean over all axes but the first: [batch, …] gives [batch]. */
  static Variable meanOfEach(Variable x) {
    return x.shape().rank() == 1 ? x : x.mean(IntStream.range(1, x.shape().rank()).toArray());
  }

  static void requireProbabilities(String name, Tensor targets) {
    requireEach(name, "probabilities from 0 to 1", targets, t -> t >= 0 && t <= 1);
  }

  static void requireEach(String name, String expected, Tensor targets, DoublePredicate holds) {
    for (int i = 0; i < targets.size(); i++) {
      float target = targets.storage()[targets.offset() + i];
      if (!holds.test(target)) {
        throw new IllegalArgumentException(
            name + ": expected " + expected + ", element " + i + " was " + target);
      }
    }
  }
}
