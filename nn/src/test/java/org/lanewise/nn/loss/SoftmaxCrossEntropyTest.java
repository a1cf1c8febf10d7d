package org.lanewise.nn.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lanewise.autodiff.GradientCheck;
import org.lanewise.autodiff.Tape;
import org.lanewise.autodiff.Variable;
import org.lanewise.engine.Shape;
import org.lanewise.engine.Tensor;
import org.lanewise.nn.Samples;

final class SoftmaxCrossEntropyTest {
  private static final long SEED = 21;
  private final SoftmaxCrossEntropy loss = new SoftmaxCrossEntropy();

  /** Labels 0, 1, 2 … over and over. */
  private static Tensor labels(int batch, int classes) {
    Tensor labels = Tensor.zeros(batch);
    for (int i = 0; i < batch; i++) {
      labels.array()[i] = i % classes;
    }
    return labels;
  }

  private record Result(double value, Tensor gradient) {}

  private Result run(Tensor logits, Tensor labels) {
    Tape tape = new Tape();
    Variable outputs = tape.input("logits", logits);
    Variable value = loss.record(outputs, tape.input("labels", labels));
    return new Result(value.value().item(), tape.gradients(value, outputs).of(outputs).value());
  }

  private static double[] softmax(Tensor logits, int example) {
    int classes = logits.shape().dimension(1);
    double largest = Double.NEGATIVE_INFINITY;
    for (int j = 0; j < classes; j++) {
      largest = Math.max(largest, logits.get(example, j));
    }
    double sum = 0;
    double[] p = new double[classes];
    for (int j = 0; j < classes; j++) {
      p[j] = Math.exp(logits.get(example, j) - largest);
      sum += p[j];
    }
    for (int j = 0; j < classes; j++) {
      p[j] /= sum;
    }
    return p;
  }

  @ParameterizedTest
  @CsvSource({"1, 2, 1", "3, 10, 1", "5, 7, 10", "16, 17, 30", "2, 1000, 3"})
  void isTheMeanOfMinusTheLogOfTheProbabilityOfTheLabel(int batch, int classes, float spread) {
    Tensor logits = Samples.normal(SEED, batch, classes);
    for (int i = 0; i < logits.size(); i++) {
      logits.array()[i] *= spread;
    }
    Tensor labels = labels(batch, classes);
    Result result = run(logits, labels);
    double sum = 0;
    for (int i = 0; i < batch; i++) {
      double[] p = softmax(logits, i);
      sum -= Math.log(p[(int) labels.get(i)]);
      for (int j = 0; j < classes; j++) {
        // Softmax less the one-hot label, over the batch.
        double expected = (p[j] - (j == labels.get(i) ? 1 : 0)) / batch;
        assertThat((double) result.gradient().get(i, j))
            .as("seed %d", SEED)
            .isCloseTo(expected, within(5e-7 / batch));
      }
    }
    // Logits of up to some 5 spreads are rounded to 2⁻²⁴ when they are subtracted.
    assertThat(result.value()).isCloseTo(sum / batch, within(6e-7 * (1 + spread)));
  }

  @Test
  void hugeLogitsDoNotOverflow() {
    Tensor logits =
        Tensor.matrix(
            new float[] {1e4f, -1e4f, 0},
            new float[] {1e4f, -1e4f, 0},
            new float[] {-1e4f, -1e4f, -1e4f},
            new float[] {3e38f, -3e37f, 0});
    Result result = run(logits, Tensor.vector(0, 1, 2, 0));
    assertThat(result.value()).isCloseTo((0 + 2e4 + Math.log(3) + 0) / 4, within(1e-3));
    float third = 1f / 3 / 4;
    assertThat(result.gradient().toArray())
        .containsExactly(
            new float[] {0, 0, 0, 0.25f, -0.25f, 0, third, third, -2 * third, 0, 0, 0},
            within(1e-7f));
  }

  @Test
  void classesAtMinusInfinityAreImpossible() {
    float out = Float.NEGATIVE_INFINITY;
    Result result =
        run(Tensor.matrix(new float[] {0, out, 0}, new float[] {out, 5, out}), Tensor.vector(2, 1));
    assertThat(result.value()).isCloseTo(Math.log(2) / 2, within(1e-7));
    assertThat(result.gradient().toArray())
        .containsExactly(new float[] {0.25f, 0, -0.25f, 0, 0, 0}, within(1e-7f));
    assertThat(run(Tensor.matrix(new float[] {0, out}), Tensor.vector(1)).value())
        .isEqualTo(Double.POSITIVE_INFINITY);
  }

  @Test
  void aNanIsNotHidden() {
    assertThat(run(Tensor.matrix(new float[] {0, Float.NaN}), Tensor.vector(0)).value()).isNaN();
  }

  @Test
  void gradientsAreDerivatives() {
    Tensor labels = labels(4, 5);
    GradientCheck.of(
            inputs -> loss.record(inputs.getFirst(), inputs.getFirst().tape().constant(labels)))
        .seed(SEED)
        .assertPasses(Samples.normal(SEED, 4, 5));
  }

  @Test
  void aClassOfWeightZeroIsExcludedWhateverItsLoss() {
    Tape tape = new Tape();
    float infinity = Float.POSITIVE_INFINITY;
    Variable outputs =
        tape.input("outputs", Tensor.matrix(new float[] {0, 0}, new float[] {infinity, 0}));
    Variable each =
        new SoftmaxCrossEntropy()
            .classWeights(1, 0)
            .ofEach(outputs, tape.constant(Tensor.vector(0, 1)));
    assertThat(each.value().toArray()).containsExactly((float) Math.log(2), 0);
  }

  @ParameterizedTest
  @ValueSource(floats = {Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, Float.NaN})
  void aClassOfWeightZeroHasNoGradientWhateverItsOutputs(float output) {
    Tape tape = new Tape();
    Variable x = tape.input("x", Tensor.of(new float[] {output, 0, 1, 1}, 2, 2));
    Variable loss =
        new SoftmaxCrossEntropy()
            .classWeights(0, 1)
            .ofEach(x, tape.constant(Tensor.vector(0, 1)))
            .sum();
    assertThat(tape.gradients(loss, x).of(x).value().toArray()).containsExactly(0, 0, 0.5f, -0.5f);
  }

  @Test
  void comesWithTheAccuracy() {
    assertThat(loss.name()).isEqualTo("softmax_cross_entropy");
    assertThat(loss.companions()).containsExactly(new Accuracy());
    assertThat(loss.targetShape(Shape.of(10))).isEqualTo(Shape.SCALAR);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void refusesOutputsThatAreNoClasses(int classes) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> loss.targetShape(Shape.of(classes)))
        .withMessage(
            "softmax_cross_entropy: expected outputs that are vectors of at least 2 classes, was"
                + " shape ["
                + classes
                + "]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> loss.targetShape(Shape.of(2, 3)))
        .withMessageContaining("was shape [2, 3]");
  }
}
