package org.lanewise.nn.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;
import static org.lanewise.nn.Layers.batchNorm;
import static org.lanewise.nn.Layers.batchRenorm;
import static org.lanewise.nn.Layers.dense;
import static org.lanewise.nn.Layers.elu;
import static org.lanewise.nn.Layers.layerNorm;
import static org.lanewise.nn.Layers.rmsNorm;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lanewise.autodiff.Variable;
import org.lanewise.engine.Tensor;
import org.lanewise.nn.Samples;
import org.lanewise.nn.clip.GradientClipping;
import org.lanewise.nn.layer.Layer;
import org.lanewise.nn.loss.MeanSquaredError;
import org.lanewise.nn.network.Network;
import org.lanewise.nn.network.Parameters;
import org.lanewise.nn.optimizer.Optimizer;

/** Gradients that are not finite change nothing, whatever else is chosen. */
final class NonFiniteTest {
  private static final long SEED = 8;
  private static final Network NETWORK =
      Network.of(3, dense(4), batchNorm().momentum(0.5), elu(), dense(2));

  private static Training training(GradientClipping clipping) {
    return Training.of(NETWORK, new MeanSquaredError(), Optimizer.adamW(0.01))
        .clip(clipping)
        .average(0.9)
        .batchSize(4)
        .seed(SEED);
  }

  private static Stream<GradientClipping> clippings() {
    return Stream.of(
        GradientClipping.none(),
        GradientClipping.byValue(0.1),
        GradientClipping.byNorm(1),
        GradientClipping.byGlobalNorm(1));
  }

  /** Eight examples, of which the last, in the order given, has a target that is no number. */
  private static DataSet data(float poison) {
    Tensor targets = Samples.normal(SEED + 1, 8, 2);
    targets.array()[15] = poison;
    return DataSet.of(Samples.normal(SEED, 8, 3), targets);
  }

  private static List<Parameters> copies(Trainer trainer) {
    return Stream.of(trainer.parameters(), trainer.average(), trainer.optimizerState())
        .map(Parameters::copy)
        .toList();
  }

  private static void assertUnchanged(Trainer trainer, List<Parameters> before) {
    List<Parameters> after = copies(trainer);
    for (int i = 0; i < before.size(); i++) {
      assertThat(after.get(i).sameElements(before.get(i))).as("store %d", i).isTrue();
    }
  }

  @ParameterizedTest
  @MethodSource("clippings")
  void aFailingStepNamesTheParameterAndChangesNothing(GradientClipping clipping) {
    Trainer trainer = training(clipping).batchSize(8).start();
    trainer.epoch(data(1));
    List<Parameters> before = copies(trainer);
    assertThatExceptionOfType(NonFiniteGradientException.class)
        .isThrownBy(() -> trainer.epoch(data(Float.NaN)))
        .withMessage(
            "training: the gradient of dense1/kernel is not finite, its element 0 of [3, 4] is NaN,"
                + " at step 1, which changed nothing; onNonFinite(SKIP) goes on with the next"
                + " batch");
    assertUnchanged(trainer, before);
    assertThat(trainer.steps()).isEqualTo(1);
    assertThat(trainer.epochs()).isEqualTo(1);
  }

  @ParameterizedTest
  @MethodSource("clippings")
  void aSkippedStepChangesNothingAndIsCounted(GradientClipping clipping) {
    Trainer trainer = training(clipping).onNonFinite(NonFinite.SKIP).batchSize(8).start();
    trainer.epoch(data(1));
    List<Parameters> before = copies(trainer);
    for (float poison : new float[] {Float.NaN, Float.POSITIVE_INFINITY}) {
      Metrics metrics = trainer.epoch(data(poison));
      assertThat(metrics.skippedSteps()).isEqualTo(1);
      assertThat(metrics.examples()).isEqualTo(8);
      assertThat(metrics.loss()).isNaN();
      assertThat(metrics).hasToString("loss NaN, gradient_norm NaN, steps skipped 1");
      assertUnchanged(trainer, before);
    }
    assertThat(trainer.steps()).isEqualTo(3);
    assertThat(trainer.epoch(data(1)).skippedSteps()).isZero();
    assertThat(trainer.parameters().sameElements(before.getFirst())).isFalse();
  }

  /** The weight takes an example out of the loss, not its inputs out of what is computed. */
  @Test
  void anInfiniteInputFailsTheStepWhateverItsWeight() {
    Tensor inputs = Samples.normal(SEED, 4, 3);
    inputs.array()[11] = Float.POSITIVE_INFINITY;
    DataSet data = DataSet.of(inputs, Samples.normal(SEED + 1, 4, 2));
    DataSet weighted = data.weighted(Tensor.vector(1, 1, 1, 0));
    Trainer trainer =
        Training.of(Network.of(3, dense(2)), new MeanSquaredError(), Optimizer.sgd(0.1)).start();
    assertThat(trainer.evaluate(weighted).loss()).isFinite();
    assertThatExceptionOfType(NonFiniteGradientException.class)
        .isThrownBy(() -> trainer.epoch(weighted))
        .withMessageContaining("the gradient of dense1/kernel is not finite");
  }

  @Test
  void theOtherBatchesOfAnEpochTrain() {
    Trainer trainer = training(GradientClipping.none()).onNonFinite(NonFinite.SKIP).start();
    Parameters before = trainer.parameters().copy();
    Metrics metrics = trainer.epoch(data(Float.NaN));
    assertThat(metrics.skippedSteps()).isEqualTo(1);
    assertThat(metrics.loss()).isFinite();
    assertThat(trainer.parameters().sameElements(before)).isFalse();
    for (String name : trainer.parameters().names()) {
      for (float element : trainer.parameters().get(name).toArray()) {
        assertThat(element).isFinite();
      }
    }
  }

  @Test
  void aBatchThatIsNotFiniteSkipsTheWholeStepItIsPartOf() {
    Training training =
        training(GradientClipping.none()).onNonFinite(NonFinite.SKIP).batchSize(2).accumulate(4);
    Trainer trainer = training.start();
    List<Parameters> before = copies(trainer);
    Metrics metrics = trainer.epoch(data(Float.NaN));
    assertThat(metrics.skippedSteps()).isEqualTo(1);
    // Statistics were gathered in the batches before the one that was not finite.
    for (String name : before.get(2).names()) {
      assertThat(trainer.optimizerState().get(name).sameElements(before.get(2).get(name))).isTrue();
    }
    Tensor kernel = trainer.parameters().get("dense1/kernel");
    assertThat(kernel.sameElements(before.getFirst().get("dense1/kernel"))).isTrue();
    // What was gathered is gone: the next step is finite.
    assertThat(trainer.epoch(data(1)).skippedSteps()).isZero();
  }

  @Test
  void failingInTheMiddleOfAStepLeavesNothingBehind() {
    Training training = training(GradientClipping.none()).batchSize(2).accumulate(4);
    Trainer trainer = training.start();
    assertThatExceptionOfType(NonFiniteGradientException.class)
        .isThrownBy(() -> trainer.epoch(data(Float.NaN)));
    assertThat(trainer.epoch(data(1)).loss()).isFinite();
  }

  private static Stream<Layer> normalizations() {
    return Stream.of(batchNorm(), batchRenorm(), layerNorm(), rmsNorm());
  }

  /** Whose variance overflows: divided by an infinite deviation they would all be 0. */
  @ParameterizedTest
  @MethodSource("normalizations")
  void examplesTooLargeToNormalizeAreNotTakenForZeros(Layer normalization) {
    Network network = Network.of(3, normalization, dense(2));
    Trainer trainer = Training.of(network, new MeanSquaredError(), Optimizer.sgd(0.1)).start();
    Parameters before = trainer.parameters().copy();
    Tensor large = Samples.normal(SEED, 8, 3);
    for (int i = 0; i < large.size(); i++) {
      large.array()[i] *= 1e25f;
    }
    assertThatExceptionOfType(NonFiniteGradientException.class)
        .isThrownBy(() -> trainer.epoch(DataSet.of(large, Samples.normal(SEED + 1, 8, 2))))
        .withMessageContaining("is not finite");
    assertThat(trainer.parameters().sameElements(before)).isTrue();
  }

  /** The gradient is 2w x² / 1: finite as a float, but not its square. */
  private static Trainer ofOneWeight(Training training) {
    Trainer trainer = training.start();
    Arrays.fill(trainer.parameters().get("dense1/kernel").array(), 1);
    return trainer;
  }

  private static Training ofOneWeight(Optimizer optimizer) {
    return Training.of(Network.of(1, dense(1).withoutBias()), new MeanSquaredError(), optimizer);
  }

  private static DataSet oneExample(float x) {
    return DataSet.of(Tensor.of(new float[] {x}, 1, 1), Tensor.zeros(1, 1));
  }

  private static float weight(Trainer trainer) {
    return trainer.parameters().get("dense1/kernel").item();
  }

  @ParameterizedTest
  @ValueSource(floats = {1e10f, 1e15f})
  void gradientsWhoseSquaresOverflowAreNotFiniteEither(float x) {
    Trainer trainer = ofOneWeight(ofOneWeight(Optimizer.sgd(1e-20)));
    assertThatExceptionOfType(NonFiniteGradientException.class)
        .isThrownBy(() -> trainer.epoch(oneExample(x)))
        .withMessageContaining("are finite, but so large that their squares are not");
    assertThat(weight(trainer)).isEqualTo(1);
  }

  @ParameterizedTest
  @MethodSource("bounds")
  void clippingTamesThem(GradientClipping clipping) {
    Trainer trainer = ofOneWeight(ofOneWeight(Optimizer.sgd(0.25)).clip(clipping));
    Metrics metrics = trainer.epoch(oneExample(1e15f));
    assertThat(weight(trainer)).isEqualTo(0.75f);
    assertThat(metrics.skippedSteps()).isZero();
    assertThat(metrics.gradientNorm() / 2e30).isCloseTo(1, within(1e-6));
  }

  private static Stream<GradientClipping> bounds() {
    GradientClipping own =
        (parameters, gradients) -> gradients.stream().map(Variable::sign).toList();
    return Stream.of(
        GradientClipping.byValue(1),
        GradientClipping.byNorm(1),
        GradientClipping.byGlobalNorm(1),
        GradientClipping.adaptive(1),
        own);
  }

  @ParameterizedTest
  @MethodSource("loose")
  void clippingThatIsTooLooseDoesNot(GradientClipping clipping) {
    Trainer trainer = ofOneWeight(ofOneWeight(Optimizer.adam(0.25)).clip(clipping));
    assertThatExceptionOfType(NonFiniteGradientException.class)
        .isThrownBy(() -> trainer.epoch(oneExample(1e15f)));
    assertThat(weight(trainer)).isEqualTo(1);
    assertThat(trainer.epoch(oneExample(1)).skippedSteps()).isZero();
    assertThat((double) weight(trainer)).isCloseTo(0.75, within(1e-6));
  }

  private static Stream<GradientClipping> loose() {
    return Stream.of(
        GradientClipping.none(),
        GradientClipping.byValue(1e25),
        (parameters, gradients) ->
            gradients.stream().map(gradient -> gradient.multiply(0.1)).toList());
  }

  @Test
  void anInfiniteGradientIsNotHiddenByItsClipping() {
    Trainer trainer =
        ofOneWeight(ofOneWeight(Optimizer.sgd(0.25)).clip(GradientClipping.byValue(1)));
    assertThatExceptionOfType(NonFiniteGradientException.class)
        .isThrownBy(() -> trainer.epoch(oneExample(1e25f)))
        .withMessageContaining("its element 0 of [1, 1] is Infinity");
    assertThat(weight(trainer)).isEqualTo(1);
  }
}
