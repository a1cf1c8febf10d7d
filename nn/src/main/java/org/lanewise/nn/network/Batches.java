package org.lanewise.nn.network;

import java.util.List;
import java.util.function.Function;
import org.lanewise.engine.Shape;

/**
 * The shapes that batches of a network's examples have, to be checked before a program reads them.
 *
 * @param inputs the inputs of the network
 */
public record Batches(List<Flow.Input> inputs) {
  /**
   * The number of examples of batches.
   *
   * @param <T> what stands for a batch
   * @param batches one for each input
   * @param shape tells the shape of a batch
   * @return the number of examples, at least 1
   * @throws IllegalArgumentException if the shapes do not fit the inputs or each other
   */
  public <T> int require(List<T> batches, Function<T, Shape> shape) {
    if (batches.size() != inputs.size()) {
      throw new IllegalArgumentException(
          "network: expected a batch for each of "
              + inputs.size()
              + " inputs, was "
              + batches.size());
    }
    Shape first = shape.apply(batches.get(0));
    for (int i = 0; i < batches.size(); i++) {
      Shape batch = shape.apply(batches.get(i));
      if (require(i, batch) != first.dimension(0)) {
        throw new IllegalArgumentException(
            "network: expected batches of as many examples, was " + first + " and " + batch);
      }
    }
    return first.dimension(0);
  }

  /**
   * The number of examples of a batch.
   *
   * @param i which input, from 0
   * @param batch the shape of the batch
   * @return the number of examples, at least 1
   * @throws IllegalArgumentException if the shape does not fit the input
   */
  public int require(int i, Shape batch) {
    Flow.Input input = inputs.get(i);
    if (!isBatch(batch, input.shape())) {
      throw new IllegalArgumentException(
          "network: expected a batch of shape [batch, "
              + input.shape().toString().substring(1)
              + (inputs.size() == 1 ? "" : " for the input " + input.name())
              + ", was "
              + batch);
    }
    if (batch.dimension(0) == 0) {
      throw new IllegalArgumentException(
          "network: expected a batch of at least one example, was an empty one");
    }
    return batch.dimension(0);
  }

  /** Whether a shape is [batch, shape of one…]. */
  private static boolean isBatch(Shape batch, Shape one) {
    if (batch.rank() != one.rank() + 1) {
      return false;
    }
    for (int axis = 0; axis < one.rank(); axis++) {
      if (batch.dimension(axis + 1) != one.dimension(axis)) {
        return false;
      }
    }
    return true;
  }
}
