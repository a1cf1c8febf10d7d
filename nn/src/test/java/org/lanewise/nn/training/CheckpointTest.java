package org.lanewise.nn.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.lanewise.nn.Layers.batchNorm;
import static org.lanewise.nn.Layers.batchRenorm;
import static org.lanewise.nn.Layers.dense;
import static org.lanewise.nn.Layers.dropout;
import static org.lanewise.nn.Layers.elu;
import static org.lanewise.nn.schedule.Schedule.constant;
import static org.lanewise.nn.schedule.Schedule.cosine;
import static org.lanewise.nn.schedule.Schedule.oneCycle;
import static org.lanewise.nn.schedule.Schedule.performance;
import static org.lanewise.nn.schedule.Schedule.warmup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.lanewise.nn.Samples;
import org.lanewise.nn.clip.GradientClipping;
import org.lanewise.nn.loss.SoftmaxCrossEntropy;
import org.lanewise.nn.network.Network;
import org.lanewise.nn.network.Parameters;
import org.lanewise.nn.optimizer.Optimizer;
import org.lanewise.nn.schedule.Progress;

/** Training that was interrupted gives the same bits. */
final class CheckpointTest {
  private static final long SEED = 17;
  private static final Network NETWORK =
      Network.of(4, dense(6), batchNorm().momentum(0.9), elu(), dropout(0.2), dense(3));

  @TempDir private Path folder;

  private static DataSet data() {
    int[] labels = IntStream.range(0, 23).map(i -> i * 7 % 3).toArray();
    return DataSet.labeled(Samples.normal(SEED, 23, 4), labels, 3);
  }

  private static Training training(Optimizer optimizer) {
    return Training.of(NETWORK, new SoftmaxCrossEntropy(), optimizer)
        .clip(GradientClipping.byGlobalNorm(1))
        .batchSize(4)
        .seed(SEED);
  }

  private static Stream<Training> trainings() {
    return Stream.of(
        training(Optimizer.sgd(0.1)).schedule(performance(0.5, 1)),
        training(Optimizer.nesterov(0.1, 0.9)).schedule(oneCycle(24)),
        training(Optimizer.adam(0.01)).average(0.9),
        training(Optimizer.nadam(0.01)).schedule(warmup(5).then(cosine(20))).accumulate(2),
        training(Optimizer.lion(0.01).weightDecay(0.1))
            .group(ParameterGroup.vectors().withoutDecay()));
  }

  /** What comes back from a file. */
  private Checkpoint saved(Checkpoint checkpoint) throws IOException {
    checkpoint.save(path());
    return Checkpoint.load(path());
  }

  private Path path() {
    return folder.resolve("checkpoint.safetensors");
  }

  private static void train(Trainer trainer, int epochs) {
    for (int epoch = 0; epoch < epochs; epoch++) {
      trainer.epoch(data());
      trainer.report(trainer.evaluate(data()).loss());
    }
  }

  @ParameterizedTest
  @MethodSource("trainings")
  void fourEpochsAreTwoAndTwo(Training training) throws IOException {
    Trainer whole = training.start();
    train(whole, 4);
    Trainer first = training.start();
    train(first, 2);
    Checkpoint checkpoint = saved(first.checkpoint());
    // What happens to the first trainer afterwards does not matter to the checkpoint.
    train(first, 1);
    Trainer second = training.resume(checkpoint);
    assertThat(second.epochs()).isEqualTo(2);
    train(second, 2);
    assertThat(second.parameters().sameElements(whole.parameters())).isTrue();
    assertThat(second.average().sameElements(whole.average())).isTrue();
    assertThat(second.optimizerState().sameElements(whole.optimizerState())).isTrue();
    assertThat(second.progress()).isEqualTo(whole.progress());
    assertThat(second.learningRate()).isEqualTo(whole.learningRate());
    assertThat(second.momentum()).isEqualTo(whole.momentum());
    assertThat(second.evaluate(data()).loss()).isEqualTo(whole.evaluate(data()).loss());
    // And the checkpoint can be resumed from again.
    Trainer again = training.resume(checkpoint);
    train(again, 2);
    assertThat(again.parameters().sameElements(whole.parameters())).isTrue();
  }

  @Test
  void keepsALearningRateThatWasSet() {
    Trainer trainer = training(Optimizer.sgd(0.1)).start();
    trainer.learningRate(0.025);
    assertThat(training(Optimizer.sgd(0.1)).resume(trainer.checkpoint()).learningRate())
        .isEqualTo(0.025);
    // By hand is by hand: not even another optimizer's rate takes its place, a schedule lowers it.
    assertThat(
            training(Optimizer.sgd(0.3))
                .schedule(constant(0.5))
                .resume(trainer.checkpoint())
                .learningRate())
        .isEqualTo(0.0125);
  }

  @Test
  void goesOnByTheNumbersOfTheNewTraining() throws IOException {
    Trainer first = training(Optimizer.adam(0.01)).schedule(performance(0.5, 1)).start();
    train(first, 1);
    first.report(Double.POSITIVE_INFINITY);
    assertThat(first.learningRate()).isEqualTo(0.005);
    Checkpoint checkpoint = saved(first.checkpoint());
    assertThat(checkpoint.learningRate()).isEmpty();
    Trainer second =
        training(Optimizer.adam(0.04).beta1(0.8)).schedule(performance(0.25, 1)).resume(checkpoint);
    assertThat(second.learningRate()).isEqualTo(0.01);
    assertThat(second.momentum()).isEqualTo(0.8);
  }

  @Test
  void refusesWhatAnotherTrainingHadComeTo() {
    Checkpoint checkpoint = training(Optimizer.adam(0.01)).start().checkpoint();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> training(Optimizer.momentum(0.01, 0.9)).resume(checkpoint))
        .withMessageStartingWith(
            "checkpoint: expected optimizer state of the names [momentum/dense1/kernel,")
        .withMessageContaining("was [v/dense1/kernel,");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> training(Optimizer.adam(0.01)).average(0.9).resume(checkpoint))
        .withMessageStartingWith("checkpoint: expected averages of the names [dense1/kernel,")
        .withMessageEndingWith("was []");
    Training other =
        Training.of(
            Network.of(4, dense(5), dense(3)), new SoftmaxCrossEntropy(), Optimizer.adam(0.01));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> other.resume(checkpoint))
        .withMessageStartingWith("checkpoint: expected parameters of the names [dense1/kernel,");
    Training wider =
        Training.of(
            NETWORK.replace("dropout1", dropout(0.5)).replace("dense2", dense(4).named("dense2")),
            new SoftmaxCrossEntropy(),
            Optimizer.adam(0.01));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> wider.resume(checkpoint))
        .withMessage("checkpoint: expected dense2/kernel of shape [6, 4], was [6, 3]");
  }

  /** As the source of batch renormalization does it: a ramp of the bounds, by hand. */
  @Test
  void batchRenormalizationTakesOverFromBatchNormalization() {
    Network first = Network.of(4, dense(6), batchNorm().named("norm"), elu(), dense(3));
    Network second = first.replace("norm", batchRenorm().named("norm"));
    Trainer trainer =
        Training.of(first, new SoftmaxCrossEntropy(), Optimizer.adam(0.01)).seed(SEED).start();
    train(trainer, 1);
    Trainer resumed =
        Training.of(second, new SoftmaxCrossEntropy(), Optimizer.adam(0.01))
            .seed(SEED)
            .resume(trainer.checkpoint());
    assertThat(resumed.evaluate(data()).loss()).isEqualTo(trainer.evaluate(data()).loss());
    train(trainer, 1);
    train(resumed, 1);
    assertThat(resumed.progress().steps()).isEqualTo(trainer.progress().steps());
    assertThat(resumed.parameters().sameElements(trainer.parameters())).isFalse();
  }

  @Test
  void aFileKeepsEveryNumber() throws IOException {
    Progress progress =
        new Progress(1L << 40, 7, List.of(0.1, Double.NaN, Double.NEGATIVE_INFINITY, -0.0, 1e-320));
    Checkpoint empty =
        new Checkpoint(
            new Parameters(),
            new Parameters(),
            new Parameters(),
            progress,
            OptionalDouble.of(0.1 / 3));
    Checkpoint loaded = saved(empty);
    assertThat(loaded.progress()).isEqualTo(progress);
    assertThat(loaded.learningRate()).hasValue(0.1 / 3);
    assertThat(loaded.parameters().names()).isEmpty();
  }

  @Test
  void refusesFilesThatAreNoCheckpoints() throws IOException {
    Checkpoint checkpoint = training(Optimizer.adam(0.01)).start().checkpoint();
    checkpoint.save(path());
    byte[] whole = Files.readAllBytes(path());
    for (int length : new int[] {0, 7, 100, whole.length / 2, whole.length - 1}) {
      Files.write(path(), Arrays.copyOf(whole, length));
      assertThatIllegalArgumentException()
          .as("the first %d bytes", length)
          .isThrownBy(() -> Checkpoint.load(path()))
          .withMessageStartingWith(path() + ": safetensors: expected ");
    }
    byte[] damaged = whole.clone();
    damaged[whole.length - 5] ^= 4;
    Files.write(path(), damaged);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Checkpoint.load(path()))
        .withMessageEndingWith(": damaged, or changed by a program that kept the checksum");
    NETWORK.save(path(), NETWORK.initialize(SEED));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Checkpoint.load(path()))
        .withMessageStartingWith(
            path()
                + ": checkpoint: expected a file of a checkpoint, was one of other tensors or"
                + " metadata: [dense1/kernel,");
    checkpoint.save(path());
    assertThatIllegalArgumentException().isThrownBy(() -> Network.load(path()));
    assertThatExceptionOfType(NoSuchFileException.class)
        .isThrownBy(() -> Checkpoint.load(folder.resolve("none")));
  }

  @Test
  void aLaterCheckpointTakesTheFilesPlace() throws IOException {
    Trainer trainer = training(Optimizer.adam(0.01)).start();
    trainer.checkpoint().save(path());
    train(trainer, 1);
    Checkpoint later = saved(trainer.checkpoint());
    assertThat(later.progress()).isEqualTo(trainer.progress());
    assertThat(later.parameters().sameElements(trainer.parameters())).isTrue();
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).containsExactly(path());
    }
  }
}
