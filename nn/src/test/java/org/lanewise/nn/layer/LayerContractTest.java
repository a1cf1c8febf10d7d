package org.lanewise.nn.layer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.lanewise.autodiff.GradientCheck;
import org.lanewise.autodiff.Gradients;
import org.lanewise.autodiff.Tape;
import org.lanewise.autodiff.Variable;
import org.lanewise.engine.Shape;
import org.lanewise.engine.Tensor;
import org.lanewise.engine.random.RandomStream;
import org.lanewise.nn.Implementations;
import org.lanewise.nn.Layers;
import org.lanewise.nn.Samples;
import org.lanewise.nn.activation.Activation;
import org.lanewise.nn.activation.Celu;
import org.lanewise.nn.activation.Elu;
import org.lanewise.nn.activation.Glu;
import org.lanewise.nn.activation.LeakyRelu;
import org.lanewise.nn.activation.LogSoftmax;
import org.lanewise.nn.activation.PRelu;
import org.lanewise.nn.activation.RRelu;
import org.lanewise.nn.activation.Softmax;
import org.lanewise.nn.activation.Swish;
import org.lanewise.nn.initializer.Initializer;
import org.lanewise.nn.noise.AlphaDropout;
import org.lanewise.nn.noise.Dropout;
import org.lanewise.nn.noise.GaussianDropout;
import org.lanewise.nn.noise.GaussianNoise;
import org.lanewise.nn.normalization.BatchNorm;
import org.lanewise.nn.normalization.LayerNorm;
import org.lanewise.nn.normalization.RmsNorm;
import org.lanewise.nn.regularizer.Constraint;
import org.lanewise.nn.regularizer.Regularizer;

/** What holds for every layer. */
final class LayerContractTest {
  private static final long SEED = 31;

  private static List<Layer> layers() {
    List<Layer> layers = new ArrayList<>(Activation.all());
    layers.add(new LeakyRelu(0.2));
    layers.add(new Elu(0.7));
    layers.add(new Celu(0.5));
    layers.add(new Swish(1.5));
    layers.add(new PRelu(0.25));
    layers.add(new PRelu(0.25, true));
    layers.add(new RRelu(0.125, 0.5));
    layers.add(new Glu());
    layers.add(new Softmax());
    layers.add(new LogSoftmax());
    layers.add(new Dense(4, Initializer.heNormal(), true));
    layers.add(new Dense(1, Initializer.glorotUniform(), false));
    layers.add(new WeightNorm(new Dense(3, Initializer.heNormal(), true)));
    layers.add(new WeightNorm(new Dense(1, Initializer.heNormal(), false)));
    layers.add(new BatchNorm(0.9, 0.001, true, true));
    layers.add(new BatchNorm(0.9, 0.001, false, true));
    layers.add(new BatchNorm(0.9, 0.001, true, false));
    // Bounds so close that both are met everywhere: between them no gradient flows, on purpose.
    layers.add(new BatchNorm(0.9, 0.001, true, true).renormalized(1.001, 0.001));
    layers.add(new LayerNorm(0.001, true, true));
    layers.add(new LayerNorm(0.001, false, false));
    layers.add(new RmsNorm(0.001));
    layers.add(new Dropout(0.4));
    layers.add(new AlphaDropout(0.3));
    layers.add(new GaussianNoise(0.5));
    layers.add(new GaussianDropout(0.2));
    Dense dense = new Dense(3, Initializer.heNormal(), true);
    layers.add(dense.regularize("kernel", Regularizer.l2(0.1)));
    layers.add(dense.constrain("bias", Constraint.maxNorm(1)));
    layers.add(new PRelu(0.1).regularizeActivity(Regularizer.l1(0.1)));
    layers.add(new Named("own", new Dense(2, Initializer.glorotUniform(), true)));
    layers.add(new Identity());
    layers.add(new Flatten());
    layers.add(new Reshape(Shape.of(3, 1, 2)));
    layers.add(new Embedding(4, 3, Initializer.heNormal()));
    layers.add(
        Sequence.of(
            new Flatten(), new BatchNorm(0.9, 0.001, true, true), Layers.dense(2), new PRelu(0)));
    layers.add(new Residual(Sequence.of(Layers.dense(3), Layers.tanh(), Layers.dense(5))));
    layers.add(Parallel.of(new Identity(), Layers.dense(2), new BatchNorm(0.5, 0.001, true, true)));
    return layers;
  }

  /** Every layer with every shape of an example that it takes: odd widths, and more axes. */
  private static Stream<Arguments> layersAndShapes() {
    List<Shape> shapes = List.of(Shape.of(1), Shape.of(5), Shape.of(2, 3), Shape.of(4));
    return layers().stream()
        .flatMap(
            layer ->
                shapes.stream()
                    .filter(shape -> takes(layer, shape))
                    .map(shape -> Arguments.of(layer, shape)));
  }

  private static boolean takes(Layer layer, Shape example) {
    try {
      layer.outputShape(example);
      return true;
    } catch (IllegalArgumentException e) {
      assertThat(e.getMessage()).matches("(layer \\w+: )*\\w+: expected .+, was .+");
      return false;
    }
  }

  @Test
  void everyLayerIsListed() {
    Set<Class<?>> expected = new LinkedHashSet<>();
    for (Class<?> one : List.of(Layer.class, Activation.class, BatchNorm.class, Dropout.class)) {
      expected.addAll(Implementations.of(Layer.class, one));
    }
    // Needs another layer: TiedDenseTest has it in a network.
    expected.remove(TiedDense.class);
    Set<Class<?>> listed = layers().stream().map(Object::getClass).collect(Collectors.toSet());
    assertThat(listed).containsAll(expected).hasSizeGreaterThanOrEqualTo(9);
    assertThat(Activation.all().stream().<Class<?>>map(Object::getClass))
        .containsExactlyInAnyOrderElementsOf(
            expected.stream().filter(Activation.class::isAssignableFrom).toList());
  }

  @ParameterizedTest
  @MethodSource("layersAndShapes")
  void gradientsAreDerivativesInBothModes(Layer layer, Shape example) {
    for (Mode mode : Mode.values()) {
      for (int batch : new int[] {2, 3}) {
        checkGradients(layer, example, mode, batch, Recorded::output);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("layersAndShapes")
  void updatesAreDifferentiable(Layer layer, Shape example) {
    for (Parameter parameter : layer.parameters(example)) {
      if (!parameter.trainable()) {
        checkGradients(
            layer,
            example,
            Mode.TRAINING,
            3,
            recorded -> recorded.recording().updates().get(parameter.name()));
      }
    }
  }

  /** Checks with respect to the parameters and, unless they are positions, the examples. */
  private static void checkGradients(
      Layer layer, Shape example, Mode mode, int batch, Function<Recorded, Variable> result) {
    Tensor[] point = point(layer, example, batch);
    int constants = layer instanceof Embedding ? 1 : 0;
    GradientCheck.of(
            inputs -> {
              List<Variable> all = new ArrayList<>(inputs);
              for (int i = constants - 1; i >= 0; i--) {
                all.add(0, inputs.get(0).tape().constant(point[i]));
              }
              return result.apply(record(layer, example, mode, all));
            })
        .seed(SEED)
        .assertPasses(Arrays.copyOfRange(point, constants, point.length));
  }

  @ParameterizedTest
  @MethodSource("layersAndShapes")
  void givesTheShapeItPromises(Layer layer, Shape example) {
    for (Mode mode : Mode.values()) {
      Shape output = record(layer, example, mode, 3).output().shape();
      assertThat(output.dimension(0)).isEqualTo(3);
      assertThat(Arrays.copyOfRange(output.dimensions(), 1, output.rank()))
          .containsExactly(layer.outputShape(example).dimensions());
    }
  }

  @ParameterizedTest
  @MethodSource("layersAndShapes")
  void updatesAllItsStatisticsInTrainingAndNothingInInference(Layer layer, Shape example) {
    String[] statistics =
        layer.parameters(example).stream()
            .filter(parameter -> !parameter.trainable())
            .map(Parameter::name)
            .toArray(String[]::new);
    LoneRecording training = record(layer, example, Mode.TRAINING, 3).recording();
    assertThat(training.updates().keySet()).containsExactlyInAnyOrder(statistics);
    training
        .updates()
        .forEach(
            (name, value) -> assertThat(value.shape()).isEqualTo(training.parameter(name).shape()));
    assertThat(record(layer, example, Mode.INFERENCE, 3).recording().updates()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("layersAndShapes")
  void givesTheSameBitsAgain(Layer layer, Shape example) {
    for (Mode mode : Mode.values()) {
      Tensor first = record(layer, example, mode, 3).output().value();
      assertThat(record(layer, example, mode, 3).output().value().sameElements(first)).isTrue();
    }
  }

  @ParameterizedTest
  @MethodSource("layersAndShapes")
  void inferenceOfAnExampleDoesNotDependOnTheOthers(Layer layer, Shape example) {
    int batch = 7;
    Tensor[] point = point(layer, example, batch);
    Tensor together = record(layer, example, point).value();
    int width = point[0].size() / batch;
    int outputs = together.size() / batch;
    for (int i = 0; i < batch; i++) {
      Tensor[] alone = point.clone();
      alone[0] = Tensor.view(point[0].array(), i * width, point[0].shape().with(0, 1));
      Tensor row =
          Tensor.view(together.storage(), together.offset() + i * outputs, Shape.of(outputs));
      assertThat(record(layer, example, alone).value().reshape(Shape.of(outputs)).sameElements(row))
          .as("example %d, seed %d", i, SEED)
          .isTrue();
    }
  }

  @ParameterizedTest
  @MethodSource("layersAndShapes")
  void learnsFromEveryTrainableParameter(Layer layer, Shape example) {
    Recorded recorded = record(layer, example, Mode.TRAINING, 5);
    Variable output = recorded.output();
    // Weights, because the sum of what batch normalization gives depends on β alone.
    Variable weights = output.tape().constant(Samples.normal(1, output.shape().dimensions()));
    Variable scalar = output.multiply(weights).sum();
    for (Parameter parameter : layer.parameters(example)) {
      Variable variable = recorded.recording().parameter(parameter.name());
      Gradients gradients = output.tape().gradients(scalar, variable);
      boolean moves = false;
      for (float element : gradients.of(variable).value().toArray()) {
        moves |= element != 0;
      }
      // The direction of a single weight is its sign, and nothing to learn.
      boolean onlyASign = layer instanceof WeightNorm && example.size() == 1;
      if (!onlyASign || !parameter.name().equals("direction")) {
        assertThat(moves).as(parameter.name()).isEqualTo(parameter.trainable());
      }
    }
  }

  @ParameterizedTest
  @MethodSource("layersAndShapes")
  void namesAndDrawsItsParameters(Layer layer, Shape example) {
    List<Parameter> parameters = layer.parameters(example);
    assertThat(parameters.stream().map(Parameter::name))
        .doesNotHaveDuplicates()
        .allMatch(name -> name.matches("([a-z][a-z0-9_]*/)*[a-z][a-z_]*"));
    for (Parameter parameter : parameters) {
      Tensor drawn = parameter.initializer().initialize(parameter.shape(), RandomStream.of(SEED));
      assertThat(drawn.shape()).isEqualTo(parameter.shape());
      assertThat(drawn.toArray()).doesNotContain(Float.NaN);
    }
    assertThat(layer.kind()).matches("[a-z][a-z0-9_]*");
  }

  @ParameterizedTest
  @MethodSource("layersAndShapes")
  void staysTheSameUnderAName(Layer layer, Shape example) {
    Layer named = layer.named("mine");
    assertThat(named.kind()).isEqualTo(layer.kind());
    assertThat(named.outputShape(example)).isEqualTo(layer.outputShape(example));
    assertThat(named.parameters(example).stream().map(Parameter::name))
        .containsExactlyElementsOf(
            layer.parameters(example).stream().map(Parameter::name).toList());
    for (Mode mode : Mode.values()) {
      Recorded plain = record(layer, example, mode, 3);
      Recorded renamed = record(named, example, mode, 3);
      assertThat(renamed.output().value().sameElements(plain.output().value())).isTrue();
      assertThat(renamed.recording().updates().keySet())
          .isEqualTo(plain.recording().updates().keySet());
    }
  }

  private record Recorded(LoneRecording recording, Variable output) {}

  private static Layer unnamed(Layer layer) {
    return layer instanceof Named named ? named.layer() : layer;
  }

  /** A batch of examples and then the layer's parameters. */
  private static Tensor[] point(Layer layer, Shape example, int batch) {
    List<Tensor> point = new ArrayList<>();
    int[] dimensions = new int[example.rank() + 1];
    dimensions[0] = batch;
    System.arraycopy(example.dimensions(), 0, dimensions, 1, example.rank());
    point.add(
        unnamed(layer) instanceof Embedding embedding
            ? Samples.positions(embedding.rows(), SEED, dimensions)
            : Samples.awayFromZero(SEED, dimensions));
    point.addAll(LoneRecording.someParameters(layer, example, SEED));
    return point.toArray(Tensor[]::new);
  }

  private static Recorded record(Layer layer, Shape example, Mode mode, int batch) {
    return record(layer, example, mode, inputs(point(layer, example, batch)));
  }

  private static Variable record(Layer layer, Shape example, Tensor... point) {
    return record(layer, example, Mode.INFERENCE, inputs(point)).output();
  }

  private static List<Variable> inputs(Tensor... point) {
    Tape tape = new Tape();
    return Arrays.stream(point).map(tensor -> tape.input("input", tensor)).toList();
  }

  private static Recorded record(Layer layer, Shape example, Mode mode, List<Variable> inputs) {
    Variable x = inputs.getFirst();
    LoneRecording recording =
        new LoneRecording(
            mode, x.tape(), layer.parameters(example), inputs.subList(1, inputs.size()));
    return new Recorded(recording, layer.record(recording, x));
  }
}
