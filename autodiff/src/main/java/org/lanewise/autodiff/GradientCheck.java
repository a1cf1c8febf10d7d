package org.lanewise.autodiff;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.lanewise.engine.Tensor;

/**
 * A check of the gradients of any recorded function, at any point: are they the derivatives, and do
 * the float32 kernels compute them?
 *
 * <pre>{@code
 * GradientCheck.of(inputs -> inputs.get(0).matmul(inputs.get(1)).tanh())
 *     .assertPasses(x, weights);
 * }</pre>
 *
 * <p>The function gets one variable for each tensor of the point, all on one fresh tape, records
 * what it likes and returns its result. It makes data that need no gradient (labels, conditions)
 * constants of that tape. A result of more than one element is reduced to the sum of its elements
 * times random weights. Three things are compared:
 *
 * <ol>
 *   <li>The result, computed by the float32 kernels, with the same in double precision.
 *   <li>The recorded gradient, evaluated in double precision by the {@linkplain
 *       org.lanewise.engine.reference.Reference reference interpreter}, with central finite
 *       differences of the function in double precision: (8 (f(x+h) − f(x−h)) − (f(x+2h) −
 *       f(x−2h))) / 12h (Abramowitz and Stegun 25.3.6) where h is 2<sup>−13</sup> times the power
 *       of two below |x|, or below 1 if |x| is less. Where it disagrees, steps of h/16, h/256 and
 *       h/4096 are tried too, because the function may have a kink or a singularity close by.
 *   <li>The recorded gradient, computed by the float32 kernels, with the same in double precision.
 * </ol>
 *
 * <p>The second order repeats 2 and 3 with the function "sum of the elements of the gradient times
 * random weights", and so on. Comparisons that rest on a failed one are not made.
 *
 * <p><b>Tolerances.</b> Let S be the scale at which rounding errors arise even where large terms
 * cancel: the largest element of all gradients of an order plus the sum of |weight · element| of
 * what is differentiated (divided by the largest |x| if that is above 1), or that of a lower order
 * if it is more. A recorded gradient r may differ from a finite difference d by {@code tolerance ·
 * (max(|r|, |d|) + S / 1000)}: with 1e−6 that is far above the rounding of double precision, of
 * which the difference quotient makes some 1e−12 S, and far below any mistake in a formula. A
 * gradient in float32 may differ from that in double precision by {@code kernelTolerance · (largest
 * element of this input's gradient + S / 50)}: 2e−5 is 340 roundings of float32, room for long sums
 * and a few digits of cancellation. A result in float32 may differ by {@code kernelTolerance ·
 * (largest element of the result + largest |x| / 50)}.
 *
 * <p><b>Cost.</b> Four evaluations of the function in double precision for each element of the
 * point and each order, in plain loops: meant for small sizes.
 *
 * @param function the function to check, called once a check; it must not depend on anything that
 *     changes
 * @param order how many times the function is differentiated, at least 1
 * @param tolerance how far a gradient may be from the finite difference, above 0; see above
 * @param kernelTolerance how far a float32 result may be from double precision, above 0; see above
 * @param elements how many elements of each input are compared with finite differences, at least 1;
 *     where there are more, a random sample of that many. Kernels are compared at every element
 * @param seed the seed of the random weights and samples
 */
public record GradientCheck(
    Function<List<Variable>, Variable> function,
    int order,
    double tolerance,
    double kernelTolerance,
    int elements,
    long seed) {

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if one is out of range
   */
  public GradientCheck {
    require(order >= 1, "an order of at least 1", order);
    require(tolerance > 0, "a tolerance above 0", tolerance);
    require(kernelTolerance > 0, "a kernel tolerance above 0", kernelTolerance);
    require(elements >= 1, "at least 1 element of each input to check", elements);
  }

  /**
   * The check of a function to second order, with tolerance 1e−6, kernel tolerance 2e−5, at most
   * 1000 elements of each input, and seed 0.
   *
   * @param function from the inputs to the result
   * @return the check
   */
  public static GradientCheck of(Function<List<Variable>, Variable> function) {
    return new GradientCheck(function, 2, 1e-6, 2e-5, 1000, 0);
  }

  /**
   * This check with another order.
   *
   * @param newOrder how many times to differentiate, at least 1
   * @return the changed check
   */
  public GradientCheck order(int newOrder) {
    return new GradientCheck(function, newOrder, tolerance, kernelTolerance, elements, seed);
  }

  /**
   * This check with another tolerance for finite differences.
   *
   * @param newTolerance the tolerance, above 0
   * @return the changed check
   */
  public GradientCheck tolerance(double newTolerance) {
    return new GradientCheck(function, order, newTolerance, kernelTolerance, elements, seed);
  }

  /**
   * This check with another tolerance for the float32 kernels.
   *
   * @param newTolerance the tolerance, above 0
   * @return the changed check
   */
  public GradientCheck kernelTolerance(double newTolerance) {
    return new GradientCheck(function, order, tolerance, newTolerance, elements, seed);
  }

  /**
   * This check with another limit to the elements of each input that are compared with finite
   * differences.
   *
   * @param limit the largest number, at least 1
   * @return the changed check
   */
  public GradientCheck elements(int limit) {
    return new GradientCheck(function, order, tolerance, kernelTolerance, limit, seed);
  }

  /**
   * This check with other random weights and samples.
   *
   * @param newSeed any number
   * @return the changed check
   */
  public GradientCheck seed(long newSeed) {
    return new GradientCheck(function, order, tolerance, kernelTolerance, elements, newSeed);
  }

  /**
   * Checks at a point.
   *
   * @param point the value of each input, at least one, all finite; not changed
   * @return what was found
   * @throws IllegalArgumentException if there is no input, an element is NaN or infinite, or the
   *     result is of another tape than the inputs
   * @throws NoGradientException if the function has no gradient of the order
   */
  public GradientReport check(Tensor... point) {
    require(point.length > 0, "at least one input", "none");
    Tape tape = new Tape();
    List<Variable> inputs = new ArrayList<>();
    for (int i = 0; i < point.length; i++) {
      requireFinite(i, point[i]);
      inputs.add(tape.input("x" + i, point[i].copy()));
    }
    Variable result = function.apply(inputs);
    require(result.tape() == tape, "a result recorded on the tape of the inputs", result);
    GradientReport report = new GradientComparison(this, inputs).run(result);
    return report
        .worst()
        .filter(worst -> !worst.passes())
        .map(worst -> FailureCauses.of(this, inputs, result, worst.comparison()))
        .map(report::suspecting)
        .orElse(report);
  }

  /**
   * Checks at a point and throws if it fails.
   *
   * @param point the value of each input, at least one, all finite; not changed
   * @throws AssertionError if the check fails; the message is the report
   * @throws IllegalArgumentException as {@link #check}
   * @throws NoGradientException as {@link #check}
   */
  public void assertPasses(Tensor... point) {
    GradientReport report = check(point);
    if (!report.passes()) {
      throw new AssertionError(report.toString());
    }
  }

  private static void requireFinite(int input, Tensor x) {
    for (int i = 0; i < x.size(); i++) {
      float value = x.storage()[x.offset() + i];
      if (!Float.isFinite(value)) {
        throw new IllegalArgumentException(
            "gradient check: expected finite inputs, was "
                + value
                + " in input "
                + input
                + " "
                + x.shape()
                + " at "
                + GradientReport.indexOf(x.shape(), i));
      }
    }
  }

  private static void require(boolean holds, String expected, Object actual) {
    if (!holds) {
      throw new IllegalArgumentException(
          "gradient check: expected " + expected + ", was " + actual);
    }
  }
}
