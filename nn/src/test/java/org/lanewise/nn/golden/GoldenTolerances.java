package org.lanewise.nn.golden;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.lanewise.engine.Tensor;

/**
 * How far from golden values results may be: 2e−6 of each element, gradients 1e−5, and where
 * float32 permits no more, what a row of this table says, with its reason.
 *
 * <p>A row that is not needed is a failure, so that the table stays true.
 */
public final class GoldenTolerances {
  private static final double RESULT = 2e-6;
  private static final double GRADIENT = 1e-5;

  /** Below 3.6e−43 floats have next to no digits left, and what is computed with them fewer. */
  private static final double SPACING = 256 * Float.MIN_VALUE;

  private final List<Row> rows = new ArrayList<>();
  private final Set<Row> needed = new HashSet<>();

  /**
   * A tolerance of its own for a tensor.
   *
   * @param name the name of the cases
   * @param tensor the tensor
   * @param relative the tolerance as a share of each element
   * @param ofLargest what is added to it, as a share of the largest element of the tensor
   * @param reason why float32 permits no less
   */
  private record Row(
      String name, String tensor, double relative, double ofLargest, String reason) {}

  /** This table with one more row: a share of each element and a share of the largest one. */
  public GoldenTolerances wider(
      String name, String tensor, double relative, double ofLargest, String reason) {
    rows.add(new Row(name, tensor, relative, ofLargest, reason));
    return this;
  }

  /** Compares what was computed with a tensor of a case. */
  public void check(GoldenCase golden, String tensor, Tensor actual) {
    GoldenTensor expected = golden.get(tensor);
    assertThat(actual.shape()).as("%s: shape of %s", golden, tensor).isEqualTo(expected.shape());
    Row usual = new Row(golden.name(), tensor, tensor.startsWith("g") ? GRADIENT : RESULT, 0, "");
    Row row =
        rows.stream()
            .filter(some -> some.name().equals(golden.name()) && some.tensor().equals(tensor))
            .findFirst()
            .orElse(usual);
    List<String> failures = failures(golden, expected, actual.toArray(), row);
    assertThat(failures).as("%s: %s %s", golden, tensor, row.reason()).isEmpty();
    if (!failures(golden, expected, actual.toArray(), usual).isEmpty()) {
      needed.add(row);
    }
  }

  /** Every row has been needed by a case that was checked. */
  public void checkAllNeeded() {
    assertThat(needed).as("rows that are needed").containsExactlyInAnyOrderElementsOf(rows);
  }

  private static List<String> failures(
      GoldenCase golden, GoldenTensor expected, float[] actual, Row row) {
    double[] values = expected.values();
    double largest = 0;
    for (double value : values) {
      largest = Double.isFinite(value) ? Math.max(largest, Math.abs(value)) : largest;
    }
    List<String> failures = new ArrayList<>();
    for (int i = 0; i < values.length; i++) {
      double tolerance = row.relative() * Math.abs(values[i]) + row.ofLargest() * largest + SPACING;
      double rounded = (float) values[i];
      boolean met =
          Double.isFinite(rounded)
              ? Math.abs(actual[i] - values[i]) <= tolerance
              : Double.compare(actual[i], rounded) == 0;
      if (!met) {
        failures.add(
            String.format(
                Locale.ROOT,
                "element %d%s: expected %s, was %s, a relative difference of %.1e",
                i,
                at(golden, values.length, i),
                values[i],
                actual[i],
                actual[i] / values[i] - 1));
      }
    }
    return failures;
  }

  /** Where an elementwise function was at. */
  private static String at(GoldenCase golden, int count, int i) {
    GoldenTensor x = golden.tensors().get("x");
    return x != null && x.values().length == count ? " at x = " + x.values()[i] : "";
  }
}
