package org.lanewise.bench.compare;

import static org.lanewise.nn.Layers.batchNorm;
import static org.lanewise.nn.Layers.dense;
import static org.lanewise.nn.Layers.elu;
import static org.lanewise.nn.initializer.Initializer.heNormal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.lanewise.nn.layer.Layer;
import org.lanewise.nn.network.Network;

/**
 * A training step: dense layers with bias, batch normalization and ELU between them, softmax
 * cross-entropy, clipping by global norm 1, the update. Copying the batch to where the step reads
 * it belongs to the step, as does reading its loss.
 *
 * @param units the network's units from the inputs to the classes, as in {@code 784-300-10}
 * @param batch the examples of a step
 * @param rule how parameters follow their gradients
 */
public record TrainingWork(String units, int batch, Rule rule) implements Work {
  /** The steps from the initial parameters whose losses are compared. */
  public static final int COMPARED_STEPS = 5;

  /** How parameters follow their gradients. */
  public enum Rule {
    /** Stochastic gradient descent with learning rate 0.01 and momentum 0.9. */
    MOMENTUM("SGD with momentum", 0.01),
    /** Adam with learning rate 0.001, β₁ = 0.9, β₂ = 0.999 and ε = 10⁻⁷. */
    ADAM("Adam", 0.001);

    private final String text;
    private final double learningRate;

    Rule(String text, double learningRate) {
      this.text = text;
      this.learningRate = learningRate;
    }

    /**
     * The step size.
     *
     * @return the learning rate
     */
    public double learningRate() {
      return learningRate;
    }
  }

  @Override
  public String name() {
    return "training step " + units + ", batch " + batch + ", " + rule.text;
  }

  /**
   * Adam divides a gradient by its own size, so rounding of the smallest gradients is seen in the
   * losses of the following steps.
   */
  @Override
  public double tolerance() {
    return 1e-4;
  }

  /**
   * The units of every layer, the inputs first.
   *
   * @return the numbers of units
   */
  public int[] layers() {
    return Arrays.stream(units.split("-", -1)).mapToInt(Integer::parseInt).toArray();
  }

  /**
   * The network; its parameters drawn from seed 0 are what every contestant starts from.
   *
   * @return the network
   */
  public Network network() {
    int[] sizes = layers();
    List<Layer> layers = new ArrayList<>();
    for (int i = 1; i < sizes.length; i++) {
      layers.add(dense(sizes[i]).initializer(heNormal()));
      if (i < sizes.length - 1) {
        layers.add(batchNorm());
        layers.add(elu());
      }
    }
    return Network.of(sizes[0], layers.toArray(Layer[]::new));
  }

  /**
   * The examples.
   *
   * @return batch · inputs elements from 0 to 1
   */
  public float[] examples() {
    return SeededData.uniform(batch * layers()[0], 0, 1, 3);
  }

  /**
   * The class of each example.
   *
   * @return the labels
   */
  public int[] labels() {
    int[] sizes = layers();
    int[] labels = new int[batch];
    for (int i = 0; i < batch; i++) {
      labels[i] = i % sizes[sizes.length - 1];
    }
    return labels;
  }
}
