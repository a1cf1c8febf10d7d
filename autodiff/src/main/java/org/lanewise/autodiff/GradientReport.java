package org.lanewise.autodiff;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.lanewise.engine.Shape;

/**
 * The findings of a {@link GradientCheck}; its text is made for reading.
 *
 * @param worst the comparison that comes closest to its tolerance, or exceeds it the most; empty if
 *     there was nothing to compare
 * @param compared how many comparisons were made
 * @param failed how many of them exceeded their tolerance
 * @param suspects the recorded operations that may be to blame, one line each; none if the check
 *     passed
 * @param seed the seed of the check
 */
public record GradientReport(
    Optional<Element> worst, long compared, long failed, List<String> suspects, long seed) {

  /** Copies the list. */
  public GradientReport {
    suspects = List.copyOf(suspects);
  }

  /** The two sides of a comparison. */
  public enum Comparison {
    /** The function's result in float32 with the same in double precision. */
    RESULT("the float32 kernels compute another result than the double-precision reference"),
    /** The recorded gradient with finite differences, both in double precision. */
    DERIVATIVE("the recorded gradient is not the derivative"),
    /** The recorded gradient in float32 with the same in double precision. */
    KERNEL("the float32 kernels compute another gradient than the double-precision reference");

    private final String failure;

    Comparison(String failure) {
      this.failure = failure;
    }
  }

  /**
   * Where an element is.
   *
   * @param order 0 for an element of the result, 1 for one of the gradient, 2 for one of the
   *     gradient of that, and so on
   * @param input which input the derivative is by, from 0; −1 for the result
   * @param shape the shape of that input, or of the result
   * @param index the position along each axis of that shape
   */
  public record Place(int order, int input, Shape shape, List<Integer> index) {
    /** Copies the list. */
    public Place {
      index = List.copyOf(index);
    }

    static Place ofResult(Shape shape, int element) {
      return new Place(0, -1, shape, indexOf(shape, element));
    }

    static Place ofGradient(int order, int input, Shape shape, int element) {
      return new Place(order, input, shape, indexOf(shape, element));
    }

    /** Words such as "derivative of order 1 by input 0 [5, 7] at [2, 3]". */
    @Override
    public String toString() {
      return input < 0
          ? "result " + shape + " at " + index
          : "derivative of order " + order + " by input " + input + " " + shape + " at " + index;
    }
  }

  /**
   * One comparison of one element. The derivatives of a result with one element are its own; those
   * of a larger one are of the sum of its elements times random weights.
   *
   * @param comparison the two sides
   * @param place where the element is
   * @param recorded the recorded gradient, or the result, in double precision
   * @param finiteDifference the derivative by finite differences; NaN if none was taken
   * @param single the recorded gradient, or the result, in float32
   * @param error the distance of the two that are compared; NaN if one of them is not finite
   * @param tolerance the largest error that passes
   */
  public record Element(
      Comparison comparison,
      Place place,
      double recorded,
      double finiteDifference,
      double single,
      double error,
      double tolerance) {

    /**
     * Whether the error is within the tolerance.
     *
     * @return true if it is
     */
    public boolean passes() {
      return error <= tolerance;
    }

    /** The error as a multiple of the tolerance; above all others if it is not a number. */
    double severity() {
      if (error == 0) {
        return 0;
      }
      return Double.isNaN(error) ? Double.POSITIVE_INFINITY : error / tolerance;
    }

    /** This element of a function that is so many times smaller. */
    Element dividedBy(double unit) {
      return new Element(
          comparison,
          place,
          recorded / unit,
          finiteDifference / unit,
          single / unit,
          error / unit,
          tolerance / unit);
    }

    private String failure() {
      return Double.isFinite(recorded) ? comparison.failure : "not finite at this point";
    }

    /** A few lines: where the element is, what was compared, how far apart it is. */
    @Override
    public String toString() {
      StringBuilder text = new StringBuilder(place.toString());
      text.append(number("%n  in double precision  %.10g", recorded));
      if (!Double.isNaN(finiteDifference)) {
        text.append(number("%n  finite difference    %.10g", finiteDifference));
      }
      text.append(number("%n  by float32 kernels   %.10g", single));
      return text.append(number("%n  error %.3g", error))
          .append(number(", tolerance %.3g", tolerance))
          .toString();
    }
  }

  /**
   * Whether everything compared was within its tolerance.
   *
   * @return true if nothing failed
   */
  public boolean passes() {
    return failed == 0;
  }

  GradientReport suspecting(List<String> blamed) {
    return new GradientReport(worst, compared, failed, blamed, seed);
  }

  /** The position along each axis of an element of a shape. */
  static List<Integer> indexOf(Shape shape, int element) {
    List<Integer> index = new ArrayList<>();
    int rest = element;
    for (int axis = shape.rank() - 1; axis >= 0; axis--) {
      index.addFirst(rest % shape.dimension(axis));
      rest /= shape.dimension(axis);
    }
    return index;
  }

  private static String number(String format, double value) {
    return String.format(Locale.ROOT, format, value);
  }

  /** The verdict, the worst comparison, and the suspects. */
  @Override
  public String toString() {
    String verdict =
        passes()
            ? "passed: " + compared + " comparisons"
            : "failed: "
                + worst.map(Element::failure).orElse("")
                + "; "
                + failed
                + " of "
                + compared
                + " comparisons failed";
    StringBuilder text =
        new StringBuilder("gradient check ").append(verdict).append(", seed ").append(seed);
    worst.ifPresent(element -> text.append("\nworst: ").append(element));
    suspects.forEach(suspect -> text.append("\nsuspect: ").append(suspect));
    return text.toString();
  }
}
