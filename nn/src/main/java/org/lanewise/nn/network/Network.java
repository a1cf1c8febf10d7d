package org.lanewise.nn.network;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.lanewise.autodiff.Tape;
import org.lanewise.autodiff.Variable;
import org.lanewise.engine.Shape;
import org.lanewise.engine.Tensor;
import org.lanewise.engine.random.RandomStream;
import org.lanewise.nn.layer.Layer;
import org.lanewise.nn.layer.Mode;
import org.lanewise.nn.layer.Named;
import org.lanewise.nn.layer.Parameter;

/**
 * Layers one after the other, described. What they learn is held by {@link Parameters}.
 *
 * <p>Every layer has a name: its own, or its kind with a number, as in {@code dense2} for the
 * second dense layer.
 */
public final class Network {
  private final Shape inputShape;
  private final List<Named> layers;
  private final List<Shape> shapes;
  private final Frozen frozen;

  private Network(Shape inputShape, List<Named> layers, List<Shape> shapes, Frozen frozen) {
    this.inputShape = inputShape;
    this.layers = layers;
    this.shapes = shapes;
    this.frozen = frozen;
  }

  /**
   * A network over vectors.
   *
   * @param inputs the number of inputs, at least 1
   * @param layers the layers, the first is the nearest to the input; at least one
   * @return the network
   * @throws IllegalArgumentException if a layer does not take what the one before gives, or two
   *     have one name
   */
  public static Network of(int inputs, Layer... layers) {
    return of(Shape.of(inputs), layers);
  }

  /**
   * A network over examples of any shape.
   *
   * @param inputShape the shape of one example, with at least one element
   * @param layers the layers, the first is the nearest to the input; at least one
   * @return the network
   * @throws IllegalArgumentException if a layer does not take what the one before gives, or two
   *     have one name
   */
  public static Network of(Shape inputShape, Layer... layers) {
    if (inputShape.size() == 0) {
      throw new IllegalArgumentException(
          "network: expected examples with at least one element, was shape " + inputShape);
    }
    if (layers.length == 0) {
      throw new IllegalArgumentException("network: expected at least one layer, was none");
    }
    List<Named> named = name(layers);
    List<Shape> shapes = new ArrayList<>();
    Shape shape = inputShape;
    for (Named layer : named) {
      try {
        layer.parameters(shape);
        shape = layer.outputShape(shape);
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException("layer " + layer.name() + ": " + e.getMessage(), e);
      }
      shapes.add(shape);
    }
    return new Network(inputShape, named, List.copyOf(shapes), Frozen.NOTHING);
  }

  private static List<Named> name(Layer... layers) {
    Map<String, Integer> counts = new HashMap<>();
    Set<String> taken = new HashSet<>();
    List<Named> named = new ArrayList<>();
    for (Layer layer : layers) {
      int number = counts.merge(layer.kind(), 1, Integer::sum);
      Named next = layer instanceof Named own ? own : new Named(layer.kind() + number, layer);
      if (!taken.add(next.name())) {
        throw new IllegalArgumentException(
            "network: two layers have the name " + next.name() + ", expected names that differ");
      }
      named.add(next);
    }
    return List.copyOf(named);
  }

  /**
   * The shape of one example.
   *
   * @return the shape
   */
  public Shape inputShape() {
    return inputShape;
  }

  /**
   * The shape of the output for one example.
   *
   * @return the shape
   */
  public Shape outputShape() {
    return shapes.get(shapes.size() - 1);
  }

  /**
   * The layers with their names.
   *
   * @return the layers, the first is the nearest to the input
   */
  public List<Named> layers() {
    return layers;
  }

  /**
   * The parameters of all layers, with full names as in {@code dense1/kernel}. Those of frozen
   * layers are not trainable.
   *
   * @return the parameters in the order of the layers
   */
  public List<Parameter> parameters() {
    List<Parameter> parameters = new ArrayList<>();
    for (int i = 0; i < layers.size(); i++) {
      parameters.addAll(parameters(i));
    }
    return parameters;
  }

  private List<Parameter> parameters(int layer) {
    Shape input = layer == 0 ? inputShape : shapes.get(layer - 1);
    Named named = layers.get(layer);
    return named.parameters(input).stream()
        .map(parameter -> frozen.apply(parameter.in(named.name())))
        .toList();
  }

  /**
   * The same network with some layers frozen: their parameters and statistics keep their bits in
   * training, and batch normalization among them normalizes as in inference.
   *
   * @param names names of layers, or of single parameters as in {@code dense1/kernel}
   * @return the network; layers that were frozen before stay so
   * @throws IllegalArgumentException if there is no layer or parameter of a name
   */
  public Network freeze(String... names) {
    return freeze(List.of(names));
  }

  /**
   * The same network with some layers frozen: their parameters and statistics keep their bits in
   * training, and batch normalization among them normalizes as in inference.
   *
   * @param names names of layers, or of single parameters as in {@code dense1/kernel}
   * @return the network; layers that were frozen before stay so
   * @throws IllegalArgumentException if there is no layer or parameter of a name
   */
  public Network freeze(List<String> names) {
    names.forEach(this::requireName);
    return new Network(inputShape, layers, shapes, frozen.with(names));
  }

  private void requireName(String name) {
    boolean known =
        layers.stream().anyMatch(layer -> layer.name().equals(name))
            || parameters().stream().anyMatch(parameter -> Frozen.covers(name, parameter.name()));
    if (!known) {
      throw new IllegalArgumentException(
          "freeze: there is no layer "
              + name
              + ", expected one of "
              + layers.stream().map(Named::name).toList());
    }
  }

  /**
   * The same network with nothing frozen.
   *
   * @return the network
   */
  public Network unfreeze() {
    return new Network(inputShape, layers, shapes, Frozen.NOTHING);
  }

  /**
   * The same network with some names no longer frozen.
   *
   * @param names names that were frozen
   * @return the network
   * @throws IllegalArgumentException if a name is not one of {@link #frozen()}
   */
  public Network unfreeze(String... names) {
    return new Network(inputShape, layers, shapes, frozen.without(List.of(names)));
  }

  /**
   * What is frozen.
   *
   * @return the names of layers and parameters, as they were given
   */
  public Set<String> frozen() {
    return frozen.names();
  }

  /**
   * Draws all parameters. Each is drawn from a stream of its own, found by the seed and its name.
   *
   * @param seed the seed
   * @return the parameters
   */
  public Parameters initialize(long seed) {
    RandomStream stream = RandomStream.of(seed).child("parameters");
    Parameters drawn = new Parameters();
    for (Parameter parameter : parameters()) {
      Tensor tensor =
          parameter.initializer().initialize(parameter.shape(), stream.child(parameter.name()));
      drawn.add(parameter.name(), tensor);
    }
    return drawn;
  }

  /**
   * Records the network on a tape.
   *
   * @param parameters the parameters, of the names and shapes of {@link #parameters()}
   * @param mode training or inference
   * @param x a batch of examples, [batch, input shape…]
   * @return the output, the parameters as variables, and the updates of statistics
   * @throws IllegalArgumentException if the examples or the parameters do not fit, the batch is
   *     empty, or a layer records another shape than it promises
   */
  public RecordedNetwork record(Parameters parameters, Mode mode, Variable x) {
    requireBatch(x.shape());
    Tape tape = x.tape();
    NetworkRecorder recorder = new NetworkRecorder(tape, mode, frozen);
    for (Parameter parameter : parameters()) {
      Tensor tensor = parameters.get(parameter.name());
      if (!tensor.shape().equals(parameter.shape())) {
        throw new IllegalArgumentException(
            "network: expected "
                + parameter.name()
                + " of shape "
                + parameter.shape()
                + ", was "
                + tensor.shape());
      }
      recorder.add(parameter, tape.input(parameter.name(), tensor));
    }
    Variable y = x;
    for (int i = 0; i < layers.size(); i++) {
      Named layer = layers.get(i);
      try {
        y = layer.record(recorder.scope(layer.name()), y);
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException("layer " + layer.name() + ": " + e.getMessage(), e);
      }
      Shape promised = batched(x.shape().dimension(0), shapes.get(i));
      if (!y.shape().equals(promised)) {
        throw new IllegalArgumentException(
            "layer "
                + layer.name()
                + ": expected to record the shape "
                + promised
                + " that it promises, was "
                + y.shape());
      }
    }
    return recorder.finish(y);
  }

  private void requireBatch(Shape batch) {
    if (batch.rank() != inputShape.rank() + 1
        || !batch.equals(batched(batch.dimension(0), inputShape))) {
      throw new IllegalArgumentException(
          "network: expected a batch of shape [batch, "
              + inputShape.toString().substring(1)
              + ", was "
              + batch);
    }
    if (batch.dimension(0) == 0) {
      throw new IllegalArgumentException(
          "network: expected a batch of at least one example, was an empty one");
    }
  }

  /**
   * The shape of a batch.
   *
   * @param examples the number of examples
   * @param one the shape of one
   * @return [examples, shape of one…]
   */
  public static Shape batched(int examples, Shape one) {
    int[] dimensions = new int[one.rank() + 1];
    dimensions[0] = examples;
    System.arraycopy(one.dimensions(), 0, dimensions, 1, one.rank());
    return Shape.of(dimensions);
  }

  /**
   * A table of the layers: name, output shape, parameters that are trained and that are not.
   *
   * @return the table, a line a layer and a total
   */
  public String summary() {
    return Summary.of(this, shapes, this::parameters);
  }
}
