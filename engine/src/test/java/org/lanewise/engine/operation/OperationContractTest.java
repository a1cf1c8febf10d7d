package org.lanewise.engine.operation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.lanewise.engine.Tensor;
import org.lanewise.engine.elementwise.UlpError;
import org.lanewise.engine.program.Evaluation;
import org.lanewise.engine.program.Graph;
import org.lanewise.engine.program.Node;
import org.lanewise.engine.reference.Reference;

/** Every kind of operation: its float32 kernel against the double-precision reference. */
class OperationContractTest {
  private static final long SEED = 20_261_121;

  /** The error of one rounding to the nearest float. */
  private static final double UNIT_ROUNDOFF = 0x1p-24;

  /** What the reference itself may be off, in units of a float. */
  private static final double REFERENCE_ULP = 0x1p-20;

  @Test
  void everyKindOfOperationHasASample() {
    List<Class<?>> kinds = OperationSamples.kinds();
    List<Operation> sampled = new ArrayList<>();
    OperationSamples.all().forEach(sample -> sampled.add(sample.operation()));

    assertThat(kinds).hasSizeGreaterThan(10);
    assertThat(kinds)
        .allSatisfy(kind -> assertThat(sampled).as("samples").hasAtLeastOneElementOfType(kind));
    assertThat(sampled).contains(Elementwise.values());
    Set<Reduction.Kind> reductions = new HashSet<>();
    sampled.forEach(
        operation -> {
          if (operation instanceof Reduction(var kind, _)) {
            reductions.add(kind);
          }
        });
    assertThat(reductions).containsExactlyInAnyOrder(Reduction.Kind.values());
  }

  @Test
  void kernelsAgreeWithTheReference() {
    List<String> failures = new ArrayList<>();
    List<OperationSample> samples = OperationSamples.all();
    samples.forEach(sample -> check(sample, failures));

    assertThat(failures).as("of %d samples, drawn with seed %d", samples.size(), SEED).isEmpty();
  }

  @Test
  void kernelsThatShareTheWorkAgreeWithTheReference() {
    List<String> failures = new ArrayList<>();
    OperationSamples.parallel().forEach(sample -> check(sample, failures));

    assertThat(failures).as("drawn with seed %d", SEED).isEmpty();
  }

  private static void check(OperationSample sample, List<String> failures) {
    List<Tensor> operands = sample.draw(new Random(SEED));
    List<float[]> before = operands.stream().map(operand -> operand.storage().clone()).toList();
    Graph graph = new Graph();
    Node node = sample.record(graph, operands);
    Tensor value = new Evaluation(graph).value(node);
    double[] exact = new Reference().value(node);

    if (!value.shape().equals(node.shape())) {
      failures.add(sample + ": shape " + value.shape() + " instead of " + node.shape());
      return;
    }
    for (int i = 0; i < operands.size(); i++) {
      if (!Arrays.equals(operands.get(i).storage(), before.get(i))) {
        failures.add(sample + ": operand " + i + " was written to");
      }
    }
    double[] tolerance = tolerance(sample, operands);
    float[] y = value.toArray();
    for (int i = 0; i < y.length; i++) {
      double error =
          sample.operation() instanceof Elementwise
              ? UlpError.of(y[i], exact[i])
              : y[i] == exact[i] ? 0 : Math.abs(y[i] - exact[i]);
      if (error != 0 && !(error <= tolerance[i])) {
        failures.add(
            String.format(
                Locale.ROOT,
                "%s: element %d is %s instead of %s, off by %s and not at most %s",
                sample,
                i,
                y[i],
                exact[i],
                error,
                tolerance[i]));
        return;
      }
    }
  }

  /**
   * The declared bound in ULP for an elementwise operation. For others the forward error of a sum,
   * n u / (1 − n u) times the sum of the magnitudes, where n is the number of roundings that a term
   * goes through (Higham, Accuracy and Stability of Numerical Algorithms, 2002, section 4.2); 0
   * where nothing is added up.
   */
  private static double[] tolerance(OperationSample sample, List<Tensor> operands) {
    if (sample.operation() instanceof Elementwise elementwise) {
      double[] bounds = new double[sample.record(new Graph(), operands).shape().size()];
      Arrays.fill(bounds, elementwise.maxUlp() + REFERENCE_ULP);
      return bounds;
    }
    Graph graph = new Graph();
    Node node = sample.record(graph, operands);
    Reference magnitudes = new Reference();
    for (Node operand : node.operands()) {
      magnitudes.set(
          operand, Arrays.stream(new Reference().value(operand)).map(Math::abs).toArray());
    }
    double rounded = sample.roundings() * UNIT_ROUNDOFF;
    return Arrays.stream(magnitudes.value(node)).map(x -> rounded / (1 - rounded) * x).toArray();
  }
}
