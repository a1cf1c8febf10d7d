package org.lanewise.nn.normalization;

import java.util.Optional;
import java.util.function.Function;
import org.lanewise.engine.Tensor;
import org.lanewise.nn.layer.Dense;
import org.lanewise.nn.layer.Layer;
import org.lanewise.nn.layer.WeightNorm;
import org.lanewise.nn.layer.Wrapper;

/**
 * A dense layer that does alone what a layer and the batch normalization after it do in inference:
 * kernel' = kernel · s and bias' = (bias − μ) · s + β with s = γ / √(σ² + ε), for each unit.
 *
 * <p>It is the same function up to rounding: kernel and bias are computed in double precision and
 * rounded to float once.
 *
 * @param layer the dense layer, with a bias
 * @param kernel its kernel [inputs, units]
 * @param bias its bias [units]
 */
public record Folding(Dense layer, Tensor kernel, Tensor bias) {
  /**
   * Whether two layers can be folded: a dense layer, whose weights may be normalized, and batch
   * normalization or renormalization. Penalties and constraints do not matter.
   *
   * @param layer a layer
   * @param norm the layer after it
   * @return true if they can
   */
  public static boolean folds(Layer layer, Layer norm) {
    return weighted(layer).isPresent() && batchNorm(norm).isPresent();
  }

  /**
   * Folds a layer and the normalization after it.
   *
   * @param layer the layer
   * @param own its parameters by their names within it
   * @param norm the normalization
   * @param statistics its parameters by their names within it
   * @return the dense layer with its parameters
   * @throws IllegalArgumentException if the layers cannot be folded
   */
  public static Folding of(
      Layer layer, Function<String, Tensor> own, Layer norm, Function<String, Tensor> statistics) {
    if (!folds(layer, norm)) {
      throw new IllegalArgumentException(
          "folding: expected a dense layer and batch normalization, was "
              + layer.kind()
              + " and "
              + norm.kind());
    }
    Weighted weighted = weighted(layer).orElseThrow();
    BatchNorm batchNorm = batchNorm(norm).orElseThrow();
    Dense dense = weighted.dense();
    int units = dense.units();
    Tensor mean = statistics.apply("running_mean");
    Tensor variance = statistics.apply("running_variance");
    Tensor weights = own.apply(weighted.normalized() ? "direction" : "kernel");
    Tensor kernel = Tensor.zeros(weights.shape());
    Tensor bias = Tensor.zeros(units);
    for (int unit = 0; unit < units; unit++) {
      double gamma = batchNorm.scale() ? statistics.apply("gamma").get(unit) : 1;
      double beta = batchNorm.center() ? statistics.apply("beta").get(unit) : 0;
      // What is recorded adds ε as a float.
      double scale = gamma / Math.sqrt(variance.get(unit) + (double) (float) batchNorm.epsilon());
      double length = 1;
      if (weighted.normalized()) {
        length = own.apply("length").get(unit) / norm(weights, unit);
      }
      for (int input = 0; input < weights.shape().dimension(0); input++) {
        kernel.array()[input * units + unit] = (float) (weights.get(input, unit) * length * scale);
      }
      double offset = dense.bias() ? own.apply("bias").get(unit) : 0;
      bias.array()[unit] = (float) ((offset - mean.get(unit)) * scale + beta);
    }
    return new Folding(new Dense(units, dense.initializer(), true), kernel, bias);
  }

  private static double norm(Tensor weights, int unit) {
    double squares = 0;
    for (int input = 0; input < weights.shape().dimension(0); input++) {
      squares += weights.get(input, unit) * (double) weights.get(input, unit);
    }
    return Math.sqrt(squares);
  }

  /** A dense layer, and whether its weights are lengths and directions. */
  private record Weighted(Dense dense, boolean normalized) {}

  private static Optional<Weighted> weighted(Layer layer) {
    return switch (layer) {
      case Wrapper wrapper -> weighted(wrapper.layer());
      case Dense dense -> Optional.of(new Weighted(dense, false));
      case WeightNorm norm -> Optional.of(new Weighted(norm.dense(), true));
      default -> Optional.empty();
    };
  }

  private static Optional<BatchNorm> batchNorm(Layer layer) {
    return switch (layer) {
      case Wrapper wrapper -> batchNorm(wrapper.layer());
      case BatchNorm norm -> Optional.of(norm);
      case BatchRenorm renorm -> Optional.of(renorm.norm());
      default -> Optional.empty();
    };
  }
}
