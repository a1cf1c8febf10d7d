package org.lanewise.nn.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.DoubleFunction;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lanewise.autodiff.Tape;
import org.lanewise.autodiff.Variable;
import org.lanewise.engine.Shape;
import org.lanewise.engine.Tensor;
import org.lanewise.nn.Implementations;
import org.lanewise.nn.initializer.Initializer;
import org.lanewise.nn.layer.Parameter;
import org.lanewise.nn.network.Parameters;

/** What all optimizers have in common, and what their golden values do not tell. */
final class OptimizerTest {
  /** Of a kernel k and a bias b, in the order in which files of checkpoints hold them. */
  private static final Map<String, String> REMEMBERED =
      Map.ofEntries(
          Map.entry("sgd", ""),
          Map.entry("momentum", "momentum/k momentum/b"),
          Map.entry("nesterov", "momentum/k momentum/b"),
          Map.entry("ada_grad", "s/k s/b"),
          Map.entry("rms_prop", "s/k s/b"),
          Map.entry("rms_prop_centered", "d/k variance/k d/b variance/b"),
          Map.entry("adam", "v/k v_weight m/k m_weight v/b m/b"),
          Map.entry("ams_grad", "v/k v_max/k v_weight m/k m_weight v/b v_max/b m/b"),
          Map.entry("ada_max", "u/k m/k m_weight u/b m/b"),
          Map.entry("nadam", "steps mu_weight m/k v/k v_weight m/b v/b"),
          Map.entry("adam_w", "v/k v_weight m/k m_weight v/b m/b"),
          Map.entry("lion", "m/k m/b"));

  @Test
  void aZeroGradientMovesNothing() {
    ListedOptimizers.all(0.1)
        .forEach(
            (name, optimizer) -> {
              Descent descent = new Descent(optimizer, Tensor.vector(3), 0);
              descent.step(0);
              descent.step(0);
              assertThat(descent.parameter()).as(name).containsExactly(3);
            });
  }

  @Test
  void aStepGoesDownhill() {
    ListedOptimizers.all(0.1)
        .forEach(
            (name, optimizer) -> {
              Descent descent = new Descent(optimizer, Tensor.vector(0, 0));
              descent.step(2, -3);
              assertThat(descent.parameter()[0]).as(name).isNegative();
              assertThat(descent.parameter()[1]).as(name).isPositive();
            });
  }

  @Test
  void theFirstStepOfAdamIsTheLearningRate() {
    // m̂ / √v̂ is the sign of the gradient, up to ε and a few roundings.
    for (float gradient : new float[] {1e-3f, 1, -1e3f}) {
      Descent descent = new Descent(Optimizer.adam(1), Tensor.vector(0));
      descent.step(gradient);
      double expected = -gradient / (Math.abs(gradient) + 1e-7);
      assertThat((double) descent.parameter()[0]).isCloseTo(expected, within(4e-7));
    }
  }

  @Test
  void amsGradDoesNotForgetALargeGradient() {
    Descent adam = new Descent(new Adam(0.1, 0, 0.5, 1e-7), Tensor.vector(0));
    Descent amsGrad = new Descent(new AmsGrad(0.1, 0, 0.5, 1e-7), Tensor.vector(0));
    adam.step(100);
    amsGrad.step(100);
    for (int t = 0; t < 30; t++) {
      adam.step(1);
      amsGrad.step(1);
    }
    assertThat(adam.parameter()[0]).isLessThan(-2);
    assertThat(amsGrad.parameter()[0]).isGreaterThan(-0.2f);
  }

  @Test
  void remembersNoMoreThanItNeedsUnderNamesThatStay() {
    List<Parameter> parameters =
        Stream.of("k", "b")
            .map(name -> Parameter.trainable(name, shapeOf(name), Initializer.constant(1)))
            .toList();
    ListedOptimizers.all(0.1)
        .forEach(
            (name, optimizer) -> {
              Parameters state = RecordedSlots.start(optimizer, parameters);
              assertThat(String.join(" ", state.names())).as(name).isEqualTo(REMEMBERED.get(name));
              for (String slot : state.names()) {
                assertThat(state.get(slot).shape())
                    .as("%s: %s", name, slot)
                    .isEqualTo(shapeOf(slot.substring(slot.indexOf('/') + 1)));
                assertThat(state.get(slot).toArray()).containsOnly(0);
              }
            });
  }

  private static Shape shapeOf(String parameter) {
    return switch (parameter) {
      case "k" -> Shape.of(2, 3);
      case "b" -> Shape.of(3);
      default -> Shape.SCALAR;
    };
  }

  /** What is not declared is refused: {@link RecordedSlotsTest}. */
  @Test
  void readsAndChangesWhatItDeclares() {
    ListedOptimizers.all(0.1)
        .forEach(
            (name, optimizer) -> {
              Set<String> read = new HashSet<>();
              Set<String> changed = new HashSet<>();
              Tape tape = new Tape();
              Variable x = tape.input("x", Tensor.zeros(2, 3));
              Variable number = tape.constant(0.5);
              Slots spied =
                  new Slots() {
                    @Override
                    public Variable get(String slot) {
                      read.add(slot);
                      return tape.input(slot, Tensor.zeros(2, 3));
                    }

                    @Override
                    public void set(String slot, Variable value) {
                      assertThat(value.shape()).isEqualTo(Shape.of(2, 3));
                      changed.add(slot);
                    }

                    @Override
                    public Variable shared(String slot, UnaryOperator<Variable> next) {
                      read.add(slot);
                      changed.add(slot);
                      return next.apply(tape.input(slot, Tensor.zeros()));
                    }
                  };
              optimizer.step(spied, x, x, new Hyperparameters(number, number, 1));
              Set<String> declared =
                  optimizer.slots(x.shape()).stream().map(Slot::name).collect(Collectors.toSet());
              assertThat(read).as(name).isEqualTo(declared);
              assertThat(changed).as(name).isEqualTo(declared);
            });
  }

  @Test
  void decayShrinksWeightsByTheLearningRateAndTheFactor() {
    Optimizer optimizer = Optimizer.sgd(0.5).weightDecay(0.25);
    for (double factor : new double[] {1, 0.5, 0}) {
      Descent descent = new Descent(optimizer, Tensor.vector(8), factor);
      descent.step(0);
      assertThat(descent.parameter()).containsExactly((float) (8 * (1 - 0.125 * factor)));
    }
  }

  @Test
  void hasTheUsualConstants() {
    assertThat(Optimizer.sgd(0.01)).isEqualTo(new Sgd(0.01));
    assertThat(Optimizer.momentum(0.01, 0.9)).isEqualTo(new Momentum(0.01, 0.9));
    assertThat(Optimizer.nesterov(0.01, 0.9)).isEqualTo(new Nesterov(0.01, 0.9));
    assertThat(Optimizer.adaGrad(0.01)).isEqualTo(new AdaGrad(0.01, 1e-10));
    assertThat(Optimizer.rmsProp(0.001)).isEqualTo(new RmsProp(0.001, 0.9, 1e-7, false));
    assertThat(Optimizer.adam(0.001)).isEqualTo(new Adam(0.001, 0.9, 0.999, 1e-7));
    assertThat(Optimizer.adaMax(0.002)).isEqualTo(new AdaMax(0.002, 0.9, 0.999, 1e-7));
    assertThat(Optimizer.nadam(0.001)).isEqualTo(new Nadam(0.001, 0.9, 0.999, 1e-7, 0.004));
    assertThat(Optimizer.amsGrad(0.001)).isEqualTo(new AmsGrad(0.001, 0.9, 0.999, 1e-7));
    assertThat(Optimizer.adamW(0.001)).isEqualTo(new WeightDecay(Optimizer.adam(0.001), 0.01));
    assertThat(Optimizer.lion(0.0001)).isEqualTo(new Lion(0.0001, 0.9, 0.99));
  }

  @Test
  void saysWhatItsMomentumIs() {
    ListedOptimizers.all(0.1)
        .forEach(
            (name, optimizer) -> {
              boolean without =
                  Set.of("sgd", "ada_grad", "rms_prop", "rms_prop_centered").contains(name);
              assertThat(optimizer.momentum()).as(name).isEqualTo(without ? 0 : 0.9);
              assertThat(optimizer.learningRate()).as(name).isEqualTo(0.1);
            });
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -0.1, Double.NaN, Double.POSITIVE_INFINITY})
  void refusesLearningRates(double rate) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Optimizer.sgd(rate))
        .withMessage("sgd: expected a learning rate above 0 and finite as a float, was " + rate);
    ListedOptimizers.byRate()
        .forEach(
            (name, optimizer) ->
                assertThatIllegalArgumentException()
                    .as(name)
                    .isThrownBy(() -> optimizer.apply(rate))
                    .withMessageContaining("expected a learning rate above 0"));
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.1, 1, Double.NaN})
  void refusesDecays(double decay) {
    refuses("momentum: expected a momentum", decay, () -> Optimizer.momentum(0.1, decay));
    refuses("nesterov: expected a momentum", decay, () -> Optimizer.nesterov(0.1, decay));
    refuses("rms_prop: expected a decay", decay, () -> new RmsProp(0.1, decay, 1e-7, false));
    refuses("adam: expected beta1", decay, () -> new Adam(0.1, decay, 0.999, 1e-7));
    refuses("adam: expected beta2", decay, () -> new Adam(0.1, 0.9, decay, 1e-7));
    refuses("ams_grad: expected beta1", decay, () -> new AmsGrad(0.1, decay, 0.999, 1e-7));
    refuses("ada_max: expected beta2", decay, () -> new AdaMax(0.1, 0.9, decay, 1e-7));
    refuses("nadam: expected beta1", decay, () -> new Nadam(0.1, decay, 0.999, 1e-7, 0.004));
    refuses("lion: expected beta1", decay, () -> new Lion(0.1, decay, 0.99));
    refuses("lion: expected beta2", decay, () -> new Lion(0.1, 0.9, decay));
  }

  private static void refuses(String expected, double decay, Runnable made) {
    assertThatIllegalArgumentException()
        .isThrownBy(made::run)
        .withMessage(expected + " from 0 to below 1, was " + decay);
  }

  /** Those that divide by a root of squares of gradients, by how they are made of ε. */
  private static Map<String, DoubleFunction<Optimizer>> dividingByRoots() {
    return Map.of(
        "adam", epsilon -> Optimizer.adam(1).epsilon(epsilon),
        "ams_grad", epsilon -> Optimizer.amsGrad(1).epsilon(epsilon),
        "nadam", epsilon -> Optimizer.nadam(1).epsilon(epsilon),
        "ada_grad", epsilon -> Optimizer.adaGrad(1).epsilon(epsilon),
        "rms_prop", epsilon -> Optimizer.rmsProp(1).epsilon(epsilon));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1e-7, 9e-19, 1e-30, 2e18, Double.NaN})
  void refusesEpsilons(double epsilon) {
    dividingByRoots()
        .forEach(
            (name, optimizer) ->
                assertThatIllegalArgumentException()
                    .isThrownBy(() -> optimizer.apply(epsilon))
                    .withMessage(name + ": expected epsilon from 1e-18 to 1e18, was " + epsilon));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1e-7, Double.NaN})
  void refusesNumbersThatAreNotAboveZero(double number) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Optimizer.adaMax(1).epsilon(number))
        .withMessage("ada_max: expected epsilon above 0 and finite as a float, was " + number);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Optimizer.nadam(1).momentumDecay(number))
        .withMessage(
            "nadam: expected a momentum decay above 0 and finite as a float, was " + number);
  }

  /** Squares below 1e-45 are 0 as floats; averages multiply them by 1 − β₂ besides. */
  @ParameterizedTest
  @ValueSource(floats = {1e-16f, 1e-19f, 1e-20f, 1e-22f, 1e-24f, 1e-30f, 1e-40f})
  void noStepIsLargeWhereSquaresUnderflow(float gradient) {
    Map<String, Double> shares =
        Map.of("adam", 1.0, "ams_grad", 1.0, "ada_grad", 1.0, "rms_prop", Math.sqrt(0.1));
    shares.forEach(
        (name, share) ->
            assertFirstStep(
                Objects.requireNonNull(dividingByRoots().get(name)).apply(1e-18),
                gradient,
                -gradient / (share * gradient + 1e-18)));
    assertFirstStep(Optimizer.adaMax(1).epsilon(1e-30), gradient, -gradient / (gradient + 1e-30));
  }

  private static void assertFirstStep(Optimizer optimizer, float gradient, double expected) {
    Descent descent = new Descent(optimizer, Tensor.vector(0));
    descent.step(gradient);
    assertThat((double) descent.parameter()[0])
        .as(optimizer.toString())
        .isCloseTo(expected, within(1e-3 * Math.abs(expected)));
  }

  @Test
  void eachNumberIsReplacedAlone() {
    assertThat(Optimizer.adam(0.1).beta1(0.8).beta2(0.9).epsilon(1e-8))
        .isEqualTo(new Adam(0.1, 0.8, 0.9, 1e-8));
    assertThat(Optimizer.amsGrad(0.1).beta1(0.8).beta2(0.9).epsilon(1e-8))
        .isEqualTo(new AmsGrad(0.1, 0.8, 0.9, 1e-8));
    assertThat(Optimizer.adaMax(0.1).beta1(0.8).beta2(0.9).epsilon(1e-8))
        .isEqualTo(new AdaMax(0.1, 0.8, 0.9, 1e-8));
    assertThat(Optimizer.nadam(0.1).beta1(0.8).beta2(0.9).epsilon(1e-8).momentumDecay(0.01))
        .isEqualTo(new Nadam(0.1, 0.8, 0.9, 1e-8, 0.01));
    assertThat(Optimizer.lion(0.1).beta1(0.8).beta2(0.9)).isEqualTo(new Lion(0.1, 0.8, 0.9));
    assertThat(Optimizer.adaGrad(0.1).epsilon(1e-8)).isEqualTo(new AdaGrad(0.1, 1e-8));
    assertThat(Optimizer.rmsProp(0.1).decay(0.8).epsilon(1e-8).centered(true))
        .isEqualTo(new RmsProp(0.1, 0.8, 1e-8, true));
    assertThat(Optimizer.adamW(0.1).decay(0.1))
        .isEqualTo(new WeightDecay(Optimizer.adam(0.1), 0.1));
  }

  /** Rounded, the difference of the average square and the squared average would be below 0. */
  @Test
  void centeredDividesByADeviationThatIsNeverNegative() {
    Descent descent =
        new Descent(
            Optimizer.rmsProp(0.001).decay(0.5).epsilon(1).centered(true), Tensor.vector(0));
    for (int t = 0; t < 100; t++) {
      descent.step(1.1f);
      assertThat(descent.parameter()[0]).isFinite();
    }
    float before = descent.parameter()[0];
    descent.step(1.1f);
    assertThat((double) before - descent.parameter()[0]).isCloseTo(0.0011, within(1e-7));
  }

  @Test
  void everyOptimizerIsListed() {
    Set<Class<?>> listed =
        ListedOptimizers.all(0.1).values().stream()
            .flatMap(OptimizerTest::withItsRule)
            .map(Object::getClass)
            .collect(Collectors.toSet());
    assertThat(listed)
        .hasSameElementsAs(Implementations.of(Optimizer.class, Optimizer.class))
        .hasSizeGreaterThan(10);
  }

  private static Stream<Optimizer> withItsRule(Optimizer listed) {
    return listed instanceof WeightDecay around
        ? Stream.of(around, around.rule())
        : Stream.of(listed);
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.1, Double.NaN, Double.POSITIVE_INFINITY})
  void refusesWeightDecays(double decay) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Optimizer.sgd(0.1).weightDecay(decay))
        .withMessage(
            "weight_decay: expected a decay of at least 0 and finite as a float, was " + decay);
  }
}
