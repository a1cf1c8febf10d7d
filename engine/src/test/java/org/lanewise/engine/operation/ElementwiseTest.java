package org.lanewise.engine.operation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.lanewise.engine.Tensor;
import org.lanewise.engine.elementwise.UlpError;
import org.lanewise.engine.program.Evaluation;
import org.lanewise.engine.program.Graph;
import org.lanewise.engine.program.Node;

class ElementwiseTest {
  private static final long SEED = 20_261_122;
  private static final int DRAWS = 5000;

  /** What the reference itself may be off, in units of a float. */
  private static final double REFERENCE_ULP = 0x1p-20;

  private static final float[] SPECIAL = {
    Float.NaN,
    Float.POSITIVE_INFINITY,
    Float.MAX_VALUE,
    100,
    3,
    1,
    0.5f,
    Float.MIN_NORMAL,
    Math.nextDown(Float.MIN_NORMAL),
    Float.MIN_VALUE,
    0,
    -0f,
    -Float.MIN_VALUE,
    -Math.nextDown(Float.MIN_NORMAL),
    -Float.MIN_NORMAL,
    -0.5f,
    -1,
    -3,
    -100,
    -Float.MAX_VALUE,
    Float.NEGATIVE_INFINITY
  };

  static Stream<Elementwise> ofSeveralOperands() {
    return Arrays.stream(Elementwise.values()).filter(operation -> operation.arity() > 1);
  }

  @ParameterizedTest
  @EnumSource(Elementwise.class)
  void comparisonsAreThoseThatGiveNothingButOneAndZero(Elementwise operation) {
    boolean conditions = true;
    for (float x : SPECIAL) {
      for (float x1 : SPECIAL) {
        double y = operation.evaluate(x, x1, 2);
        conditions &= y == 0 || y == 1;
      }
    }
    assertThat(operation.isComparison()).isEqualTo(conditions);
  }

  /** Operands all over the domain: half of them of moderate size, half any finite bits. */
  @ParameterizedTest
  @MethodSource("ofSeveralOperands")
  void errorsStayWithinTheDeclaredBound(Elementwise operation) {
    Random random = new Random(SEED);
    float[][] x = new float[operation.arity()][DRAWS];
    for (int i = 0; i < x.length; i++) {
      Interval domain = operation.domain(i);
      for (int j = 0; j < DRAWS; j++) {
        float value;
        do {
          value =
              random.nextBoolean()
                  ? (float) (4 * random.nextGaussian())
                  : Float.intBitsToFloat(random.nextInt());
        } while (!Float.isFinite(value) || !domain.contains(value));
        x[i][j] = value;
      }
    }
    List<String> failures = new ArrayList<>();
    float[] y = kernel(operation, x);
    for (int j = 0; j < DRAWS; j++) {
      double exact = reference(operation, x, j);
      double error = UlpError.of(y[j], exact);
      if (!(error <= operation.maxUlp() + REFERENCE_ULP)) {
        failures.add(describe(operation, x, j) + " is " + y[j] + ", off by " + error + " ULP");
      }
    }
    assertThat(failures).as("seed %d, at most %s ULP", SEED, operation.maxUlp()).isEmpty();
  }

  /** Every combination of NaN, infinities, zeros, subnormals and a few numbers. */
  @ParameterizedTest
  @EnumSource
  void specialValuesAreThoseOfTheReference(Elementwise operation) {
    int count = SPECIAL.length;
    int n = (int) Math.pow(count, operation.arity());
    float[][] x = new float[operation.arity()][n];
    for (int j = 0; j < n; j++) {
      int rest = j;
      for (float[] operand : x) {
        operand[j] = SPECIAL[rest % count];
        rest /= count;
      }
    }
    List<String> failures = new ArrayList<>();
    float[] y = kernel(operation, x);
    for (int j = 0; j < n; j++) {
      double exact = reference(operation, x, j);
      float expected = (float) exact;
      boolean exceptional = Float.isNaN(expected) || Float.isInfinite(expected) || expected == 0;
      boolean met =
          exceptional
              ? Float.compare(y[j], expected) == 0
              : UlpError.of(y[j], exact) <= operation.maxUlp() + REFERENCE_ULP;
      if (!met) {
        failures.add(describe(operation, x, j) + " is " + y[j]);
      }
    }
    assertThat(failures).isEmpty();
  }

  private static float[] kernel(Elementwise operation, float[][] x) {
    Graph graph = new Graph();
    List<Node> operands = new ArrayList<>();
    for (float[] operand : x) {
      operands.add(graph.record(new Leaf.Constant(Tensor.vector(operand)), List.of()));
    }
    return new Evaluation(graph).value(graph.record(operation, operands)).toArray();
  }

  private static double reference(Elementwise operation, float[][] x, int j) {
    return operation.evaluate(
        x[0][j], x.length > 1 ? x[1][j] : Double.NaN, x.length > 2 ? x[2][j] : Double.NaN);
  }

  private static String describe(Elementwise operation, float[][] x, int j) {
    StringBuilder text = new StringBuilder(operation.label());
    for (float[] operand : x) {
      text.append(' ').append(operand[j]);
    }
    return text.append(" = ").append(reference(operation, x, j)).toString();
  }
}
