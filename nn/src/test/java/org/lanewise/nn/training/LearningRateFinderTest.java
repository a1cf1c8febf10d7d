package org.lanewise.nn.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;
import static org.lanewise.nn.Layers.dense;
import static org.lanewise.nn.Layers.tanh;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.lanewise.autodiff.Variable;
import org.lanewise.engine.Shape;
import org.lanewise.nn.Samples;
import org.lanewise.nn.loss.Loss;
import org.lanewise.nn.loss.MeanSquaredError;
import org.lanewise.nn.network.Network;
import org.lanewise.nn.network.Parameters;
import org.lanewise.nn.optimizer.Optimizer;

final class LearningRateFinderTest {
  private static final long SEED = 12;
  private static final Network NETWORK = Network.of(4, dense(16), tanh(), dense(1));
  private static final Training TRAINING =
      Training.of(NETWORK, new MeanSquaredError(), Optimizer.sgd(0.1)).batchSize(16).seed(SEED);

  /** Targets that a linear function of the inputs gives. */
  private static DataSet data() {
    var inputs = Samples.normal(SEED, 96, 4);
    var targets = Samples.normal(SEED, 96, 1);
    for (int i = 0; i < 96; i++) {
      targets.array()[i] = inputs.get(i, 0) - 0.5f * inputs.get(i, 2);
    }
    return DataSet.of(inputs, targets);
  }

  @Test
  void sweepsAndSuggests() {
    Parameters parameters = NETWORK.initialize(SEED);
    Parameters before = parameters.copy();
    LearningRateFinder finder = new LearningRateFinder(TRAINING, 1e-4, 100, 200);
    LearningRateCurve curve = finder.find(parameters, data());
    assertThat(parameters.sameElements(before)).isTrue();
    List<LearningRateCurve.Point> points = curve.points();
    assertThat(points.getFirst().learningRate()).isCloseTo(1e-4, within(1e-12));
    for (int i = 1; i < points.size(); i++) {
      assertThat(points.get(i).learningRate() / points.get(i - 1).learningRate())
          .isCloseTo(Math.pow(1e6, 1 / 199.0), within(1e-9));
    }
    assertThat(points.size()).as("it exploded").isLessThan(200);
    // What is suggested trains; ten times the turning point does not.
    assertThat(loss(curve.suggestion())).isLessThan(0.1 * points.getFirst().loss());
    assertThat(loss(100 * curve.suggestion())).isGreaterThan(loss(curve.suggestion()));
    assertThat(finder.find(data())).isEqualTo(finder.find(data()));
  }

  private static double loss(double rate) {
    Trainer trainer = TRAINING.onNonFinite(NonFinite.SKIP).start(NETWORK.initialize(SEED));
    trainer.learningRate(rate);
    for (int epoch = 0; epoch < 30; epoch++) {
      trainer.epoch(data());
    }
    double loss = trainer.evaluate(data()).loss();
    return Double.isFinite(loss) ? loss : Double.POSITIVE_INFINITY;
  }

  /** The mean squared error and a constant, as of a likelihood, which may be below 0. */
  private record Shifted(double by) implements Loss {
    @Override
    public Shape targetShape(Shape output) {
      return output;
    }

    @Override
    public Variable ofEach(Variable outputs, Variable targets) {
      return new MeanSquaredError().ofEach(outputs, targets).add(by);
    }
  }

  @Test
  void suggestsTheSameForALossWithAConstant() {
    double suggestion = new LearningRateFinder(TRAINING, 1e-4, 100, 200).find(data()).suggestion();
    for (double by : new double[] {-4, 4}) {
      Training shifted =
          Training.of(NETWORK, new Shifted(by), Optimizer.sgd(0.1)).batchSize(16).seed(SEED);
      assertThat(new LearningRateFinder(shifted, 1e-4, 100, 200).find(data()).suggestion())
          .isEqualTo(suggestion);
    }
  }

  @Test
  void goesToTheEndOfASweepThatDoesNotExplode() {
    LearningRateCurve curve = new LearningRateFinder(TRAINING, 1e-6, 1e-4, 20).find(data());
    assertThat(curve.points()).hasSize(20);
    assertThat(curve.points().getLast().learningRate()).isCloseTo(1e-4, within(1e-12));
  }

  @Test
  void hasTheBooksRange() {
    assertThat(LearningRateFinder.of(TRAINING))
        .isEqualTo(new LearningRateFinder(TRAINING, 1e-5, 10, 500));
  }

  @Test
  void suggestsATenthOfTheTurningPoint() {
    LearningRateCurve curve =
        new LearningRateCurve(
            List.of(
                new LearningRateCurve.Point(0.01, 3),
                new LearningRateCurve.Point(0.1, 2),
                new LearningRateCurve.Point(1, 1),
                new LearningRateCurve.Point(10, 5)));
    assertThat(curve.suggestion()).isCloseTo(0.1, within(1e-15));
  }

  @Test
  void refusesWhatIsNoRange() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new LearningRateFinder(TRAINING, 1, 1, 10))
        .withMessage(
            "learning_rate_finder: expected a lowest learning rate below the highest, was 1.0 and"
                + " 1.0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new LearningRateFinder(TRAINING, 0, 1, 10))
        .withMessageStartingWith("learning_rate_finder: expected a lowest learning rate above 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new LearningRateFinder(TRAINING, 0.1, 1, 1))
        .withMessage("learning_rate_finder: expected at least 2 steps, was 1");
  }
}
