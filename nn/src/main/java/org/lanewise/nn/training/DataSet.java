package org.lanewise.nn.training;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.lanewise.engine.Shape;
import org.lanewise.engine.Tensor;

/**
 * Examples with their targets, as tensors whose first axis counts the examples: one tensor for each
 * input and each output of a network.
 */
public final class DataSet {
  private final List<Tensor> inputs;
  private final List<Tensor> targets;
  private final Tensor weights;
  private final int classes;

  private DataSet(List<Tensor> inputs, List<Tensor> targets, Tensor weights, int classes) {
    this.inputs = inputs;
    this.targets = targets;
    this.weights = weights;
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
    return of(List.of(inputs), List.of(targets));
  }

  /**
   * Examples for a network of several inputs or outputs.
   *
   * @param inputs the examples for each input, [examples, …]; not copied
   * @param targets the targets for each output, [examples, …]; labels as floats; not copied
   * @return the data set
   * @throws IllegalArgumentException if there is no input, no target or no example, or the numbers
   *     of examples differ
   */
  public static DataSet of(List<Tensor> inputs, List<Tensor> targets) {
    if (inputs.isEmpty()) {
      throw new IllegalArgumentException("data set: expected at least one input, was none");
    }
    if (targets.isEmpty()) {
      throw new IllegalArgumentException("data set: expected at least one target, was none");
    }
    requireExamples(inputs.get(0));
    int examples = count(inputs.get(0));
    inputs.forEach(input -> requireCount("an input", examples, input));
    targets.forEach(target -> requireCount("a target", examples, target));
    return new DataSet(List.copyOf(inputs), List.copyOf(targets), ones(examples), 0);
  }

  private static void requireCount(String what, int examples, Tensor tensor) {
    if (tensor.shape().rank() == 0 || count(tensor) != examples) {
      throw new IllegalArgumentException(
          "data set: expected "
              + what
              + " for each of "
              + examples
              + " examples, was shape "
              + tensor.shape());
    }
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
    return new DataSet(List.of(inputs), List.of(targets), ones(labels.length), classes);
  }

  private static Tensor ones(int examples) {
    return Tensor.full(1, Shape.of(examples));
  }

  /**
   * The same examples, some of which count more than others: each example's loss is multiplied by
   * its weight before the mean over the batch is taken. Other metrics are not weighted.
   *
   * <p>An example of weight 0 has no part in the loss, even if its targets or the network's outputs
   * for it are infinite or NaN. Its inputs are computed with all the same: they have part in the
   * statistics of a batch, and have to be finite, or the gradients of a step are not.
   *
   * @param newWeights a weight for each example, at least 0, [examples]; not copied
   * @return the data set
   * @throws IllegalArgumentException if there is not one weight for each example, or a weight is
   *     negative or not finite, or all are 0
   */
  public DataSet weighted(Tensor newWeights) {
    if (!newWeights.shape().equals(Shape.of(size()))) {
      throw new IllegalArgumentException(
          "data set: expected a weight for each of "
              + size()
              + " examples, was shape "
              + newWeights.shape());
    }
    boolean allZero = true;
    for (int i = 0; i < newWeights.size(); i++) {
      float weight = newWeights.storage()[newWeights.offset() + i];
      if (!(weight >= 0) || !Float.isFinite(weight)) {
        throw new IllegalArgumentException(
            "data set: expected finite weights of at least 0, weight " + i + " was " + weight);
      }
      allZero &= weight == 0;
    }
    if (allZero) {
      throw new IllegalArgumentException("data set: expected a weight above 0, was none");
    }
    return new DataSet(inputs, targets, newWeights, classes);
  }

  /**
   * Checks that all inputs and targets are finite.
   *
   * @return this data set
   * @throws IllegalArgumentException if one is NaN or infinite; the message says which
   */
  public DataSet requireFinite() {
    inputs.forEach(tensor -> requireFinite("input", tensor));
    targets.forEach(tensor -> requireFinite("target", tensor));
    return this;
  }

  private static void requireFinite(String name, Tensor tensor) {
    for (int i = 0; i < tensor.size(); i++) {
      float value = tensor.storage()[tensor.offset() + i];
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
    return count(inputs.get(0));
  }

  /**
   * The shape of one example of the only input.
   *
   * @return the shape
   * @throws IllegalArgumentException if there are several inputs
   */
  public Shape inputShape() {
    return one(inputs());
  }

  /**
   * The shapes of one example of each input.
   *
   * @return the shapes
   */
  public List<Shape> inputShapes() {
    return inputs.stream().map(DataSet::one).toList();
  }

  /**
   * The shape of the only target of one example; a scalar for labels.
   *
   * @return the shape
   * @throws IllegalArgumentException if there are several targets
   */
  public Shape targetShape() {
    return one(targets());
  }

  /**
   * The shapes of the targets of one example.
   *
   * @return the shapes
   */
  public List<Shape> targetShapes() {
    return targets.stream().map(DataSet::one).toList();
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
   * All examples of the only input.
   *
   * @return [examples, …], itself and not a copy
   * @throws IllegalArgumentException if there are several inputs
   */
  public Tensor inputs() {
    return only("input", inputs);
  }

  /**
   * All examples of one input.
   *
   * @param input which input, from 0
   * @return [examples, …], itself and not a copy
   * @throws IndexOutOfBoundsException if there is no such input
   */
  public Tensor inputs(int input) {
    return inputs.get(input);
  }

  /**
   * All targets of the only output.
   *
   * @return [examples, …], itself and not a copy; labels as floats
   * @throws IllegalArgumentException if there are several targets
   */
  public Tensor targets() {
    return only("target", targets);
  }

  /**
   * All targets of one output.
   *
   * @param output which output, from 0
   * @return [examples, …], itself and not a copy; labels as floats
   * @throws IndexOutOfBoundsException if there is no such output
   */
  public Tensor targets(int output) {
    return targets.get(output);
  }

  private static Tensor only(String what, List<Tensor> all) {
    if (all.size() != 1) {
      throw new IllegalArgumentException(
          "data set: expected one "
              + what
              + ", was "
              + all.size()
              + "; ask for each by its number");
    }
    return all.get(0);
  }

  /**
   * The examples from one to another, in the order they have, not copied. Where examples are
   * sorted, as by class or by time, such a part is like no other: {@link #split} draws one that is.
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
    return new DataSet(
        views(inputs, from, to), views(targets, from, to), view(weights, from, to), classes);
  }

  /**
   * The examples of the given numbers, copied.
   *
   * @param examples the numbers, from 0, in the order to come; one may come several times
   * @return a data set of as many examples
   * @throws IllegalArgumentException if there is no number
   * @throws IndexOutOfBoundsException if there is no such example
   */
  public DataSet select(int... examples) {
    if (examples.length == 0) {
      throw new IllegalArgumentException("data set: expected at least one example, was none");
    }
    for (int example : examples) {
      Objects.checkIndex(example, size());
    }
    return new DataSet(
        inputs.stream().map(tensor -> rows(tensor, examples)).toList(),
        targets.stream().map(tensor -> rows(tensor, examples)).toList(),
        rows(weights, examples),
        classes);
  }

  private static Tensor rows(Tensor from, int[] examples) {
    Tensor rows = Tensor.zeros(from.shape().with(0, examples.length));
    copyRows(from, examples, 0, rows);
    return rows;
  }

  /**
   * The examples in another order, copied.
   *
   * @param seed the seed of the order
   * @return all examples, shuffled
   */
  public DataSet shuffled(long seed) {
    return select(Split.order(this, seed));
  }

  /**
   * Divides the examples at random into two parts, which are copies. Of labeled examples ({@link
   * #labeled}) each class gives the same share, up to one example.
   *
   * @param share the share of the examples that is held back to validate on, between 0 and 1; at
   *     least one is held back, and one is left
   * @param seed the seed of the draw
   * @return the two parts, both shuffled
   * @throws IllegalArgumentException if the share is not between 0 and 1, or there is one example
   */
  public Split split(double share, long seed) {
    return Split.of(this, share, seed);
  }

  /** Copies the examples of the given numbers to the rows of batches. */
  void copy(
      int[] order,
      int start,
      List<Tensor> batchInputs,
      List<Tensor> batchTargets,
      Tensor batchWeights) {
    copyRows(inputs, order, start, batchInputs);
    copyRows(targets, order, start, batchTargets);
    copyRows(weights, order, start, batchWeights);
  }

  private static void copyRows(List<Tensor> from, int[] order, int start, List<Tensor> batches) {
    for (int i = 0; i < batches.size(); i++) {
      copyRows(from.get(i), order, start, batches.get(i));
    }
  }

  private static void copyRows(Tensor from, int[] order, int start, Tensor batch) {
    int width = from.size() / count(from);
    for (int i = 0; i < count(batch); i++) {
      System.arraycopy(
          from.storage(),
          from.offset() + order[start + i] * width,
          batch.storage(),
          batch.offset() + i * width,
          width);
    }
  }

  private static List<Tensor> views(List<Tensor> tensors, int from, int to) {
    return tensors.stream().map(tensor -> view(tensor, from, to)).toList();
  }

  private static Tensor view(Tensor tensor, int from, int to) {
    int width = tensor.size() / count(tensor);
    return Tensor.view(
        tensor.storage(), tensor.offset() + from * width, tensor.shape().with(0, to - from));
  }

  private static Shape one(Tensor tensor) {
    int[] dimensions = tensor.shape().dimensions();
    return Shape.of(Arrays.copyOfRange(dimensions, 1, dimensions.length));
  }

  /** The number of examples and the shapes of one. */
  @Override
  public String toString() {
    return "DataSet of "
        + size()
        + " examples: inputs "
        + inputShapes()
        + ", targets "
        + targetShapes()
        + (classes == 0 ? "" : ", " + classes + " classes");
  }
}
