package org.lanewise.nn.clip;

import java.util.List;
import java.util.Optional;
import org.lanewise.autodiff.Variable;

/**
 * The ℓ₂ norm of a gradient, of its units or of several gradients together, by two sums. The square
 * of an element above 10<sup>19</sup> overflows; of the scaled elements no square does. Where the
 * first sum overflows, what the second takes for small elements is less than 2<sup>−56</sup> of it
 * for each.
 *
 * @param squares the sum of the squares
 * @param scaledSquares the sum of the squares of the elements times 2<sup>−96</sup>, smaller ones
 *     than 2<sup>36</sup> taken for as much: finite if and only if every element is
 */
public record GradientNorm(Variable squares, Variable scaledSquares) {
  private static final double SCALE = 0x1p-96;

  /**
   * The least that is scaled and squared: less would become subnormal, with which processors
   * compute a hundred times slower.
   */
  private static final double LEAST = 0x1p36;

  /**
   * The norm of a gradient.
   *
   * @param gradient the gradient
   * @param axes the axes to sum over, as of {@link Variable#sum(int...)}: none for all, which gives
   *     a scalar
   * @return its norm
   */
  public static GradientNorm of(Variable gradient, int... axes) {
    Variable squares = gradient.square();
    Variable scaled = gradient.abs().maximum(LEAST).multiply(SCALE);
    return new GradientNorm(squares.sum(axes), scaled.square().sum(axes));
  }

  /**
   * The joint norm of several gradients.
   *
   * @param gradients the gradients
   * @return the norm, of scalars; none of no gradients
   */
  public static Optional<GradientNorm> joint(List<Variable> gradients) {
    return gradients.stream().map(GradientNorm::of).reduce(GradientNorm::with);
  }

  private GradientNorm with(GradientNorm other) {
    return new GradientNorm(squares.add(other.squares), scaledSquares.add(other.scaledSquares));
  }

  /**
   * The norm itself. Its derivative is 0 where it is 0.
   *
   * @return the root of the sum; NaN or infinite if an element is, or if the norm is above the
   *     largest float
   */
  public Variable value() {
    Variable overflow = overflow();
    Variable sum = overflow.select(scaledSquares, squares);
    Variable none = sum.equal(0);
    // The root of 1 in place of 0, whose derivative is infinite.
    Variable root = none.select(sum.tape().constant(1), sum).sqrt();
    return none.select(sum.tape().constant(0), root).divide(scale(overflow));
  }

  /**
   * Whether every element is finite.
   *
   * @return 1 if so, else 0
   */
  public Variable isFinite() {
    return scaledSquares.less(Double.POSITIVE_INFINITY);
  }

  /**
   * The factor limit / max(limit, norm) that brings a norm down to its limit: exactly 1 for a norm
   * within it, because the root of the square of a float is this float. The maximum is taken before
   * the root, whose derivative at 0 is not finite.
   *
   * @param limit the limit, from 10<sup>−18</sup> to 10<sup>18</sup>, so that its square is a float
   * @return the factor, NaN if an element is not finite; 0 if the norm is more than 10<sup>45</sup>
   *     times the limit, because so small a factor is no float
   */
  public Variable factor(Variable limit) {
    Variable overflow = overflow();
    Variable root = overflow.select(scaledSquares, squares.maximum(limit.square())).sqrt();
    Variable factor = limit.divide(root).multiply(scale(overflow));
    return isFinite().select(factor, root.tape().constant(Double.NaN));
  }

  private Variable overflow() {
    return squares.equal(Double.POSITIVE_INFINITY);
  }

  private static Variable scale(Variable overflow) {
    return overflow.select(overflow.tape().constant(SCALE), overflow.tape().constant(1));
  }
}
