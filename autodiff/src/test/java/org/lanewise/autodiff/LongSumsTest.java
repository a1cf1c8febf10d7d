package org.lanewise.autodiff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lanewise.engine.Shape;
import org.lanewise.engine.Tensor;
import org.lanewise.engine.operation.MatrixProduct;
import org.lanewise.engine.program.Program;
import org.lanewise.engine.random.Distribution;
import org.lanewise.engine.random.RandomStream;

/** Sums of many terms stay within the declared bounds, which grow with their logarithm alone. */
final class LongSumsTest {
  private static final double UNIT = 0x1p-24;
  private static final long SEED = 20261126;

  private static double log2(double x) {
    return Math.log(x) / Math.log(2);
  }

  private static double boundOfReduction(double n) {
    return (64 + log2(n)) * UNIT;
  }

  private static double boundOfProduct(double k) {
    double segments = Math.ceil(k / MatrixProduct.SEGMENT);
    return (Math.min(k, MatrixProduct.SEGMENT) + log2(segments) + 1) * UNIT;
  }

  /** A value as a tape computes it, and as a program does. */
  private static List<Tensor> computed(Tape tape, Variable y) {
    Program program = tape.program(List.of(y), List.of());
    program.run();
    return List.of(y.value(), program.value(y.node()));
  }

  @ParameterizedTest
  @ValueSource(ints = {1 << 12, 1 << 20, 3_000_000})
  void meansOfEqualNumbersAreThatNumber(int n) {
    for (int[] dimensions : new int[][] {{n, 2}, {2, n}}) {
      Tape tape = new Tape();
      Variable x = tape.input("x", Tensor.full(0.1f, Shape.of(dimensions)));
      for (Tensor mean : computed(tape, x.mean(dimensions[0] == n ? 0 : 1))) {
        // The error of the sum, and the rounding of the quotient.
        double bound = 0.1f * (boundOfReduction(n) + UNIT);
        assertThat((double) mean.get(0)).isCloseTo(0.1f, within(bound));
        assertThat((double) mean.get(1)).isCloseTo(0.1f, within(bound));
      }
    }
  }

  @Test
  void sumsOfRandomNumbersAreWithinTheBound() {
    int n = 1 << 20;
    float[] x = new float[n];
    RandomStream.of(SEED).fill(Distribution.uniform(-1, 2), x, 0, n);
    double exact = 0;
    double magnitude = 0;
    for (float each : x) {
      exact += each;
      magnitude += Math.abs(each);
    }
    Tape tape = new Tape();
    for (Variable sum :
        List.of(
            tape.input("row", Tensor.of(x, n)).sum(),
            tape.input("column", Tensor.of(x, n, 1)).sum())) {
      for (Tensor value : computed(tape, sum)) {
        assertThat((double) value.item())
            .as("seed %d", SEED)
            .isCloseTo(exact, within(boundOfReduction(n) * magnitude));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {100_000, 1_000_000})
  void theGradientOfAKernelDoesNotDriftWithTheBatch(int n) {
    Tape tape = new Tape();
    Variable x = tape.input("x", Tensor.full(0.2f, Shape.of(n, 3)));
    Variable kernel = tape.input("kernel", Tensor.full(1, Shape.of(3, 2)));
    Variable mean = x.matmul(kernel).sum(1).mean();
    Variable gradient = tape.gradients(mean, kernel).of(kernel);
    for (Tensor value : computed(tape, gradient)) {
      for (float element : value.toArray()) {
        assertThat((double) element).isCloseTo(0.2f, within(0.2f * (boundOfProduct(n) + UNIT)));
      }
    }
  }

  @Test
  void deepProductsOfVectorsDoNotDrift() {
    int k = 10_000_000;
    Tape tape = new Tape();
    Variable x = tape.input("x", Tensor.full(0.1f, Shape.of(1, k)));
    Variable ones = tape.input("ones", Tensor.full(1, Shape.of(k, 1)));
    double exact = (double) 0.1f * k;
    assertThat((double) x.matmul(ones).value().item())
        .isCloseTo(exact, within(exact * boundOfProduct(k)));
  }

  @Test
  void rowsThatAreUsedOftenGetTheirGradient() {
    int n = 1_000_000;
    Tape tape = new Tape();
    Variable table = tape.input("table", Tensor.zeros(3, 2));
    Variable gathered = table.gatherRows(tape.constant(Tensor.full(1, Shape.of(n))));
    Variable weights = tape.input("weights", Tensor.full(0.1f, Shape.of(n, 2)));
    Variable gradient = tape.gradients(gathered.multiply(weights).sum(), table).of(table);
    double exact = (double) 0.1f * n;
    float[] sums = gradient.value().toArray();
    assertThat(new float[] {sums[0], sums[1], sums[4], sums[5]}).containsOnly(0);
    assertThat((double) sums[2]).isCloseTo(exact, within(exact * boundOfReduction(n)));
    assertThat(sums[3]).isEqualTo(sums[2]);
  }
}
