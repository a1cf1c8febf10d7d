package org.lanewise.nn.activation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.lanewise.autodiff.Gradients;
import org.lanewise.autodiff.Tape;
import org.lanewise.autodiff.Variable;
import org.lanewise.engine.Shape;
import org.lanewise.engine.Tensor;
import org.lanewise.engine.random.RandomStream;
import org.lanewise.nn.Layers;
import org.lanewise.nn.layer.LoneRecording;
import org.lanewise.nn.layer.Mode;
import org.lanewise.nn.layer.Parameter;

final class PReluTest {
  @Test
  void hasASlopeOfItsOwnForEachUnit() {
    Tape tape = new Tape();
    Variable x = tape.input("x", Tensor.of(new float[] {-2, -2, -2, 3, 0, -0f}, 2, 3));
    Variable alpha = tape.input("alpha", Tensor.vector(0.5f, 0, -1));
    Variable y = record(x, alpha);
    assertThat(y.value().toArray()).containsExactly(-1, -0f, 2, 3, 0, 0);
    Gradients gradients = tape.gradients(y.sum(), x, alpha);
    // The derivative at 0 is α.
    assertThat(gradients.of(x).value().toArray()).containsExactly(0.5f, 0, -1, 1, 0, -1);
    assertThat(gradients.of(alpha).value().toArray()).containsExactly(-2, -2, -2);
  }

  @Test
  void gradientsAtHugeInputsAreFinite() {
    Tape tape = new Tape();
    Variable x = tape.input("x", Tensor.of(new float[] {-1e30f, 1e30f, Float.MAX_VALUE, 2}, 2, 2));
    Variable alpha = tape.input("alpha", Tensor.vector(0.25f, 0.25f));
    Gradients gradients = tape.gradients(record(x, alpha).sum(), x, alpha);
    assertThat(gradients.of(x).value().toArray()).containsExactly(0.25f, 1, 1, 1);
    assertThat(gradients.of(alpha).value().toArray()).containsExactly(-1e30f, 0);
  }

  @Test
  void passesOnInfinitiesAndNaN() {
    Tape tape = new Tape();
    Variable x =
        tape.input(
            "x",
            Tensor.of(
                new float[] {Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY, Float.NaN}, 1, 3));
    Variable alpha = tape.input("alpha", Tensor.vector(0.25f, 0, 0.25f));
    Variable y = record(x, alpha);
    assertThat(y.value().toArray())
        .containsExactly(Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY, Float.NaN);
    // α has no part in what is above 0.
    assertThat(tape.gradients(y.sum(), alpha).of(alpha).value().get(1)).isZero();
  }

  private static Variable record(Variable x, Variable alpha) {
    PRelu layer = new PRelu(0.25);
    List<Parameter> parameters = layer.parameters(alpha.shape());
    return layer.record(new LoneRecording(Mode.TRAINING, x.tape(), parameters, List.of(alpha)), x);
  }

  @Test
  void mayShareOneSlope() {
    PRelu layer = Layers.pRelu().withSharedAlpha();
    List<Parameter> parameters = layer.parameters(Shape.of(3));
    assertThat(parameters.getFirst().shape()).isEqualTo(Shape.SCALAR);
    Tape tape = new Tape();
    Variable x = tape.input("x", Tensor.of(new float[] {-2, -1, 4}, 1, 3));
    Variable alpha = tape.input("alpha", Tensor.scalar(0.5f));
    Variable y =
        layer.record(new LoneRecording(Mode.TRAINING, tape, parameters, List.of(alpha)), x);
    assertThat(y.value().toArray()).containsExactly(-1, -0.5f, 4);
    assertThat(tape.gradients(y.sum(), alpha).of(alpha).value().item()).isEqualTo(-3);
  }

  @Test
  void startsWhereItIsTold() {
    Parameter alpha = Layers.pRelu().parameters(Shape.of(2, 2)).getFirst();
    assertThat(alpha.trainable()).isTrue();
    assertThat(alpha.initializer().initialize(alpha.shape(), RandomStream.of(1)).toArray())
        .containsExactly(0.25f, 0.25f, 0.25f, 0.25f);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new PRelu(Double.NaN))
        .withMessage("prelu: expected an alpha that is finite as a float, was NaN");
  }
}
