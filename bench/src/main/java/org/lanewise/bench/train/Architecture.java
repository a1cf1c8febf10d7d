package org.lanewise.bench.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.lanewise.nn.Layers;
import org.lanewise.nn.activation.RRelu;
import org.lanewise.nn.initializer.Initializer;
import org.lanewise.nn.initializer.Nonlinearity;
import org.lanewise.nn.layer.Dense;
import org.lanewise.nn.layer.Layer;
import org.lanewise.nn.network.Network;
import org.lanewise.nn.regularizer.Constraint;
import org.lanewise.nn.regularizer.Regularizer;

/**
 * The parts that the network of the job is built of. Batch normalization is between a hidden layer
 * and its activation, dropout after the inputs and every activation.
 *
 * @param hidden the units of the hidden layers
 * @param activation the activation after each
 * @param initializer how their weights are drawn; empty for what fits the activation
 * @param batchNorm whether there is batch normalization
 * @param dropout the rate of dropout, 0 for none
 * @param alphaDropout the rate of alpha dropout, 0 for none
 * @param regularizer the penalty on all kernels
 * @param maxNorm the largest norm of the weights into a hidden unit
 */
record Architecture(
    List<Integer> hidden,
    Layer activation,
    Optional<Initializer> initializer,
    boolean batchNorm,
    double dropout,
    double alphaDropout,
    Optional<Regularizer> regularizer,
    OptionalDouble maxNorm) {
  /** The momentum of batch normalization: there are few steps. */
  private static final double NORM_MOMENTUM = 0.9;

  private static final String KERNEL = "kernel";

  /** Whether there is something that is drawn for every prediction, if it is left on. */
  boolean draws() {
    return dropout > 0 || alphaDropout > 0 || activation instanceof RRelu;
  }

  Network network(int inputs, int classes) {
    List<Layer> layers = new ArrayList<>();
    addDropout(layers);
    for (int units : hidden) {
      layers.add(hidden(units));
      if (batchNorm) {
        layers.add(Layers.batchNorm().momentum(NORM_MOMENTUM));
      }
      layers.add(activation);
      addDropout(layers);
    }
    layers.add(penalized(Layers.dense(classes)));
    return Network.of(inputs, layers.toArray(Layer[]::new));
  }

  private Layer hidden(int units) {
    Dense dense = Layers.dense(units).initializer(initializer.orElseGet(this::matching));
    Layer layer = penalized(batchNorm ? dense.withoutBias() : dense);
    return maxNorm.isEmpty()
        ? layer
        : layer.constrain(KERNEL, Constraint.maxNorm(maxNorm.getAsDouble()));
  }

  private Initializer matching() {
    return activation instanceof Nonlinearity nonlinearity
        ? Initializer.forActivation(nonlinearity)
        : Initializer.glorotNormal();
  }

  private Layer penalized(Layer layer) {
    return regularizer.isEmpty() ? layer : layer.regularize(KERNEL, regularizer.get());
  }

  private void addDropout(List<Layer> layers) {
    if (dropout > 0) {
      layers.add(Layers.dropout(dropout));
    }
    if (alphaDropout > 0) {
      layers.add(Layers.alphaDropout(alphaDropout));
    }
  }
}
