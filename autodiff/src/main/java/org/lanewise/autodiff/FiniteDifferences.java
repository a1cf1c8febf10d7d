package org.lanewise.autodiff;

import java.util.List;
import org.lanewise.engine.reference.Reference;

/** Derivatives from values alone, in double precision, around one point. */
final class FiniteDifferences {
  /**
   * Steps as shares of the size of the element they are taken from. The first is right for smooth
   * functions: its error is the share to the fourth power, and rounding is magnified by its inverse
   * only. The others are for functions that bend sharply close to the point.
   */
  private static final double[] STEPS = {0x1p-13, 0x1p-17, 0x1p-21, 0x1p-25};

  private final List<Variable> inputs;
  private final List<double[]> point;

  FiniteDifferences(List<Variable> inputs) {
    this.inputs = inputs;
    this.point = inputs.stream().map(input -> new Reference().value(input.node())).toList();
  }

  /**
   * The difference quotient that agrees best with an expected derivative: the first that is within
   * the tolerance, or else the nearest.
   *
   * @param relative the tolerance as a share of the derivative
   * @param absolute a number that is added to the tolerance
   */
  double nearest(
      WeightedSum sum, int input, int element, double expected, double relative, double absolute) {
    double nearest = Double.NaN;
    for (double step : STEPS) {
      double quotient = quotient(sum, input, element, step * size(point.get(input)[element]));
      double error = Math.abs(quotient - expected);
      if (Double.isNaN(nearest) || error < Math.abs(nearest - expected)) {
        nearest = quotient;
      }
      if (error <= relative * Math.max(Math.abs(quotient), Math.abs(expected)) + absolute) {
        break;
      }
    }
    return nearest;
  }

  /** The power of two below |x|, at least 1. */
  private static double size(double x) {
    return Math.scalb(1.0, Math.max(0, Math.getExponent(x)));
  }

  /** Four points, correct for polynomials of degree 4: Abramowitz and Stegun 25.3.6. */
  private double quotient(WeightedSum sum, int input, int element, double h) {
    double[] below2 = terms(sum, input, element, -2 * h);
    double[] below = terms(sum, input, element, -h);
    double[] above = terms(sum, input, element, h);
    double[] above2 = terms(sum, input, element, 2 * h);
    double total = 0;
    for (int i = 0; i < above.length; i++) {
      total += 8 * (above[i] - below[i]) - (above2[i] - below2[i]);
    }
    return total / (12 * h);
  }

  private double[] terms(WeightedSum sum, int input, int element, double shift) {
    Reference reference = new Reference();
    for (int i = 0; i < inputs.size(); i++) {
      double[] x = point.get(i);
      if (i == input) {
        x = x.clone();
        x[element] += shift;
      }
      reference.set(inputs.get(i).node(), x);
    }
    return sum.terms(reference);
  }
}
