package org.lanewise.nn.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.lanewise.autodiff.GradientCheck;
import org.lanewise.autodiff.Tape;
import org.lanewise.autodiff.Variable;
import org.lanewise.engine.Shape;
import org.lanewise.engine.Tensor;
import org.lanewise.nn.Samples;

final class MeanSquaredErrorTest {
  private static final long SEED = 4;
  private final MeanSquaredError loss = new MeanSquaredError();

  @Test
  void isTheMeanOverExamplesAndOutputs() {
    Tensor outputs = Samples.normal(SEED, 6, 3);
    Tensor targets = Samples.normal(SEED + 1, 6, 3);
    Tape tape = new Tape();
    Variable x = tape.input("outputs", outputs);
    Variable value = loss.record(x, tape.constant(targets));
    Tensor gradient = tape.gradients(value, x).of(x).value();
    double sum = 0;
    for (int i = 0; i < outputs.size(); i++) {
      double difference = (double) outputs.array()[i] - targets.array()[i];
      sum += difference * difference;
      assertThat((double) gradient.toArray()[i]).isCloseTo(2 * difference / 18, within(1e-7));
    }
    assertThat((double) value.value().item()).as("seed %d", SEED).isCloseTo(sum / 18, within(1e-6));
  }

  @Test
  void gradientsAreDerivatives() {
    GradientCheck.of(inputs -> loss.record(inputs.get(0), inputs.get(1)))
        .seed(SEED)
        .assertPasses(Samples.normal(SEED, 3, 2), Samples.normal(SEED + 1, 3, 2));
  }

  @Test
  void takesTargetsOfTheShapeOfTheOutputs() {
    assertThat(loss.targetShape(Shape.of(2, 3))).isEqualTo(Shape.of(2, 3));
    assertThat(loss.companions()).isEmpty();
  }

  @Test
  void targetsThatWouldBroadcastAreRefused() {
    Tape tape = new Tape();
    Variable outputs = tape.constant(Tensor.zeros(4, 1));
    Variable targets = tape.constant(Tensor.zeros(4));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new MeanSquaredError().record(outputs, targets))
        .withMessage(
            "mean_squared_error: expected targets of shape [4, 1] for outputs of shape [4, 1],"
                + " was [4]");
  }
}
