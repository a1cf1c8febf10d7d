package org.lanewise.nn.clip;

import java.util.List;
import java.util.Optional;
import java.util.function.BinaryOperator;
import java.util.stream.IntStream;
import org.lanewise.autodiff.Variable;
import org.lanewise.engine.Shape;

/** Gradients with the sums of their squares, recorded once for whoever needs them. */
record Norms(List<Variable> gradients, List<Variable> squares) {
  static Norms of(List<Variable> parameters, List<Variable> gradients) {
    List<Shape> shapes = parameters.stream().map(Variable::shape).toList();
    List<Shape> own = gradients.stream().map(Variable::shape).toList();
    if (!own.equals(shapes)) {
      throw new IllegalArgumentException(
          "clip: expected gradients of the shapes of the parameters " + shapes + ", was " + own);
    }
    return new Norms(
        gradients, gradients.stream().map(gradient -> gradient.square().sum()).toList());
  }

  /** The sum of the squares of all gradients. */
  Optional<Variable> joint() {
    return squares.stream().reduce(Variable::add);
  }

  /** What becomes of each gradient and the sum of its squares. */
  Clipped map(BinaryOperator<Variable> clip) {
    return clipped(
        IntStream.range(0, gradients.size())
            .mapToObj(i -> clip.apply(gradients.get(i), squares.get(i)))
            .toList());
  }

  Clipped clipped(List<Variable> clipped) {
    return new Clipped(clipped, joint().map(Variable::sqrt));
  }

  /**
   * The factor limit / max(limit, √sum) that brings a norm down to its limit; exactly 1 for a norm
   * within it, because the root of the square of a float is this float. The maximum is taken before
   * the root, whose derivative at 0 is not finite.
   */
  static Variable factor(Variable sumOfSquares, Variable limit) {
    Variable norm = sumOfSquares.maximum(limit.square()).sqrt();
    Variable overflow = norm.equal(Double.POSITIVE_INFINITY);
    return overflow.select(norm.tape().constant(Double.NaN), limit.divide(norm));
  }
}
