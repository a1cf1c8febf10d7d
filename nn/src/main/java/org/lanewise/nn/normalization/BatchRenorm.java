package org.lanewise.nn.normalization;

import java.util.List;
import org.lanewise.autodiff.Variable;
import org.lanewise.engine.Shape;
import org.lanewise.nn.check.Checks;
import org.lanewise.nn.layer.Layer;
import org.lanewise.nn.layer.Parameter;
import org.lanewise.nn.layer.Recording;

/**
 * Batch renormalization: batch normalization whose output in training is brought close to what
 * inference will give, for batches that are small or whose examples depend on each other.
 *
 * <p>In training y = γ ((x − μ<sub>B</sub>) / σ<sub>B</sub> · r + d) + β with r = σ<sub>B</sub> / σ
 * held within 1/r<sub>max</sub> and r<sub>max</sub>, and d = (μ<sub>B</sub> − μ) / σ held within
 * ±d<sub>max</sub>: the batch's mean μ<sub>B</sub> and deviation σ<sub>B</sub> give the gradient,
 * the running μ and σ the value. No gradient flows through r and d. Each deviation is √(σ² + ε).
 * With r<sub>max</sub> 1 and d<sub>max</sub> 0 this is batch normalization, which the source starts
 * with before it loosens them to 3 and 5. Inference, parameters and options are those of {@link
 * BatchNorm}.
 *
 * <p>The bounds are constant, because they are part of a description, which does not change in
 * training. To loosen them as the source does, train with batch normalization first, put
 * renormalization in its place under the same name ({@link
 * org.lanewise.nn.network.Network#replace}), and resume: parameters, statistics and what the
 * optimizer remembers fit both.
 *
 * <p>Source: Ioffe, <i>Batch renormalization</i>, 2017, algorithm 1.
 *
 * @param norm the batch normalization whose options these are
 * @param rMax r<sub>max</sub>, at least 1 and finite
 * @param dMax d<sub>max</sub>, at least 0 and finite
 */
public record BatchRenorm(BatchNorm norm, double rMax, double dMax) implements Layer {
  /**
   * Checks the bounds.
   *
   * @throws IllegalArgumentException if one is out of its range
   */
  public BatchRenorm {
    if (!(rMax >= 1) || !Float.isFinite((float) rMax)) {
      throw new IllegalArgumentException(
          "batch_renorm: expected a finite r_max of at least 1, was " + rMax);
    }
    Checks.notNegative("batch_renorm", "d_max", dMax);
  }

  @Override
  public String kind() {
    return "batch_renorm";
  }

  @Override
  public Shape outputShape(Shape input) {
    Channels.of(kind(), input);
    return input;
  }

  @Override
  public List<Parameter> parameters(Shape input) {
    return norm.parameters(input);
  }

  @Override
  public Variable record(Recording recording, Variable x) {
    if (BatchNorm.usesRunningStatistics(recording)) {
      return norm.normalize(recording, x);
    }
    BatchStatistics batch = BatchStatistics.of(kind(), x);
    norm.follow(recording, batch);
    Variable variance = batch.variance().add(norm.epsilon());
    Variable running = recording.parameter("running_variance").add(norm.epsilon()).rsqrt();
    Variable r = variance.sqrt().multiply(running).clip(1 / rMax, rMax).stopGradient();
    Variable d =
        batch
            .mean()
            .subtract(recording.parameter("running_mean"))
            .multiply(running)
            .clip(-dMax, dMax)
            .stopGradient();
    Variable shift = norm.center(recording, norm.scale(recording, d));
    Variable reciprocal = Channels.reciprocalDeviation(batch.variance(), norm.epsilon());
    Variable factor = norm.scale(recording, reciprocal.multiply(r));
    return batch.centered().multiply(factor).add(shift);
  }
}
