package org.lanewise.nn.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.lanewise.autodiff.Tape;
import org.lanewise.autodiff.Variable;
import org.lanewise.engine.Shape;
import org.lanewise.engine.Tensor;
import org.lanewise.engine.random.RandomStream;
import org.lanewise.nn.Layers;
import org.lanewise.nn.Samples;
import org.lanewise.nn.initializer.Initializer;
import org.lanewise.nn.initializer.Orthogonal;

final class WeightNormTest {
  private static final long SEED = 47;

  private static List<Tensor> start(WeightNorm layer, int inputs) {
    return layer.parameters(Shape.of(inputs)).stream()
        .map(
            parameter ->
                parameter
                    .initializer()
                    .initialize(parameter.shape(), RandomStream.of(SEED).child(parameter.name())))
        .toList();
  }

  private static Tensor output(WeightNorm layer, List<Tensor> parameters, Tensor x) {
    Tape tape = new Tape();
    List<Variable> variables = parameters.stream().map(tape::constant).toList();
    List<Parameter> described = layer.parameters(Shape.of(x.shape().dimension(1)));
    LoneRecording recording = new LoneRecording(Mode.INFERENCE, tape, described, variables);
    return layer.record(recording, tape.constant(x)).value();
  }

  @Test
  void theSizeOfTheDirectionDoesNotMatter() {
    WeightNorm layer = Layers.dense(3).weightNorm();
    Tensor x = Samples.normal(SEED, 4, 6);
    List<Tensor> parameters = start(layer, 6);
    Tensor y = output(layer, parameters, x);
    Tensor direction = parameters.getFirst();
    for (int i = 0; i < direction.size(); i++) {
      direction.array()[i] *= 1024;
    }
    assertThat(output(layer, parameters, x).sameElements(y)).isTrue();
  }

  /** Units of a kernel drawn orthogonal have length 1, and those of the layer start with it. */
  @Test
  void startsWithTheLengthsOfTheInitializer() {
    WeightNorm layer = Layers.dense(4).initializer(new Orthogonal(1.5)).weightNorm();
    assertThat(start(layer, 9).get(1).toArray())
        .containsExactly(new float[] {1.5f, 1.5f, 1.5f, 1.5f}, within(1e-6f));
  }

  /** A signal keeps its variance as through the dense layer: 60,000 outputs of He's kernel. */
  @Test
  void startsAsTheDenseLayerWould() {
    WeightNorm layer = Layers.dense(300).initializer(Initializer.heNormal()).weightNorm();
    Tensor y = output(layer, start(layer, 400), Samples.normal(SEED, 200, 400));
    double squares = 0;
    for (float element : y.toArray()) {
      squares += element * (double) element;
    }
    // Two of 400 inputs' weights, of 300 units and 200 examples: 2 √(1/200 + 1/300 + …) ≪ 0.1.
    assertThat(squares / y.size()).as("seed %d", SEED).isCloseTo(2, within(0.1));
  }

  @Test
  void refusesInitializersWithoutADirection() {
    WeightNorm layer = Layers.dense(4).initializer(Initializer.zeros()).weightNorm();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> start(layer, 3))
        .withMessage(
            "weight_norm: expected an initializer that gives no unit weights of 0 alone, was"
                + " Constant[value=0.0]");
  }

  @Test
  void refusesExamplesThatAreNoVectors() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Layers.dense(4).weightNorm().outputShape(Shape.of(2, 3)))
        .withMessage("weight_norm: expected examples that are vectors, was shape [2, 3]");
  }
}
