package org.lanewise.nn.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lanewise.autodiff.Variable;
import org.lanewise.engine.Tensor;
import org.lanewise.nn.Samples;

/** Every optimizer against a plain re-implementation in double precision. */
final class OptimizerTest {
  private static final long SEED = 99;
  private static final int STEPS = 50;
  private static final int SIZE = 17;

  /** How far parameters may be off, relative to the largest of them: 17 roundings of float32. */
  private static final double TOLERANCE = 2e-6;

  /** One rule, step by step, for one parameter. */
  private interface Rule {
    /** Changes the parameter at step t, from 1. */
    void step(double[] parameter, double[] gradient, double rate, int t);
  }

  private static final class PlainSgd implements Rule {
    private final double momentum;
    private final double[] velocity = new double[SIZE];

    PlainSgd(double momentum) {
      this.momentum = momentum;
    }

    @Override
    public void step(double[] parameter, double[] gradient, double rate, int t) {
      for (int i = 0; i < SIZE; i++) {
        velocity[i] = momentum * velocity[i] - rate * gradient[i];
        parameter[i] += velocity[i];
      }
    }
  }

  private static final class PlainAdam implements Rule {
    private final Adam adam;
    private final double[] m = new double[SIZE];
    private final double[] v = new double[SIZE];

    PlainAdam(Adam adam) {
      this.adam = adam;
    }

    @Override
    public void step(double[] parameter, double[] gradient, double rate, int t) {
      for (int i = 0; i < SIZE; i++) {
        m[i] = adam.beta1() * m[i] + (1 - adam.beta1()) * gradient[i];
        v[i] = adam.beta2() * v[i] + (1 - adam.beta2()) * gradient[i] * gradient[i];
        double first = m[i] / (1 - Math.pow(adam.beta1(), t));
        double second = v[i] / (1 - Math.pow(adam.beta2(), t));
        parameter[i] -= rate * first / (Math.sqrt(second) + adam.epsilon());
      }
    }
  }

  /** A function to descend and its gradient. */
  private record Problem(
      String name, UnaryOperator<Variable> function, UnaryOperator<double[]> gradient) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static final Tensor CURVATURES = Samples.uniform(0.1, 1.5, SEED, SIZE);
  private static final Tensor MATRIX = Samples.normal(SEED + 1, SIZE, SIZE);

  /** Σ cᵢ xᵢ² / 2. */
  private static final Problem QUADRATIC =
      new Problem(
          "quadratic",
          x -> x.square().multiply(x.tape().constant(CURVATURES)).sum().divide(2),
          x -> {
            double[] gradient = new double[SIZE];
            for (int i = 0; i < SIZE; i++) {
              gradient[i] = CURVATURES.get(i) * x[i];
            }
            return gradient;
          });

  /** Σ tanh (A x)ᵢ / 4, with a random matrix A. */
  private static final Problem RANDOM =
      new Problem(
          "random",
          x -> x.tape().constant(MATRIX).matmul(x.expand(-1)).tanh().sum().divide(4),
          x -> {
            double[] gradient = new double[SIZE];
            for (int i = 0; i < SIZE; i++) {
              double sum = 0;
              for (int j = 0; j < SIZE; j++) {
                sum += MATRIX.get(i, j) * x[j];
              }
              double slope = (1 - Math.tanh(sum) * Math.tanh(sum)) / 4;
              for (int j = 0; j < SIZE; j++) {
                gradient[j] += slope * MATRIX.get(i, j);
              }
            }
            return gradient;
          });

  private static Rule plain(Optimizer optimizer) {
    return switch (optimizer) {
      case Sgd sgd -> new PlainSgd(sgd.momentum());
      case Adam adam -> new PlainAdam(adam);
      case Optimizer other -> throw new AssertionError("write down what " + other + " does");
    };
  }

  private static Stream<Arguments> optimizersAndProblems() {
    return Stream.of(
            Optimizer.sgd(0.1),
            Optimizer.momentum(0.03, 0.9),
            Optimizer.adam(0.01),
            new Adam(0.1, 0.5, 0.9, 0.01),
            new Adam(0.02, 0, 0, 1e-3))
        .flatMap(
            optimizer ->
                Stream.of(QUADRATIC, RANDOM).map(problem -> Arguments.of(optimizer, problem)));
  }

  @ParameterizedTest
  @MethodSource("optimizersAndProblems")
  void followsItsDefinition(Optimizer optimizer, Problem problem) {
    Tensor start = Samples.normal(SEED + 2, SIZE);
    Descent descent = new Descent(optimizer, start, problem.function());
    Rule rule = plain(optimizer);
    double[] expected = new double[SIZE];
    double largest = 0;
    for (int i = 0; i < SIZE; i++) {
      expected[i] = start.get(i);
      largest = Math.max(largest, Math.abs(expected[i]));
    }
    for (int t = 1; t <= STEPS; t++) {
      // Halfway the learning rate is halved: nothing needs to be recorded anew for that.
      double rate = optimizer.learningRate() * (t <= STEPS / 2 ? 1 : 0.5);
      descent.learningRate(rate);
      descent.step();
      rule.step(expected, problem.gradient().apply(expected), rate, t);
      for (int i = 0; i < SIZE; i++) {
        assertThat((double) descent.parameter()[i])
            .as("element %d after step %d, seed %d", i, t, SEED)
            .isCloseTo(expected[i], within(TOLERANCE * largest));
      }
    }
  }

  @Test
  void theFirstStepOfAdamIsTheLearningRate() {
    // m̂ / √v̂ is the sign of the gradient, up to ε and a few roundings.
    for (float gradient : new float[] {1e-3f, 1, -1e3f}) {
      Descent descent =
          new Descent(Optimizer.adam(1), Tensor.vector(0), x -> x.multiply(gradient).sum());
      descent.step();
      double expected = -gradient / (Math.abs(gradient) + 1e-7);
      assertThat((double) descent.parameter()[0]).isCloseTo(expected, within(4e-7));
    }
  }

  @Test
  void aZeroGradientMovesNothing() {
    for (Optimizer optimizer :
        List.of(Optimizer.sgd(0.1), Optimizer.momentum(0.1, 0.9), Optimizer.adam(0.1))) {
      Descent descent = new Descent(optimizer, Tensor.vector(3), x -> x.multiply(0).sum());
      descent.step();
      descent.step();
      assertThat(descent.parameter()).containsExactly(3);
    }
  }

  @Test
  void sgdWithoutMomentumRemembersNothing() {
    UnaryOperator<Variable> function = x -> x.square().sum();
    assertThat(new Descent(Optimizer.sgd(1), Tensor.vector(1), function).slots()).isEmpty();
    assertThat(new Descent(Optimizer.momentum(1, 0.5), Tensor.vector(1), function).slots())
        .containsOnlyKeys("momentum");
  }

  @Test
  void hasTheUsualConstants() {
    assertThat(Optimizer.adam(0.001)).isEqualTo(new Adam(0.001, 0.9, 0.999, 1e-7));
    assertThat(Optimizer.sgd(0.01)).isEqualTo(new Sgd(0.01, 0));
    assertThat(Optimizer.momentum(0.01, 0.9)).isEqualTo(new Sgd(0.01, 0.9));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -0.1, Double.NaN, Double.POSITIVE_INFINITY})
  void refusesLearningRates(double rate) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Optimizer.sgd(rate))
        .withMessage("sgd: expected a learning rate above 0 and finite as a float, was " + rate);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Optimizer.adam(rate))
        .withMessage("adam: expected a learning rate above 0 and finite as a float, was " + rate);
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.1, 1, Double.NaN})
  void refusesDecays(double decay) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Optimizer.momentum(0.1, decay))
        .withMessage("sgd: expected momentum from 0 to below 1, was " + decay);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Adam(0.1, decay, 0.999, 1e-7))
        .withMessage("adam: expected beta1 from 0 to below 1, was " + decay);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Adam(0.1, 0.9, decay, 1e-7))
        .withMessage("adam: expected beta2 from 0 to below 1, was " + decay);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1e-7, Double.NaN})
  void refusesEpsilons(double epsilon) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Adam(0.1, 0.9, 0.999, epsilon))
        .withMessage("adam: expected epsilon above 0 and finite as a float, was " + epsilon);
  }
}
