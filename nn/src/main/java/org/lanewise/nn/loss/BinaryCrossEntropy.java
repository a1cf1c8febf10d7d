package org.lanewise.nn.loss;

import java.util.List;
import java.util.Optional;
import org.lanewise.autodiff.Variable;
import org.lanewise.engine.Shape;
import org.lanewise.engine.Tensor;
import org.lanewise.nn.activation.Logistic;
import org.lanewise.nn.layer.Layer;

/**
 * The cross-entropy between the logistic function of outputs (logits) x and targets t of the same
 * shape, probabilities from 0 to 1: the mean of −t log σ(x) − (1 − t) log(1 − σ(x)).
 *
 * <p>It is computed as (1 − t) x or −t x, whichever is not negative for t = 0 and 1, plus log(1 +
 * e<sup>−|x|</sup>): without overflow for any finite logits, and with all its digits when the
 * outputs are right.
 */
public record BinaryCrossEntropy() implements Loss {
  @Override
  public Shape targetShape(Shape output) {
    return output;
  }

  @Override
  public void requireTargets(Tensor targets, Shape output) {
    Targets.requireProbabilities("binary_cross_entropy", targets);
  }

  @Override
  public List<Metric> companions() {
    return List.of(new BinaryAccuracy());
  }

  @Override
  public Optional<Layer> includes() {
    return Optional.of(new Logistic());
  }

  @Override
  public Variable ofEach(Variable outputs, Variable targets) {
    Targets.requireFit("binary_cross_entropy", this, outputs, targets);
    Variable below = outputs.lessEqual(0);
    Variable one = outputs.tape().constant(1);
    Variable slope = below.select(targets.negate(), one.subtract(targets));
    Variable rest = below.select(outputs, outputs.negate()).exp().log1p();
    return Targets.meanOfEach(slope.multiply(outputs).add(rest));
  }
}
