package org.lanewise.nn.training;

import java.util.Arrays;
import org.lanewise.engine.Shape;
import org.lanewise.engine.Tensor;

/** Examples with their targets, as tensors whose first axis counts the examples. */
public final class DataSet {
  private final Tensor inputs;
  private final Tensor targets;
  private final int classes;

  private DataSet(Tensor inputs, Tensor targets, int classes) {
    this.inputs = inputs;
    this.targets = targets;
    this.classes = classes;
  }

  /**
   * Examples with targets of any shape.
   *
   * @param inputs the examples, [examples, …]; not copied
   * @param targets the targets, [examples, …]; not copied
   * @return the data set
   * @throws IllegalArgumentException if there are no examples or the numbers of examples differ
   */
  public static DataSet of(Tensor inputs, Tensor targets) {
    requireExamples(inputs);
    if (targets.shape().rank() == 0 || targets.shape().dimension(0) != count(inputs)) {
      throw new IllegalArgumentException(
          "data set: expected a target for each of "
              + count(inputs)
              + " examples, was shape "
              + targets.shape());
    }
    return new DataSet(inputs, targets, 0);
  }

  /**
   * Examples with integer labels.
   *
   * @param inputs the examples, [examples, …]; not copied
   * @param labels the label of each example, from 0 to classes − 1
   * @param classes the number of classes, at least 2
   * @return the data set
   * @throws IllegalArgumentException if there are no examples, the numbers of examples and labels
   *     differ, or a label is out of range
   */
  public static DataSet labeled(Tensor inputs, int[] labels, int classes) {
    requireExamples(inputs);
    if (classes < 2) {
      throw new IllegalArgumentException("data set: expected at least 2 classes, was " + classes);
    }
    if (labels.length != count(inputs)) {
      throw new IllegalArgumentException(
          "data set: expected a label for each of "
              + count(inputs)
              + " examples, was "
              + labels.length);
    }
    Tensor targets = Tensor.zeros(labels.length);
    for (int i = 0; i < labels.length; i++) {
      if (labels[i] < 0 || labels[i] >= classes) {
        throw new IllegalArgumentException(
            "data set: expected labels from 0 to "
                + (classes - 1)
                + ", label "
                + i
                + " was "
                + labels[i]);
      }
      targets.array()[i] = labels[i];
    }
    return new DataSet(inputs, targets, classes);
  }

  /**
   * Checks that all inputs and targets are finite.
   *
   * @return this data set
   * @throws IllegalArgumentException if one is NaN or infinite; the message says which
   */
  public DataSet requireFinite() {
    requireFinite("input", inputs);
    requireFinite("target", targets);
    return this;
  }

  private static void requireFinite(String name, Tensor tensor) {
    for (int i = 0; i < tensor.size(); i++) {
      float value = tensor.array()[tensor.offset() + i];
      if (!Float.isFinite(value)) {
        int width = tensor.size() / count(tensor);
        throw new IllegalArgumentException(
            "data set: expected finite numbers, "
                + name
                + " element "
                + i % width
                + " of example "
                + i / width
                + " was "
                + value);
      }
    }
  }

  private static void requireExamples(Tensor inputs) {
    if (inputs.shape().rank() == 0 || count(inputs) == 0) {
      throw new IllegalArgumentException(
          "data set: expected at least one example, was shape " + inputs.shape());
    }
  }

  private static int count(Tensor tensor) {
    return tensor.shape().dimension(0);
  }

  /**
   * The number of examples.
   *
   * @return the count, at least 1
   */
  public int size() {
    return count(inputs);
  }

  /**
   * The shape of one example.
   *
   * @return the shape
   */
  public Shape inputShape() {
    return one(inputs);
  }

  /**
   * The shape of the target of one example; a scalar for labels.
   *
   * @return the shape
   */
  public Shape targetShape() {
    return one(targets);
  }

  /**
   * The number of classes.
   *
   * @return the count; 0 if the targets are not labels
   */
  public int classes() {
    return classes;
  }

  /**
   * All inputs.
   *
   * @return [examples, …], itself and not a copy
   */
  public Tensor inputs() {
    return inputs;
  }

  /**
   * All targets.
   *
   * @return [examples, …], itself and not a copy; labels as floats
   */
  public Tensor targets() {
    return targets;
  }

  /**
   * Some of the examples, not copied.
   *
   * @param from the first example
   * @param to the end, one after the last
   * @return a view
   * @throws IllegalArgumentException if there is no example between the two or they are out of
   *     range
   */
  public DataSet slice(int from, int to) {
    if (from < 0 || to > size() || from >= to) {
      throw new IllegalArgumentException(
          "data set: expected 0 <= from < to <= " + size() + ", was " + from + " and " + to);
    }
    return new DataSet(view(inputs, from, to), view(targets, from, to), classes);
  }

  /** Copies the examples of the given numbers to the rows of a batch. */
  void copy(int[] order, int start, Tensor batchInputs, Tensor batchTargets) {
    copyRows(inputs, order, start, batchInputs);
    copyRows(targets, order, start, batchTargets);
  }

  private static void copyRows(Tensor from, int[] order, int start, Tensor batch) {
    int width = from.size() / count(from);
    for (int i = 0; i < count(batch); i++) {
      System.arraycopy(
          from.array(),
          from.offset() + order[start + i] * width,
          batch.array(),
          batch.offset() + i * width,
          width);
    }
  }

  private static Tensor view(Tensor tensor, int from, int to) {
    int width = tensor.size() / count(tensor);
    return Tensor.view(
        tensor.array(), tensor.offset() + from * width, tensor.shape().with(0, to - from));
  }

  private static Shape one(Tensor tensor) {
    int[] dimensions = tensor.shape().dimensions();
    return Shape.of(Arrays.copyOfRange(dimensions, 1, dimensions.length));
  }
}
