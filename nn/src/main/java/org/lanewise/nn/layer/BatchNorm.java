package org.lanewise.nn.layer;

import java.util.List;
import org.lanewise.autodiff.Variable;
import org.lanewise.engine.Shape;
import org.lanewise.nn.check.Checks;
import org.lanewise.nn.initializer.Initializer;

/**
 * Batch normalization of vectors: y = γ (x − μ) / √(σ² + ε) + β for each unit.
 *
 * <p>In training, μ and σ² are the mean and the (biased) variance of the batch, and the running
 * mean and variance move towards them: running ← momentum · running + (1 − momentum) · batch. In
 * inference the running ones are used.
 *
 * <p>Four parameters a unit: {@code gamma} (starts at 1) and {@code beta} (0) are trainable, {@code
 * running_mean} (0) and {@code running_variance} (1) are not.
 *
 * <p>Source: Ioffe and Szegedy, <i>Batch Normalization</i>, 2015, algorithm 1.
 *
 * @param momentum how much of the running statistics stays, from 0 to 1
 * @param epsilon what is added to the variance, above 0
 */
public record BatchNorm(double momentum, double epsilon) implements Layer {
  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if the momentum is not from 0 to 1 or ε is not above 0
   */
  public BatchNorm {
    Checks.fraction("batch_norm", "a momentum", momentum);
    Checks.positive("batch_norm", "epsilon", epsilon);
  }

  /**
   * The same layer with another momentum.
   *
   * @param newMomentum how much of the running statistics stays at each step
   * @return the layer
   */
  public BatchNorm momentum(double newMomentum) {
    return new BatchNorm(newMomentum, epsilon);
  }

  /**
   * The same layer with another ε.
   *
   * @param newEpsilon what is added to the variance
   * @return the layer
   */
  public BatchNorm epsilon(double newEpsilon) {
    return new BatchNorm(momentum, newEpsilon);
  }

  @Override
  public String kind() {
    return "batch_norm";
  }

  @Override
  public Shape outputShape(Shape input) {
    if (input.rank() != 1) {
      throw new IllegalArgumentException(
          "batch_norm: expected examples that are vectors, was shape " + input);
    }
    return input;
  }

  @Override
  public List<Parameter> parameters(Shape input) {
    return List.of(
        Parameter.trainable("gamma", input, Initializer.constant(1)),
        Parameter.trainable("beta", input, Initializer.constant(0)),
        Parameter.statistic("running_mean", input, 0),
        Parameter.statistic("running_variance", input, 1));
  }

  @Override
  public Variable record(Recording recording, Variable x) {
    return switch (recording.mode()) {
      case TRAINING -> train(recording, x);
      case INFERENCE ->
          normalize(
              recording,
              x.subtract(recording.parameter("running_mean")),
              recording.parameter("running_variance"));
    };
  }

  private Variable train(Recording recording, Variable x) {
    int batch = x.shape().dimension(0);
    if (batch < 2) {
      throw new IllegalArgumentException(
          "batch_norm: expected a batch of at least 2 examples in training, was " + batch);
    }
    Variable mean = x.mean(0);
    Variable centered = x.subtract(mean);
    Variable variance = centered.square().mean(0);
    move(recording, "running_mean", mean);
    move(recording, "running_variance", variance);
    return normalize(recording, centered, variance);
  }

  private void move(Recording recording, String statistic, Variable batch) {
    Variable running = recording.parameter(statistic);
    recording.update(statistic, running.multiply(momentum).add(batch.multiply(1 - momentum)));
  }

  private Variable normalize(Recording recording, Variable centered, Variable variance) {
    Variable scale = variance.add(epsilon).rsqrt().multiply(recording.parameter("gamma"));
    return centered.multiply(scale).add(recording.parameter("beta"));
  }
}
