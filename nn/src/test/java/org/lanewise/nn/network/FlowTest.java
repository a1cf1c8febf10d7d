package org.lanewise.nn.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.lanewise.nn.Layers.batchNorm;
import static org.lanewise.nn.Layers.dense;
import static org.lanewise.nn.Layers.relu;
import static org.lanewise.nn.Layers.tanh;

import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.lanewise.autodiff.GradientCheck;
import org.lanewise.autodiff.Tape;
import org.lanewise.autodiff.Variable;
import org.lanewise.engine.Shape;
import org.lanewise.engine.Tensor;
import org.lanewise.nn.Samples;
import org.lanewise.nn.layer.Layer;
import org.lanewise.nn.layer.Mode;
import org.lanewise.nn.layer.Parameter;
import org.lanewise.nn.prediction.Predictor;

final class FlowTest {
  private static final long SEED = 8;

  private static Network wideAndDeep() {
    Flow wide = Flow.input("wide", 2);
    Flow deep = Flow.input("deep", 3);
    Flow hidden = deep.then(dense(4), tanh());
    Flow price = Flow.concatenate(wide, hidden).then(dense(1).named("price"));
    return Network.of(List.of(wide, deep), List.of(price));
  }

  @Test
  void wideAndDeepIsWhatItsLayersMake() {
    Network network = wideAndDeep();
    Parameters parameters = network.initialize(SEED);
    Tensor wide = Samples.normal(1, 5, 2);
    Tensor deep = Samples.normal(2, 5, 3);
    Tape tape = new Tape();
    UnaryOperator<Variable> hidden =
        x ->
            x.matmul(tape.constant(parameters.get("dense1/kernel")))
                .add(tape.constant(parameters.get("dense1/bias")))
                .tanh();
    Variable expected =
        Variable.concatenate(1, tape.constant(wide), hidden.apply(tape.constant(deep)))
            .matmul(tape.constant(parameters.get("price/kernel")))
            .add(tape.constant(parameters.get("price/bias")));
    List<Tensor> outputs = new Predictor(network, parameters).predict(List.of(wide, deep));
    assertThat(outputs).hasSize(1);
    assertThat(outputs.getFirst().sameElements(expected.value())).isTrue();
  }

  @Test
  void layersAreNamedInTheOrderTheyWereWritten() {
    Flow x = Flow.input("x", 3);
    Flow second = x.then(dense(2));
    Flow first = x.then(dense(2), relu());
    Network network = Network.of(List.of(x), List.of(Flow.add(first, second), second));
    assertThat(network.names()).containsExactly("dense1", "dense2", "relu1", "add1");
    assertThat(network.outputNames()).containsExactly("add1", "dense1");
    assertThat(network.outputShapes()).containsExactly(Shape.of(2), Shape.of(2));
    assertThat(network.layers().values().stream().map(Layer::kind))
        .containsExactly("dense", "dense", "relu");
  }

  @Test
  void aFlowThatIsUsedTwiceIsComputedOnce() {
    Flow x = Flow.input("x", 3);
    Flow hidden = x.then(dense(3));
    Network residual = Network.of(List.of(x), List.of(Flow.add(hidden, hidden.then(dense(3)))));
    assertThat(residual.parameters()).hasSize(4);
  }

  @Test
  void theSameNamedLayerSharesItsParameters() {
    Layer tower = dense(3).named("tower");
    Flow left = Flow.input("left", 2);
    Flow right = Flow.input("right", 2);
    Network network =
        Network.of(
            List.of(left, right), List.of(Flow.multiply(left.then(tower), right.then(tower))));
    assertThat(network.parameters().stream().map(Parameter::name))
        .containsExactly("tower/kernel", "tower/bias");
    Tensor x = Samples.normal(SEED, 4, 2);
    Tensor y = new Predictor(network, network.initialize(SEED)).predict(List.of(x, x)).getFirst();
    Network one = Network.of(2, tower);
    Tensor once = new Predictor(one, one.initialize(SEED)).predict(x);
    assertThat(y.sameElements(new Tape().constant(once).square().value())).isTrue();
    assertThat(network.summary().lines().filter(line -> line.startsWith("tower")))
        .hasSize(2)
        .anyMatch(line -> line.contains(" 9 "))
        .anyMatch(line -> line.contains(" 0 "));
    assertThat(network.summary()).containsPattern("total +9 +0");
  }

  @Test
  void aSharedBatchNormGathersBothBatches() {
    Layer norm = batchNorm().momentum(0.5).named("norm");
    Flow a = Flow.input("a", 1);
    Flow b = Flow.input("b", 1);
    Network network = Network.of(List.of(a, b), List.of(Flow.add(a.then(norm), b.then(norm))));
    Tape tape = new Tape();
    Variable first = tape.input("a", Tensor.of(new float[] {1, 3}, 2, 1));
    Variable second = tape.input("b", Tensor.of(new float[] {8, 8}, 2, 1));
    RecordedNetwork recorded =
        network.record(network.initialize(SEED), Mode.TRAINING, List.of(first, second));
    assertThat(recorded.updates()).hasSize(2);
    // 0 → (0 + 2) / 2 → (1 + 8) / 2.
    assertThat(recorded.updates().values().iterator().next().value().value().item())
        .isEqualTo(4.5f);
  }

  @Test
  void sharingNeedsTheSameLayerAndFittingInputs() {
    Flow x = Flow.input("x", 2);
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> Network.of(List.of(x), List.of(x.then(dense(3).named("a"), dense(3).named("a")))))
        .withMessage(
            "layer a: expected inputs that need the same parameters where it is shared, was shapes"
                + " [[2]] and [[3]]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Network.of(2, dense(2).named("a"), dense(2).withoutBias().named("a")))
        .withMessage(
            "network: two layers have the name a, expected names that differ or the same layer");
  }

  @Test
  void gradientsFlowThroughBranchesAndSharedLayers() {
    Layer shared = dense(3).named("shared");
    Flow a = Flow.input("a", 3);
    Flow b = Flow.input("b", 3);
    Flow left = a.then(shared, tanh());
    Flow right = b.then(shared);
    Flow product = Flow.multiply(left, right);
    Flow joined = Flow.concatenate(Flow.average(left, right, a), Flow.maximum(product, a));
    Network network = Network.of(List.of(a, b), List.of(joined, product.then(dense(1))));
    Parameters parameters = network.initialize(SEED);
    GradientCheck.of(
            inputs -> {
              List<Variable> outputs = network.record(parameters, Mode.TRAINING, inputs).outputs();
              return Variable.concatenate(1, outputs.toArray(Variable[]::new));
            })
        .seed(SEED)
        .assertPasses(Samples.normal(SEED, 4, 3), Samples.normal(SEED + 1, 4, 3));
  }

  @Test
  void inputsMustBeGivenAndUsed() {
    Flow x = Flow.input("x", 2);
    Flow y = Flow.input("y", 2);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Network.of(List.of(x), List.of(Flow.add(x, y))))
        .withMessage("network: an output needs the input y, expected it among the inputs");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Network.of(List.of(x, y), List.of(x.then(relu()))))
        .withMessage("network: the input y leads to no output, expected inputs that do");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Network.of(List.of(x, Flow.input("x", 1)), List.of(x.then(relu()))))
        .withMessage("network: two inputs have the name x, expected names that differ");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Network.of(List.of(x.then(relu())), List.of(x)))
        .withMessage("network: expected inputs made by Flow.input, was what a layer makes");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Network.of(List.of(x), List.of()))
        .withMessage("network: expected at least one output, was none");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Flow.input("", 2))
        .withMessage("network: expected inputs with a name, was an empty one");
  }

  @Test
  void shapesThatDoNotFitNameTheLayer() {
    Flow x = Flow.input("x", 2);
    Flow y = Flow.input("y", 3);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Network.of(List.of(x, y), List.of(Flow.add(x, y))))
        .withMessage("layer add1: add: expected inputs of one shape, was [[2], [3]]");
    Flow z = Flow.input("z", Shape.of(2, 3));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Network.of(List.of(x, z), List.of(Flow.concatenate(x, z))))
        .withMessage(
            "layer concatenate1: concatenate: expected inputs that differ along axis -1 only, was"
                + " [[2], [2, 3]]");
    assertThatIllegalArgumentException()
        .isThrownBy(Flow::add)
        .withMessage("add: expected at least one input, was none");
  }

  @Test
  void batchesMustFitEachInput() {
    Network network = wideAndDeep();
    Predictor predictor = new Predictor(network, network.initialize(SEED));
    Tensor two = Tensor.zeros(4, 2);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> predictor.predict(two))
        .withMessage("network: expected a batch for each of 2 inputs, was 1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> predictor.predict(List.of(two, two)))
        .withMessage(
            "network: expected a batch of shape [batch, 3] for the input deep, was [4, 2]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> predictor.predict(List.of(two, Tensor.zeros(5, 3))))
        .withMessage("network: expected batches of as many examples, was [4, 2] and [5, 3]");
    assertThatIllegalArgumentException()
        .isThrownBy(network::inputShape)
        .withMessage("network: expected a network with one input, was one with 2");
  }
}
