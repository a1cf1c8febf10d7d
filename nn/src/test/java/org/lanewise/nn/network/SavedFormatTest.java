package org.lanewise.nn.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lanewise.nn.Layers.alphaDropout;
import static org.lanewise.nn.Layers.batchNorm;
import static org.lanewise.nn.Layers.batchRenorm;
import static org.lanewise.nn.Layers.celu;
import static org.lanewise.nn.Layers.dense;
import static org.lanewise.nn.Layers.dropout;
import static org.lanewise.nn.Layers.elu;
import static org.lanewise.nn.Layers.embedding;
import static org.lanewise.nn.Layers.flatten;
import static org.lanewise.nn.Layers.gaussianDropout;
import static org.lanewise.nn.Layers.gaussianNoise;
import static org.lanewise.nn.Layers.gelu;
import static org.lanewise.nn.Layers.geluTanh;
import static org.lanewise.nn.Layers.glu;
import static org.lanewise.nn.Layers.hardSigmoid;
import static org.lanewise.nn.Layers.hardSwish;
import static org.lanewise.nn.Layers.identity;
import static org.lanewise.nn.Layers.layerNorm;
import static org.lanewise.nn.Layers.leakyRelu;
import static org.lanewise.nn.Layers.logSoftmax;
import static org.lanewise.nn.Layers.logistic;
import static org.lanewise.nn.Layers.mish;
import static org.lanewise.nn.Layers.pRelu;
import static org.lanewise.nn.Layers.parallel;
import static org.lanewise.nn.Layers.rRelu;
import static org.lanewise.nn.Layers.relu;
import static org.lanewise.nn.Layers.relu6;
import static org.lanewise.nn.Layers.reshape;
import static org.lanewise.nn.Layers.residual;
import static org.lanewise.nn.Layers.rmsNorm;
import static org.lanewise.nn.Layers.selu;
import static org.lanewise.nn.Layers.sequence;
import static org.lanewise.nn.Layers.softmax;
import static org.lanewise.nn.Layers.softplus;
import static org.lanewise.nn.Layers.softsign;
import static org.lanewise.nn.Layers.swish;
import static org.lanewise.nn.Layers.tanh;
import static org.lanewise.nn.Layers.tiedDense;

import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.lanewise.engine.Shape;
import org.lanewise.nn.initializer.Initializer;
import org.lanewise.nn.initializer.VarianceScaling;
import org.lanewise.nn.layer.Layer;
import org.lanewise.nn.regularizer.Constraint;
import org.lanewise.nn.regularizer.Regularizer;
import org.lanewise.nn.schedule.Progress;
import org.lanewise.nn.training.Checkpoint;

/** Files that earlier versions saved still load, wherever the classes that they name are now. */
final class SavedFormatTest {
  private static final long SEED = 7;

  private static List<Layer> layers() {
    return List.of(
        dense(4).initializer(Initializer.heNormal()).named("tower"),
        dense(1).initializer(Initializer.constant(0.5)).withoutBias(),
        dense(4).initializer(Initializer.uniform(-1, 2)),
        dense(4).initializer(Initializer.normal(1, 0.5)),
        dense(4).initializer(Initializer.truncatedNormal(0, 0.1)),
        dense(4).initializer(Initializer.orthogonal()),
        dense(4).initializer(Initializer.identity()),
        dense(4).initializer(Initializer.heNormal().form(VarianceScaling.Form.TRUNCATED_NORMAL)),
        dense(4)
            .regularize("kernel", Regularizer.l1l2(0.1, 0.2))
            .constrain("kernel", Constraint.maxNorm(2, 0))
            .regularizeActivity(Regularizer.l2(0.3)),
        dense(4).weightNorm(),
        tiedDense("tower", 4),
        batchNorm().momentum(0.9).epsilon(1e-5).withoutScale(),
        batchRenorm(),
        layerNorm(),
        rmsNorm(),
        dropout(0.2),
        alphaDropout(0.1),
        gaussianNoise(0.5),
        gaussianDropout(0.25),
        logistic(),
        tanh(),
        softsign(),
        softplus(),
        hardSigmoid(),
        relu(),
        relu6(),
        leakyRelu(0.2),
        rRelu(),
        pRelu(),
        elu(0.5),
        selu(),
        celu(2),
        gelu(),
        geluTanh(),
        swish(1.5),
        mish(),
        hardSwish(),
        glu(),
        softmax(),
        logSoftmax(),
        residual(dense(3), elu(), residual(batchNorm(), dense(3)).named("inner"), dense(4)),
        parallel(identity(), sequence(dense(2), tanh())),
        flatten(),
        reshape(2, 2),
        embedding(3, 2));
  }

  /** Every layer, initializer, regularizer and merge of the library. */
  private static Network everything() {
    Flow a = Flow.input("a", 4);
    Flow b = Flow.input("b", 4);
    List<Flow> outputs = new ArrayList<>();
    layers().forEach(layer -> outputs.add(a.then(layer)));
    outputs.add(Flow.add(a, b));
    outputs.add(Flow.multiply(a, b));
    outputs.add(Flow.average(a, b));
    outputs.add(Flow.maximum(a, b));
    outputs.add(Flow.concatenate(a, b));
    return Network.of(List.of(a, b), outputs).freeze("tower", "dense2/kernel");
  }

  private static Path file(String name) throws URISyntaxException {
    URL url = SavedFormatTest.class.getResource(name);
    return Path.of(Objects.requireNonNull(url, name).toURI());
  }

  @Test
  void everyTypeIsFoundByTheNameThatItHadInTheFirstVersion()
      throws IOException, URISyntaxException {
    Network expected = everything();
    SavedNetwork loaded = Network.load(file("everything-1.safetensors"));
    assertThat(loaded.network().structure()).isEqualTo(expected.structure());
    assertThat(loaded.network().frozen()).isEqualTo(expected.frozen());
    assertThat(loaded.parameters().sameElements(expected.initialize(SEED))).isTrue();
  }

  @Test
  void aCheckpointOfTheFirstVersionLoads() throws IOException, URISyntaxException {
    Checkpoint loaded = Checkpoint.load(file("checkpoint-1.safetensors"));
    assertThat(loaded.progress()).isEqualTo(new Progress(12, 3, List.of(0.5, 0.25, Double.NaN)));
    assertThat(loaded.learningRate()).hasValue(0.01);
    assertThat(loaded.parameters().names()).containsExactly("dense1/kernel", "dense1/bias");
    assertThat(loaded.average().get("dense1/kernel").shape()).isEqualTo(Shape.of(3, 2));
  }
}
