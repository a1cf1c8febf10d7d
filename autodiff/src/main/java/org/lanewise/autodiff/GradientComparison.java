package org.lanewise.autodiff;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.lanewise.autodiff.GradientReport.Comparison;
import org.lanewise.autodiff.GradientReport.Element;
import org.lanewise.autodiff.GradientReport.Place;
import org.lanewise.engine.random.RandomStream;
import org.lanewise.engine.reference.Reference;

/** One run of a {@link GradientCheck}: its comparisons at one point. */
final class GradientComparison {
  // How much of the scales at which rounding errors arise is added to each tolerance.
  private static final double SCALE_OF_DIFFERENCES = 1.0 / 1000;
  private static final double SCALE_OF_KERNELS = 1.0 / 50;

  private final GradientCheck check;
  private final List<Variable> inputs;
  private final FiniteDifferences differences;
  private final Reference reference = new Reference();
  private final double largestInput;
  private @Nullable Element worst;
  private double scale;
  private long compared;
  private long failed;

  GradientComparison(GradientCheck check, List<Variable> inputs) {
    this.check = check;
    this.inputs = inputs;
    this.differences = new FiniteDifferences(inputs);
    this.largestInput = inputs.stream().mapToDouble(this::largest).max().orElse(0);
  }

  GradientReport run(Variable result) {
    compareResult(result);
    List<Variable> outputs = List.of(result);
    double unit = 1;
    for (int order = 1; order <= check.order() && failed == 0; order++) {
      RandomStream random = RandomStream.of(check.seed()).child(order);
      WeightedSum sum = new WeightedSum(outputs, random);
      Variable scalar = sum.record();
      outputs = scalar.tape().gradients(scalar, inputs).all();
      unit *= sum.unit();
      compareGradients(order, sum, outputs, unit, random);
    }
    return new GradientReport(
        Optional.ofNullable(worst), compared, failed, List.of(), check.seed());
  }

  private void compareResult(Variable result) {
    double[] exact = reference.value(result.node());
    float[] single = result.value().toArray();
    double tolerance =
        check.kernelTolerance() * (largest(result) + SCALE_OF_KERNELS * largestInput);
    for (int i = 0; i < exact.length; i++) {
      Place place = Place.ofResult(result.shape(), i);
      add(ofKernels(Comparison.RESULT, place, exact[i], Double.NaN, single[i], tolerance));
    }
  }

  /** Compares the gradients of a sum, all of them so many times too large. */
  private void compareGradients(
      int order, WeightedSum sum, List<Variable> gradients, double unit, RandomStream random) {
    double magnitude =
        Arrays.stream(sum.terms(reference)).map(Math::abs).filter(Double::isFinite).sum();
    // Where a gradient cancels to nothing its rounding errors do not, nor do theirs.
    scale =
        Math.max(
            scale,
            gradients.stream().mapToDouble(this::largest).max().orElse(0)
                + magnitude / Math.max(1, largestInput));
    double blur = check.tolerance() * SCALE_OF_DIFFERENCES * scale;
    for (int input = 0; input < inputs.size(); input++) {
      Variable gradient = gradients.get(input);
      double[] exact = reference.value(gradient.node());
      float[] single = gradient.value().toArray();
      double tolerance = check.kernelTolerance() * (largest(gradient) + SCALE_OF_KERNELS * scale);
      BitSet sample = sample(exact.length, random.child("sample" + input));
      for (int i = 0; i < exact.length; i++) {
        Place place = Place.ofGradient(order, input, gradient.shape(), i);
        double difference = Double.NaN;
        if (sample.get(i)) {
          difference = differences.nearest(sum, input, i, exact[i], check.tolerance(), blur);
          add(ofDifference(place, exact[i], difference, single[i], blur).dividedBy(unit));
        }
        add(
            ofKernels(Comparison.KERNEL, place, exact[i], difference, single[i], tolerance)
                .dividedBy(unit));
      }
    }
  }

  private Element ofDifference(
      Place place, double exact, double difference, float single, double blur) {
    double error = Math.abs(exact - difference);
    double tolerance = check.tolerance() * Math.max(Math.abs(exact), Math.abs(difference)) + blur;
    return new Element(Comparison.DERIVATIVE, place, exact, difference, single, error, tolerance);
  }

  private static Element ofKernels(
      Comparison comparison,
      Place place,
      double exact,
      double difference,
      float single,
      double tolerance) {
    double error = Math.abs(single - exact);
    return new Element(comparison, place, exact, difference, single, error, tolerance);
  }

  /** Which of n elements are compared with finite differences. */
  private BitSet sample(int n, RandomStream random) {
    BitSet sample = new BitSet(n);
    if (n <= check.elements()) {
      sample.set(0, n);
    } else {
      Arrays.stream(random.permutation(n)).limit(check.elements()).forEach(sample::set);
    }
    return sample;
  }

  private double largest(Variable x) {
    return Arrays.stream(reference.value(x.node()))
        .map(Math::abs)
        .filter(Double::isFinite)
        .max()
        .orElse(0);
  }

  private void add(Element element) {
    compared++;
    failed += element.passes() ? 0 : 1;
    if (worst == null || element.severity() > worst.severity()) {
      worst = element;
    }
  }
}
