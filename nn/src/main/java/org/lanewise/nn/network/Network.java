package org.lanewise.nn.network;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import org.lanewise.autodiff.Tape;
import org.lanewise.autodiff.Variable;
import org.lanewise.engine.Shape;
import org.lanewise.engine.Tensor;
import org.lanewise.engine.random.RandomStream;
import org.lanewise.nn.layer.Layer;
import org.lanewise.nn.layer.Mode;
import org.lanewise.nn.layer.Parameter;

/**
 * The description of layers and their connections. Learned values are held by {@link Parameters}.
 *
 * <p>Most networks are layers one after the other; those with branches, several inputs or several
 * outputs are written with {@link Flow}. Every layer has a name: its own, or its kind with a
 * number, as in {@code dense2} for the second dense layer that was written.
 */
public final class Network {
  private final Structure structure;
  private final Frozen frozen;

  private Network(Structure structure, Frozen frozen) {
    this.structure = structure;
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
    Flow input = Flow.input("input", inputShape);
    return of(List.of(input), List.of(input.then(layers)));
  }

  /**
   * A network of any form.
   *
   * @param inputs the inputs, made by {@link Flow#input}; batches of examples come in this order
   * @param outputs the outputs, at least one; targets and losses come in this order
   * @return the network
   * @throws IllegalArgumentException if an output needs another input, an input leads to no output,
   *     there is no layer, a layer does not take what it is given, or two have one name and are not
   *     the same layer
   */
  public static Network of(List<Flow> inputs, List<Flow> outputs) {
    return new Network(StructureBuilder.connect(inputs, outputs), Frozen.NOTHING);
  }

  /**
   * The shape of one example of the only input.
   *
   * @return the shape
   * @throws IllegalArgumentException if there are several inputs
   */
  public Shape inputShape() {
    return only("input", inputShapes());
  }

  /**
   * The shapes of one example of each input.
   *
   * @return the shapes
   */
  public List<Shape> inputShapes() {
    return structure.inputs().stream().map(Flow.Input::shape).toList();
  }

  /**
   * The shape of the only output for one example.
   *
   * @return the shape
   * @throws IllegalArgumentException if there are several outputs
   */
  public Shape outputShape() {
    return only("output", outputShapes());
  }

  /**
   * The shapes of each output for one example.
   *
   * @return the shapes
   */
  public List<Shape> outputShapes() {
    return structure.outputs().stream().map(structure::shape).toList();
  }

  /**
   * The names of the outputs: of the layers that give them, or of inputs.
   *
   * @return the names in the order of the outputs
   */
  public List<String> outputNames() {
    return structure.outputs().stream().map(structure::name).toList();
  }

  /**
   * The layer that computes the elements of an output: of layers that are made of layers the last
   * within them, and the one before layers that only give elements another shape.
   *
   * @param output which output, from 0
   * @return the layer; empty if the output is an input or joins branches
   * @throws IndexOutOfBoundsException if there is no such output
   */
  public Optional<Layer> outputLayer(int output) {
    return structure.outputLayer(output);
  }

  static <T> T only(String what, List<T> all) {
    if (all.size() != 1) {
      throw new IllegalArgumentException(
          "network: expected a network with one " + what + ", was one with " + all.size());
    }
    return all.get(0);
  }

  /**
   * The names of all layers, those that join branches among them.
   *
   * @return the names, each after those that the layer takes values from
   */
  public List<String> names() {
    return structure.layers().stream().map(LayerNode::name).toList();
  }

  /**
   * The layers of one input by their names, which are paths where layers that are made of layers
   * were taken apart, as in {@link FoldedNetwork}.
   *
   * @return the layers, each after those that it takes values from
   */
  public SequencedMap<String, Layer> layers() {
    SequencedMap<String, Layer> layers = new LinkedHashMap<>();
    for (LayerNode node : structure.layers()) {
      if (node.merge() instanceof SingleInput(Layer layer)) {
        layers.put(node.name(), layer);
      }
    }
    return Collections.unmodifiableSequencedMap(layers);
  }

  /**
   * The parameters of all layers, with full names as in {@code dense1/kernel}. Those of frozen
   * layers are not trainable.
   *
   * @return the parameters in the order of the layers
   */
  public List<Parameter> parameters() {
    return structure.parameters().stream().map(frozen::apply).toList();
  }

  /**
   * The same network with some layers frozen: their parameters and statistics keep their bits in
   * training, and batch normalization among them normalizes as in inference. A layer is frozen too
   * if each of its parameters and statistics is; frozen γ and β alone learn nothing, while the
   * statistics go on to follow the batches, and frozen statistics alone stay, while those of the
   * batch normalize.
   *
   * @param names names of layers, or of single parameters as in {@code dense1/kernel}
   * @return the network; layers that were frozen before stay so
   * @throws IllegalArgumentException if there is no name, or no layer or parameter of a name
   */
  public Network freeze(String... names) {
    if (names.length == 0) {
      throw new IllegalArgumentException("freeze: expected names of what to freeze, was none");
    }
    return freeze(List.of(names));
  }

  /**
   * The same network with some layers frozen: their parameters and statistics keep their bits in
   * training, and batch normalization among them normalizes as in inference. A layer is frozen too
   * if each of its parameters and statistics is; frozen γ and β alone learn nothing, while the
   * statistics go on to follow the batches, and frozen statistics alone stay, while those of the
   * batch normalize.
   *
   * @param names names of layers, or of single parameters as in {@code dense1/kernel}
   * @return the network; layers that were frozen before stay so
   * @throws IllegalArgumentException if there is no layer or parameter of a name
   */
  public Network freeze(List<String> names) {
    names.forEach(this::requireName);
    return new Network(structure, frozen.with(names));
  }

  private boolean knows(String name) {
    return names().contains(name)
        || structure.parameters().stream()
            .anyMatch(parameter -> Frozen.covers(name, parameter.name()));
  }

  private void requireName(String name) {
    if (!knows(name)) {
      throw new IllegalArgumentException(
          "freeze: there is no layer " + name + ", expected one of " + names());
    }
  }

  /**
   * The same network with nothing frozen.
   *
   * @return the network
   */
  public Network unfreeze() {
    return new Network(structure, Frozen.NOTHING);
  }

  /**
   * The same network with some names no longer frozen.
   *
   * @param names names that were frozen
   * @return the network
   * @throws IllegalArgumentException if a name is not one of {@link #frozen()}
   */
  public Network unfreeze(String... names) {
    return new Network(structure, frozen.without(List.of(names)));
  }

  /**
   * The frozen layers and parameters.
   *
   * @return the names of layers and parameters, as they were given
   */
  public Set<String> frozen() {
    return frozen.names();
  }

  /**
   * A layer by its name.
   *
   * @param name the name
   * @return the layer
   * @throws IllegalArgumentException if there is no layer of one input of that name
   */
  public Layer layer(String name) {
    Layer layer = layers().get(name);
    if (layer == null) {
      throw unknown(name, List.copyOf(layers().keySet()));
    }
    return layer;
  }

  private static IllegalArgumentException unknown(String name, List<String> names) {
    return new IllegalArgumentException(
        "network: there is no layer " + name + ", expected one of " + names);
  }

  /**
   * The part of the network that a layer's output is made of: its lower layers, up to and with that
   * one. Names stay, so parameters can be copied or shared by name.
   *
   * @param layer the name of the last layer
   * @return the network, with what of it was frozen
   * @throws IllegalArgumentException if there is no such layer
   */
  public Network upTo(String layer) {
    if (!names().contains(layer)) {
      throw unknown(layer, names());
    }
    return keepFrozen(structure.upTo(layer));
  }

  /**
   * The same network with more layers after its only output.
   *
   * @param layers the layers, the first is applied first
   * @return the network, with what of it was frozen
   * @throws IllegalArgumentException if there are several outputs, a layer does not take what it is
   *     given, or two have one name
   */
  public Network then(Layer... layers) {
    List<Flow> inputs = structure.inputFlows();
    Flow output = only("output", structure.on(inputs));
    return keepFrozen(StructureBuilder.connect(inputs, List.of(output.then(layers))));
  }

  /**
   * The outputs of this network, as part of another, over flows. Its layers keep their names.
   *
   * @param flows the flow in the place of each input
   * @return its outputs
   * @throws IllegalArgumentException if there is not a flow for each input
   */
  public List<Flow> on(Flow... flows) {
    if (flows.length != structure.inputs().size()) {
      throw new IllegalArgumentException(
          "network: expected a flow for each of "
              + structure.inputs().size()
              + " inputs, was "
              + flows.length);
    }
    return structure.on(List.of(flows));
  }

  /**
   * The same network with another layer in the place of one.
   *
   * @param layer the name of the layer to replace
   * @param other the layer for its place; unless it has a name it gets its kind and the first
   *     number that no layer has, so that it is not mistaken for the one it replaces
   * @return the network, with what of the others was frozen
   * @throws IllegalArgumentException if there is no layer of one input of that name, or the other
   *     does not fit
   */
  public Network replace(String layer, Layer other) {
    layer(layer);
    return keepFrozen(structure.replace(layer, other));
  }

  private Network keepFrozen(Structure other) {
    Network network = new Network(other, Frozen.NOTHING);
    return network.freeze(frozen.names().stream().filter(network::knows).toList());
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
   * Records a network of one input on a tape.
   *
   * @param parameters the parameters, of the names and shapes of {@link #parameters()}
   * @param mode training or inference
   * @param x a batch of examples, [batch, input shape…]
   * @return the outputs, the parameters as variables, and the updates of statistics
   * @throws IllegalArgumentException if the examples or the parameters do not fit, the batch is
   *     empty, a layer records another shape than it promises, or one has to draw in training
   */
  public RecordedNetwork record(Parameters parameters, Mode mode, Variable x) {
    return record(parameters, mode, List.of(x));
  }

  /**
   * Records the network on a tape.
   *
   * @param parameters the parameters, of the names and shapes of {@link #parameters()}
   * @param mode training or inference
   * @param inputs a batch of examples for each input, [batch, input shape…]
   * @return the outputs, the parameters as variables, and the updates of statistics
   * @throws IllegalArgumentException if the examples or the parameters do not fit, the batch is
   *     empty, a layer records another shape than it promises, or one has to draw in training
   */
  public RecordedNetwork record(Parameters parameters, Mode mode, List<Variable> inputs) {
    return record(parameters, mode, inputs, Optional.empty(), Tape::input);
  }

  /**
   * Records the network on a tape, with random draws for the layers that make noise.
   *
   * @param parameters the parameters, of the names and shapes of {@link #parameters()}
   * @param mode training; or inference, where dropout and noise are then left in
   * @param inputs a batch of examples for each input, [batch, input shape…]
   * @param draws where the draws come from
   * @return the outputs, the parameters as variables, and the updates of statistics
   * @throws IllegalArgumentException if the examples or the parameters do not fit, the batch is
   *     empty, or a layer records another shape than it promises
   */
  public RecordedNetwork record(
      Parameters parameters, Mode mode, List<Variable> inputs, Draws draws) {
    return record(parameters, mode, inputs, Optional.of(draws), Tape::input);
  }

  /**
   * Records the network in inference, with parameters that never change.
   *
   * @param parameters the parameters, which must stay as they are
   * @param inputs a batch of examples for each input, [batch, input shape…]
   * @param draws where draws come from, to leave dropout and noise in
   * @return the outputs, and no updates
   * @throws IllegalArgumentException if the examples or the parameters do not fit
   */
  public RecordedNetwork recordConstant(
      Parameters parameters, List<Variable> inputs, Optional<Draws> draws) {
    return record(
        parameters, Mode.INFERENCE, inputs, draws, (tape, name, tensor) -> tape.constant(tensor));
  }

  /** The full names of parameters that layers use although they are not their own. */
  Set<String> lent(Parameters parameters) {
    Tape tape = new Tape();
    List<Variable> inputs =
        inputShapes().stream()
            .map(shape -> tape.constant(Tensor.zeros(batched(1, shape))))
            .toList();
    NetworkRecorder recorder = new NetworkRecorder(tape, Mode.INFERENCE, frozen, Optional.empty());
    recorder.record(this, parameters, inputs, Tape::input);
    return recorder.lent();
  }

  private RecordedNetwork record(
      Parameters parameters,
      Mode mode,
      List<Variable> inputs,
      Optional<Draws> draws,
      ParameterLeaf leaf) {
    batches().require(inputs, Variable::shape);
    NetworkRecorder recorder = new NetworkRecorder(inputs.get(0).tape(), mode, frozen, draws);
    return recorder.record(this, parameters, inputs, leaf);
  }

  /**
   * Checks that there are parameters of the names and shapes of {@link #parameters()}.
   *
   * @param given the parameters, others among them or not
   * @throws IllegalArgumentException if one is missing or has another shape
   */
  public void requireFit(Parameters given) {
    for (Parameter parameter : structure.parameters()) {
      Shape shape = given.get(parameter.name()).shape();
      if (!shape.equals(parameter.shape())) {
        throw new IllegalArgumentException(
            "network: expected "
                + parameter.name()
                + " of shape "
                + parameter.shape()
                + ", was "
                + shape);
      }
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
   * Saves the network, description and parameters, as one safetensors file. A file of the same name
   * is replaced when the new one is complete and on the disk.
   *
   * <p>The file keeps its mode, and a symbolic link stays one: the file that it leads to is
   * replaced. What an earlier save left in the folder because its process was killed is deleted.
   *
   * <p>Layers and initializers of your own can be described if they are records of booleans,
   * numbers, chars, texts, enums, shapes, such records, and lists and optionals of all of these.
   * They come back equal, or are refused here: null, arrays, maps and other types are, a component
   * whose accessor or constructor changes it, and some sixty layers within each other. Of networks
   * with others {@link Parameters#save} saves the parameters, and {@link #loadParameters(Path)}
   * loads them into a network that is given in code.
   *
   * @param path the file
   * @param parameters the parameters of the network
   * @throws IOException if it cannot be written; the file is then as it was. A thread that is
   *     interrupted before or while it writes gets a {@link
   *     java.nio.channels.ClosedByInterruptException} and stays interrupted
   * @throws IllegalArgumentException if the parameters do not fit, or a layer cannot be described
   */
  public void save(Path path, Parameters parameters) throws IOException {
    NetworkFile.write(path, this, parameters);
  }

  /**
   * Loads a network that was saved, description and parameters.
   *
   * @param path the file
   * @param own the types of layers and initializers of your own that it may consist of
   * @return the network and its parameters
   * @throws IOException if the file cannot be read
   * @throws IllegalArgumentException if it is no such file, is truncated or damaged, or describes a
   *     network that cannot be
   */
  public static SavedNetwork load(Path path, Class<?>... own) throws IOException {
    return NetworkFile.read(path, Set.of(own));
  }

  /**
   * Loads a network that was saved from a stream, say of a resource beside a class.
   *
   * @param stream the bytes of the file, at most 2 GiB; read to its end and not closed
   * @param own the types of layers and initializers of your own that it may consist of
   * @return the network and its parameters
   * @throws IOException if the stream cannot be read
   * @throws IllegalArgumentException if it gives no such file, is truncated or damaged, or
   *     describes a network that cannot be
   */
  public static SavedNetwork load(InputStream stream, Class<?>... own) throws IOException {
    return NetworkFile.read(stream, Set.of(own));
  }

  /**
   * Loads parameters for this network, whatever the file says of the one that it was saved from.
   * Tensors of other types than 32-bit floats are read as {@link Parameters#load} says.
   *
   * @param path the file, of {@link #save} or {@link Parameters#save}
   * @return the parameters
   * @throws IOException if the file cannot be read
   * @throws IllegalArgumentException if it is no such file, is truncated or damaged, or has not the
   *     parameters of this network
   */
  public Parameters loadParameters(Path path) throws IOException {
    return NetworkFile.readParameters(path, this);
  }

  /**
   * Loads parameters for this network from a safetensors file of another program, which may hold
   * others as well, of any type. Tensors of other types than 32-bit floats are read as {@link
   * Parameters#load} says.
   *
   * @param path the file
   * @param mapping where the parameters are in it
   * @return the parameters
   * @throws IOException if the file cannot be read
   * @throws IllegalArgumentException if it is no such file, is truncated, or has not all parameters
   *     of this network
   */
  public Parameters loadParameters(Path path, ParameterMapping mapping) throws IOException {
    return NetworkFile.readParameters(path, this, mapping);
  }

  /**
   * A table of the layers: name, output shape, parameters that are trained and that are not, and
   * the memory they take. A layer that is shared counts where it comes first. Under the total
   * stands what the outputs of all layers take for one example.
   *
   * @return the table, a line an input and a line a layer
   */
  public String summary() {
    return Summary.of(structure, frozen);
  }

  /** The inputs and layers in one line, much as they are written in code. */
  @Override
  public String toString() {
    return Summary.line(structure);
  }

  Structure structure() {
    return structure;
  }

  Frozen frozenNames() {
    return frozen;
  }

  /**
   * The shapes that batches of its examples have.
   *
   * @return the check of batches
   */
  public Batches batches() {
    return new Batches(structure.inputs());
  }
}
