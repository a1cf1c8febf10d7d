package org.lanewise.nn.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.lanewise.nn.Layers.batchNorm;
import static org.lanewise.nn.Layers.dense;
import static org.lanewise.nn.Layers.elu;
import static org.lanewise.nn.Layers.residual;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.lanewise.engine.Tensor;
import org.lanewise.nn.Samples;
import org.lanewise.nn.layer.Parameter;
import org.lanewise.nn.loss.SoftmaxCrossEntropy;
import org.lanewise.nn.optimizer.Optimizer;
import org.lanewise.nn.prediction.Predictor;
import org.lanewise.nn.training.DataSet;
import org.lanewise.nn.training.Training;

final class FreezingTest {
  private static final long SEED = 12;

  private final Network network =
      Network.of(4, dense(6), batchNorm(), elu(), dense(5), batchNorm(), elu(), dense(3));

  /** The names of the tensors that a few epochs of training change. */
  private static List<String> changed(Network network) {
    DataSet data = DataSet.labeled(Samples.normal(SEED, 9, 4), new int[9], 3);
    var trainer =
        Training.of(network, new SoftmaxCrossEntropy(), Optimizer.adam(0.1)).batchSize(3).start();
    Parameters before = trainer.parameters().copy();
    for (int epoch = 0; epoch < 3; epoch++) {
      trainer.epoch(data);
    }
    Parameters after = trainer.parameters();
    return before.names().stream()
        .filter(name -> !before.get(name).sameElements(after.get(name)))
        .toList();
  }

  private static List<String> except(Network network, String... frozen) {
    return network.parameters().stream()
        .map(Parameter::name)
        .filter(name -> List.of(frozen).stream().noneMatch(name::startsWith))
        .toList();
  }

  @Test
  void trainingChangesEverythingThatIsNotFrozen() {
    assertThat(changed(network)).isEqualTo(except(network));
    assertThat(changed(network.freeze("dense1", "batch_norm1")))
        .isEqualTo(except(network, "dense1/", "batch_norm1/"));
    assertThat(changed(network.freeze("dense2/bias", "batch_norm2/running_mean")))
        .isEqualTo(except(network, "dense2/bias", "batch_norm2/running_mean"));
  }

  @Test
  void aLayerIsFrozenWithAllOfItsParameters() {
    Network byNames =
        network.freeze(
            "batch_norm1/gamma",
            "batch_norm1/beta",
            "batch_norm1/running_mean",
            "batch_norm1/running_variance");
    assertThat(losses(byNames)).isEqualTo(losses(network.freeze("batch_norm1")));
    // γ and β alone learn nothing; the statistics follow the batches.
    assertThat(changed(network.freeze("batch_norm1/gamma", "batch_norm1/beta")))
        .isEqualTo(except(network, "batch_norm1/gamma", "batch_norm1/beta"));
  }

  @Test
  void aLayerWithinALayerIsFrozenWithAllOfItsParameters() {
    Network within = Network.of(4, residual(batchNorm().withoutScale()), dense(3));
    String norm = "residual1/batch_norm1/";
    Network byNames =
        within.freeze(norm + "beta", norm + "running_mean", norm + "running_variance");
    assertThat(losses(byNames)).isEqualTo(losses(within.freeze("residual1")));
    // Frozen statistics alone stay, while the batch's own normalize.
    Network statistics = within.freeze(norm + "running_mean", norm + "running_variance");
    assertThat(changed(statistics)).contains(norm + "beta").doesNotContain(norm + "running_mean");
    assertThat(losses(statistics)).isEqualTo(losses(within));
  }

  private static List<Double> losses(Network network) {
    DataSet data = DataSet.labeled(Samples.normal(SEED, 9, 4), new int[9], 3);
    var trainer =
        Training.of(network, new SoftmaxCrossEntropy(), Optimizer.adam(0.1)).batchSize(3).start();
    return List.of(trainer.epoch(data).loss(), trainer.epoch(data).loss());
  }

  @Test
  void somethingMustBeLeftToTrain() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> changed(network.freeze(network.names())))
        .withMessage("training: expected a parameter to train, all of the network's are frozen");
  }

  @Test
  void frozenParametersAreNotTrainable() {
    Map<Boolean, List<String>> names =
        network.freeze("dense1").freeze("dense3/bias").parameters().stream()
            .filter(parameter -> !parameter.name().contains("running"))
            .collect(
                Collectors.partitioningBy(
                    Parameter::trainable,
                    Collectors.mapping(Parameter::name, Collectors.toList())));
    assertThat(names.get(false)).containsExactly("dense1/kernel", "dense1/bias", "dense3/bias");
    assertThat(names.get(true)).hasSize(7);
  }

  @Test
  void unfreezingUndoes() {
    Network frozen = network.freeze("dense1", "dense2");
    assertThat(frozen.frozen()).containsExactly("dense1", "dense2");
    assertThat(frozen.unfreeze("dense1").frozen()).containsExactly("dense2");
    assertThat(frozen.unfreeze().parameters().stream().map(Parameter::trainable))
        .isEqualTo(network.parameters().stream().map(Parameter::trainable).toList());
    assertThat(network.frozen()).isEmpty();
  }

  @Test
  void unknownNamesAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> network.freeze("dense"))
        .withMessage(
            "freeze: there is no layer dense, expected one of [dense1, batch_norm1, elu1, dense2,"
                + " batch_norm2, elu2, dense3]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> network.freeze())
        .withMessage("freeze: expected names of what to freeze, was none");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> network.freeze("dense1").unfreeze("dense2"))
        .withMessage("unfreeze: dense2 is not frozen, expected one of [dense1]");
  }

  @Test
  void whatIsFrozenStillPredicts() {
    Parameters parameters = network.initialize(SEED);
    Tensor x = Samples.normal(SEED, 5, 4);
    assertThat(
            new Predictor(network.freeze("dense1"), parameters)
                .predict(x)
                .sameElements(new Predictor(network, parameters).predict(x)))
        .isTrue();
  }
}
