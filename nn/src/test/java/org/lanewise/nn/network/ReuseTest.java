package org.lanewise.nn.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.lanewise.nn.Layers.batchNorm;
import static org.lanewise.nn.Layers.dense;
import static org.lanewise.nn.Layers.elu;
import static org.lanewise.nn.Layers.tanh;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.lanewise.engine.Shape;
import org.lanewise.engine.Tensor;
import org.lanewise.nn.Inference;
import org.lanewise.nn.Samples;
import org.lanewise.nn.loss.SoftmaxCrossEntropy;
import org.lanewise.nn.optimizer.Optimizer;
import org.lanewise.nn.prediction.Predictor;
import org.lanewise.nn.training.DataSet;
import org.lanewise.nn.training.Trainer;
import org.lanewise.nn.training.Training;

final class ReuseTest {
  private static final long SEED = 17;

  private final Network network =
      Network.of(4, dense(6).named("hidden1"), batchNorm(), elu(), dense(5), elu(), dense(8));
  private final Parameters trained = network.initialize(SEED);

  @Test
  void lowerLayersServeAnotherTaskAndTheFirstStaysAsItIs() {
    Parameters before = trained.copy();
    Network lower = network.upTo("elu1");
    Network task = lower.then(dense(2).named("output")).freeze(lower.names());
    Parameters parameters = task.initialize(SEED + 1).copyFrom(trained, lower);
    int[] labels = {0, 1, 0, 1, 1, 1, 0, 0};
    DataSet data = DataSet.labeled(Samples.normal(SEED, 8, 4), labels, 2);

    Trainer trainer =
        Training.of(task, new SoftmaxCrossEntropy(), Optimizer.adam(0.1)).start(parameters);
    trainer.epoch(data);
    for (String name : lower.initialize(0).names()) {
      assertThat(parameters.get(name).sameElements(before.get(name))).as(name).isTrue();
    }

    // Later, at a lower rate, with everything.
    Training.of(task.unfreeze(), new SoftmaxCrossEntropy(), Optimizer.adam(0.001))
        .start(parameters)
        .epoch(data);
    assertThat(parameters.get("hidden1/kernel").sameElements(before.get("hidden1/kernel")))
        .isFalse();
    assertThat(trained.sameElements(before)).isTrue();
  }

  @Test
  void upToGivesWhatTheLayerGives() {
    Network lower = network.upTo("dense2");
    assertThat(lower.names()).containsExactly("hidden1", "batch_norm1", "elu1", "dense2");
    assertThat(lower.outputShape()).isEqualTo(Shape.of(5));
    Tensor x = Samples.normal(SEED, 3, 4);
    Tensor hidden = new Predictor(lower, trained).predict(x);
    Network upper = Network.of(5, elu().named("elu2"), dense(8).named("dense3"));
    assertThat(
            new Predictor(upper, trained)
                .predict(hidden)
                .sameElements(new Predictor(network, trained).predict(x)))
        .isTrue();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> network.upTo("elu9"))
        .withMessageStartingWith("network: there is no layer elu9, expected one of [hidden1, ");
  }

  @Test
  void upToKeepsOnlyTheInputsItNeeds() {
    Flow wide = Flow.input("wide", 2);
    Flow deep = Flow.input("deep", 3);
    Flow hidden = deep.then(dense(4).named("hidden"));
    Network both =
        Network.of(List.of(wide, deep), List.of(Flow.concatenate(wide, hidden).then(dense(1))));
    assertThat(both.upTo("hidden").inputShapes()).containsExactly(Shape.of(3));
    assertThat(both.upTo("concatenate1").inputShapes()).containsExactly(Shape.of(2), Shape.of(3));
  }

  @Test
  void aReplacedLayerTakesTheNextFreeName() {
    Network other = network.replace("dense3", dense(2));
    assertThat(other.names())
        .containsExactly("hidden1", "batch_norm1", "elu1", "dense2", "elu2", "dense1");
    assertThat(network.replace("elu1", tanh().named("squash")).names()).contains("squash");
    assertThat(network.replace("dense3", dense(2).named("dense3")).outputShape())
        .isEqualTo(Shape.of(2));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> network.replace("dense7", dense(2)))
        .withMessageStartingWith("network: there is no layer dense7, expected one of [hidden1, ");
  }

  @Test
  void addedLayersAreNumberedOn() {
    assertThat(network.then(elu(), dense(3)).names()).endsWith("dense3", "elu3", "dense4");
  }

  @Test
  void changesKeepWhatIsFrozen() {
    Network frozen = network.freeze("hidden1", "dense3/bias");
    assertThat(frozen.then(elu()).frozen()).containsExactly("hidden1", "dense3/bias");
    assertThat(frozen.upTo("elu2").frozen()).containsExactly("hidden1");
    assertThat(frozen.replace("dense3", dense(8)).frozen()).containsExactly("hidden1");
  }

  @Test
  void aNetworkIsPartOfAnother() {
    Flow left = Flow.input("left", 4);
    Flow right = Flow.input("right", 4);
    Network siamese =
        Network.of(
            List.of(left, right),
            List.of(Flow.add(network.on(left).getFirst(), network.on(right).getFirst())));
    assertThat(siamese.parameters()).hasSameSizeAs(network.parameters());
    Tensor x = Samples.normal(SEED, 3, 4);
    Tensor twice = new Predictor(siamese, trained).predict(List.of(x, x)).getFirst();
    Tensor once = Inference.of(network, trained, x);
    for (int i = 0; i < once.size(); i++) {
      assertThat(twice.toArray()[i]).isEqualTo(2 * once.toArray()[i]);
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> network.on())
        .withMessage("network: expected a flow for each of 1 inputs, was 0");
  }

  @Test
  void layersAreFoundByName() {
    assertThat(network.layer("dense2")).isEqualTo(dense(5));
    assertThat(network.layer("hidden1")).isEqualTo(dense(6));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> network.layer("dense1"))
        .withMessageStartingWith("network: there is no layer dense1, expected one of [hidden1, ");
  }

  @Test
  void copyingTakesWholeLayersOrSingleTensors() {
    Parameters target = network.initialize(SEED + 1);
    Parameters before = target.copy();
    target.copyFrom(trained, "hidden1", "dense3/kernel");
    for (String name : target.names()) {
      boolean copied = name.startsWith("hidden1/") || name.equals("dense3/kernel");
      assertThat(target.get(name).sameElements((copied ? trained : before).get(name)))
          .as(name)
          .isTrue();
      assertThat(target.get(name)).isNotSameAs(trained.get(name));
    }
  }

  @Test
  void copyingWhatDoesNotFitIsRefusedAndChangesNothing() {
    Parameters target = network.initialize(SEED + 1);
    Parameters before = target.copy();
    Parameters other = network.replace("dense3", dense(9).named("dense3")).initialize(SEED);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> target.copyFrom(other, "hidden1", "dense3"))
        .withMessage("parameters: expected dense3/kernel of shape [5, 8] to copy, was [5, 9]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> target.copyFrom(other, network))
        .withMessage("parameters: expected dense3/kernel of shape [5, 8] to copy, was [5, 9]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> target.copyFrom(trained, "hiden1"))
        .withMessageStartingWith("parameters: there is no hiden1, expected one of [hidden1/kernel");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> target.copyFrom(trained))
        .withMessage("parameters: expected names of what to copy, was none");
    Parameters fewer = network.upTo("hidden1").initialize(SEED);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> target.copyFrom(fewer, "hidden1", "dense2"))
        .withMessageStartingWith("parameters: there is no dense2/kernel, expected one of");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> fewer.copyFrom(target, "hidden1", "dense2"))
        .withMessageStartingWith("parameters: there is no dense2");
    assertThat(target.sameElements(before)).isTrue();
  }
}
