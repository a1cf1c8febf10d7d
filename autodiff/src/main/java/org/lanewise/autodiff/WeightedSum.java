package org.lanewise.autodiff;

import java.util.List;
import org.lanewise.engine.Tensor;
import org.lanewise.engine.random.Distribution;
import org.lanewise.engine.random.RandomStream;
import org.lanewise.engine.reference.Reference;

/**
 * The scalar that a gradient check differentiates: the sum of all elements of some variables, each
 * times its weight.
 */
final class WeightedSum {
  /**
   * The weight of an element that is alone. Not 1, so that a pullback that forgets to multiply by
   * the gradient of its result is found out; a power of 2, so that dividing by it is exact.
   */
  private static final float ALONE = 2;

  private final List<Variable> outputs;
  private final float[] weights;

  /** Draws weights of both signs, from 1/2 to 3/2 in size. */
  WeightedSum(List<Variable> outputs, RandomStream random) {
    this.outputs = outputs;
    this.weights = new float[outputs.stream().mapToInt(output -> output.shape().size()).sum()];
    random.fill(Distribution.uniform(-1, 1), weights, 0, weights.length);
    for (int i = 0; i < weights.length; i++) {
      weights[i] += weights[i] < 0 ? -0.5f : 0.5f;
    }
    if (weights.length == 1) {
      weights[0] = ALONE;
    }
  }

  /**
   * The factor by which derivatives of the sum are too large: the weight of an element that is
   * alone.
   */
  double unit() {
    return weights.length == 1 ? ALONE : 1;
  }

  /** Records the sum. */
  Variable record() {
    Tape tape = outputs.get(0).tape();
    Variable sum = tape.constant(0);
    int offset = 0;
    for (Variable output : outputs) {
      Tensor weight = Tensor.view(weights, offset, output.shape());
      sum = sum.add(output.multiply(tape.constant(weight)).sum());
      offset += weight.size();
    }
    return sum;
  }

  /**
   * The terms of the sum in double precision. Finite differences are taken of each term, so that
   * large terms that stay the same do not blur the difference of a small one.
   */
  double[] terms(Reference reference) {
    double[] terms = new double[weights.length];
    int offset = 0;
    for (Variable output : outputs) {
      double[] elements = reference.value(output.node());
      for (int i = 0; i < elements.length; i++) {
        terms[offset + i] = weights[offset + i] * elements[i];
      }
      offset += elements.length;
    }
    return terms;
  }
}
