package org.lanewise.nn.loss;

import java.util.Optional;
import org.lanewise.autodiff.Variable;
import org.lanewise.engine.Shape;
import org.lanewise.engine.Tensor;
import org.lanewise.nn.activation.Softmax;
import org.lanewise.nn.layer.Layer;

/**
 * The Kullback–Leibler divergence from the softmax q of outputs (logits) to targets p, which are
 * the probabilities of classes: Σ p (log p − log q) over the last axis, at least 0, and 0 where
 * they agree. Its gradient is that of the cross-entropy.
 *
 * <p>Source: Kullback and Leibler, <i>On information and sufficiency</i>, 1951.
 */
public record KlDivergence() implements Loss {
  @Override
  public Shape targetShape(Shape output) {
    return Classes.distributionShape("kl_divergence", output);
  }

  @Override
  public void requireTargets(Tensor targets, Shape output) {
    Classes.requireDistributions("kl_divergence", targets, output);
  }

  @Override
  public Optional<Layer> includes() {
    return Optional.of(new Softmax());
  }

  @Override
  public Variable ofEach(Variable outputs, Variable targets) {
    Targets.requireFit("kl_divergence", this, outputs, targets);
    Variable logarithm = targets.equal(0).select(targets.tape().constant(1), targets).log();
    Variable difference = logarithm.subtract(outputs.logSoftmax(-1));
    return Classes.expect(targets, difference);
  }
}
