package org.lanewise.nn.prediction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;
import static org.lanewise.nn.Layers.batchNorm;
import static org.lanewise.nn.Layers.dense;
import static org.lanewise.nn.Layers.dropout;
import static org.lanewise.nn.Layers.relu;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.lanewise.autodiff.Tape;
import org.lanewise.autodiff.Variable;
import org.lanewise.engine.Shape;
import org.lanewise.engine.Tensor;
import org.lanewise.engine.operation.Draw;
import org.lanewise.nn.Samples;
import org.lanewise.nn.layer.Mode;
import org.lanewise.nn.network.Draws;
import org.lanewise.nn.network.FoldedNetwork;
import org.lanewise.nn.network.Network;
import org.lanewise.nn.network.Parameters;
import org.lanewise.nn.network.RecordedNetwork;

final class MonteCarloTest {
  private static final long SEED = 8;

  private final Tensor x = Samples.normal(SEED, 3, 6);
  private final Network network =
      Network.of(6, dense(40), batchNorm(), relu(), dropout(0.5), dense(4));
  private final Parameters parameters = network.initialize(SEED);
  private final Predictor predictor = new Predictor(network, parameters);

  private static Variable probabilities(Variable outputs) {
    Variable powers = outputs.exp();
    return powers.divide(powers.sum(-1).reshape(Shape.of(outputs.shape().dimension(0), 1)));
  }

  /** One output is 1 with dropout at rate p: 0 or 1 / (1 − p), whose deviation is known. */
  @Test
  void momentsAreThoseOfDropout() {
    Predictor lone = new Predictor(Network.of(1, dropout(0.2)), new Parameters());
    int n = 4000;
    PredictedDistribution predicted = lone.predictDistribution(Tensor.full(1, Shape.of(2, 1)), n);
    for (int i = 0; i < 2; i++) {
      assertThat((double) predicted.mean().array()[i]).isEqualTo(1, within(5 * 0.5 / Math.sqrt(n)));
      assertThat((double) predicted.standardDeviation().array()[i])
          .isEqualTo(0.5, within(5 * 0.5 / Math.sqrt(n)));
    }
  }

  @Test
  void momentsAreThoseOfTheSamples() {
    FoldedNetwork folded = FoldedNetwork.of(network, parameters);
    int n = 5;
    double[] sum = new double[12];
    double[] squares = new double[12];
    for (int sample = 0; sample < n; sample++) {
      Tape tape = new Tape();
      Tensor step = Tensor.zeros(Draw.COUNTER);
      Draw.count(step, sample);
      Draws draws = new Draws(SEED, tape.input("step", step));
      RecordedNetwork recorded =
          folded
              .network()
              .record(folded.parameters(), Mode.INFERENCE, List.of(tape.input("x", x)), draws);
      float[] y = probabilities(recorded.output()).value().toArray();
      for (int i = 0; i < 12; i++) {
        sum[i] += y[i];
        squares[i] += (double) y[i] * y[i];
      }
    }
    PredictedDistribution predicted =
        predictor.predictDistribution(x, n, SEED, MonteCarloTest::probabilities);
    for (int i = 0; i < 12; i++) {
      double mean = sum[i] / n;
      assertThat((double) predicted.mean().array()[i]).isEqualTo(mean, within(1e-7));
      assertThat((double) predicted.standardDeviation().array()[i])
          .isEqualTo(Math.sqrt(squares[i] / n - mean * mean), within(1e-6));
    }
  }

  @Test
  void theSameSeedGivesTheSameBits() {
    PredictedDistribution first = predictor.predictDistribution(x, 3);
    PredictedDistribution again = predictor.predictDistribution(x, 3);
    PredictedDistribution other = predictor.predictDistribution(x, 3, 1, y -> y);

    assertThat(again.mean().sameElements(first.mean())).isTrue();
    assertThat(again.standardDeviation().sameElements(first.standardDeviation())).isTrue();
    assertThat(other.mean().sameElements(first.mean())).isFalse();
  }

  /**
   * An example's output would depend on the others if batch normalization used their statistics.
   */
  @Test
  void batchNormalizationStaysInInference() {
    Network certain = Network.of(6, dense(5), batchNorm(), dropout(0));
    Parameters drawn = certain.initialize(SEED);
    Predictor sure = new Predictor(certain, drawn);
    PredictedDistribution predicted = sure.predictDistribution(x, 4);

    assertThat(predicted.mean().sameElements(sure.predict(x))).isTrue();
    assertThat(predicted.standardDeviation().toArray()).containsOnly(0);
    assertThat(drawn.sameElements(certain.initialize(SEED))).isTrue();
  }

  @Test
  void aNetworkThatDrawsNothingIsNotCertain() {
    Network plain = Network.of(3, dense(2));
    Predictor predictor = new Predictor(plain, plain.initialize(SEED));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> predictor.predictDistribution(Samples.normal(SEED, 2, 3), 5))
        .withMessage(
            "predict_distribution: expected a network with a layer that draws, such as dropout,"
                + " was one with [dense1]");
  }

  @Test
  void thereIsAtLeastOneSample() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> predictor.predictDistribution(x, 0))
        .withMessage("predict_distribution: expected at least 1 sample, was 0");
  }
}
