package org.lanewise.nn.training;

import java.util.List;
import org.lanewise.nn.clip.GradientClipping;
import org.lanewise.nn.loss.Loss;
import org.lanewise.nn.network.Network;
import org.lanewise.nn.network.Parameters;
import org.lanewise.nn.optimizer.Optimizer;

/**
 * How a network is trained, described.
 *
 * @param network the network
 * @param losses what is made small: the sum of a loss for each output
 * @param optimizer how parameters follow their gradients
 * @param clipping how gradients are held within bounds first
 * @param batchSize the number of examples of a step, at least 1
 * @param seed the seed that batches are shuffled from
 */
public record Training(
    Network network,
    List<Loss> losses,
    Optimizer optimizer,
    GradientClipping clipping,
    int batchSize,
    long seed) {

  /**
   * Checks that the parts fit.
   *
   * @throws IllegalArgumentException if the losses do not take what the network gives or the batch
   *     is empty
   */
  public Training {
    losses = List.copyOf(losses);
    new Objective(network, losses).targetShapes();
    if (batchSize < 1) {
      throw new IllegalArgumentException(
          "training: expected batches of at least one example, was " + batchSize);
    }
  }

  /**
   * Training without clipping, in batches of 32, shuffled from seed 0.
   *
   * @param network the network
   * @param loss what is made small
   * @param optimizer how parameters follow their gradients
   * @return the description
   */
  public static Training of(Network network, Loss loss, Optimizer optimizer) {
    return of(network, List.of(loss), optimizer);
  }

  /**
   * Training of several outputs without clipping, in batches of 32, shuffled from seed 0.
   *
   * @param network the network
   * @param losses a loss for each output; their sum is made small
   * @param optimizer how parameters follow their gradients
   * @return the description
   * @throws IllegalArgumentException if there is not a loss for each output
   */
  public static Training of(Network network, List<Loss> losses, Optimizer optimizer) {
    return new Training(network, losses, optimizer, GradientClipping.none(), 32, 0);
  }

  Objective objective() {
    return new Objective(network, losses);
  }

  /**
   * The same with gradients held within bounds.
   *
   * @param newClipping how
   * @return the description
   */
  public Training clip(GradientClipping newClipping) {
    return new Training(network, losses, optimizer, newClipping, batchSize, seed);
  }

  /**
   * The same with batches of another size.
   *
   * @param newBatchSize the number of examples of a step, at least 1
   * @return the description
   */
  public Training batchSize(int newBatchSize) {
    return new Training(network, losses, optimizer, clipping, newBatchSize, seed);
  }

  /**
   * The same with batches shuffled from another seed.
   *
   * @param newSeed the seed
   * @return the description
   */
  public Training seed(long newSeed) {
    return new Training(network, losses, optimizer, clipping, batchSize, newSeed);
  }

  /**
   * Gets ready to train parameters, which will change in place.
   *
   * @param parameters the parameters of the network
   * @return the trainer
   */
  public Trainer start(Parameters parameters) {
    return new Trainer(this, parameters);
  }

  /**
   * Gets ready to train parameters drawn from the seed.
   *
   * @return the trainer
   */
  public Trainer start() {
    return start(network.initialize(seed));
  }
}
