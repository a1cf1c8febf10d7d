package org.lanewise.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lanewise.nn.Layers.batchNorm;
import static org.lanewise.nn.Layers.dense;
import static org.lanewise.nn.Layers.elu;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.lanewise.engine.Shape;
import org.lanewise.engine.Tensor;
import org.lanewise.nn.layer.Layer;
import org.lanewise.nn.loss.SoftmaxCrossEntropy;
import org.lanewise.nn.network.Flow;
import org.lanewise.nn.network.Network;
import org.lanewise.nn.network.Parameters;
import org.lanewise.nn.network.SavedNetwork;
import org.lanewise.nn.optimizer.Optimizer;
import org.lanewise.nn.prediction.Predictor;
import org.lanewise.nn.training.DataSet;
import org.lanewise.nn.training.Evaluator;
import org.lanewise.nn.training.Trainer;
import org.lanewise.nn.training.Training;

/** What a user prints says in one line what it is. */
final class PrintedTest {
  private static final Network NETWORK =
      Network.of(784, dense(300).named("hidden"), batchNorm(), elu(), dense(10));

  @Test
  void aNetworkIsPrintedAsItIsWritten() {
    assertThat(NETWORK)
        .hasToString(
            "Network.of([784], hidden [300], batch_norm1, elu1, dense2 [10]) with 239,710"
                + " parameters");
    Flow a = Flow.input("a", 2);
    Flow b = Flow.input("b", Shape.of(2, 3));
    Flow joined = Flow.add(a.then(dense(3)), a);
    assertThat(List.of(a, b, a.then(dense(3).named("own")), joined))
        .hasToString(
            "[Flow.input(a, [2]), Flow.input(b, [2, 3]), Flow of own, Flow of a layer add]");
    Flow c = a.then(dense(2));
    assertThat(Network.of(List.of(a), List.of(c.then(dense(3)), Flow.add(a, c))))
        .hasToString("Network.of([a [2]], [dense2 [3], add1 [2]]) with 15 parameters");
  }

  @Test
  void aDeepNetworkIsNotPrintedToItsBottom() {
    Layer[] layers = Stream.generate(() -> dense(3)).limit(100).toArray(Layer[]::new);
    assertThat(Network.of(3, layers).toString())
        .startsWith("Network.of([3], dense1, dense2, dense3, ")
        .endsWith("dense14, dense15, 84 more, dense100) with 1,200 parameters");
  }

  @Test
  void nothingPrintsAHash() {
    Parameters parameters = NETWORK.initialize(1);
    DataSet data = DataSet.labeled(Tensor.zeros(20, 784), new int[20], 10);
    SoftmaxCrossEntropy loss = new SoftmaxCrossEntropy();
    Training training = Training.of(NETWORK, loss, Optimizer.adam(0.01));
    Trainer trainer = training.start();
    assertThat(data)
        .hasToString("DataSet of 20 examples: inputs [[784]], targets [[]], 10 classes");
    assertThat(training.toString())
        .startsWith("Training of " + NETWORK + ": [SoftmaxCrossEntropy[")
        .endsWith(", batches of 32, seed 0");
    trainer.epoch(data);
    assertThat(trainer).hasToString("Trainer after 1 epochs and 1 steps: " + training);
    Predictor predictor = new Predictor(NETWORK, parameters);
    assertThat(predictor.toString()).startsWith("Predictor of Network.of([784], hidden [300], ");
    List<Object> printed =
        List.of(
            NETWORK,
            parameters,
            data,
            training,
            trainer,
            trainer.checkpoint(),
            trainer.evaluate(data),
            predictor,
            Evaluator.of(NETWORK, loss, parameters),
            new SavedNetwork(NETWORK, parameters));
    assertThat(printed)
        .extracting(Object::toString)
        .noneMatch(text -> text.matches("(?s).*@[0-9a-f]+.*|.*\n.*"));
  }
}
