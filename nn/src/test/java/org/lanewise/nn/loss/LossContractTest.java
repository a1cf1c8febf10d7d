package org.lanewise.nn.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.lanewise.autodiff.GradientCheck;
import org.lanewise.autodiff.Tape;
import org.lanewise.autodiff.Variable;
import org.lanewise.engine.Shape;
import org.lanewise.engine.Tensor;
import org.lanewise.nn.Implementations;
import org.lanewise.nn.Samples;

/** What holds for every loss. */
public final class LossContractTest {
  private static final long SEED = 12;
  private static final int BATCH = 4;
  private static final int CLASSES = 3;

  /** Every loss there is. */
  public static List<Loss> losses() {
    SoftmaxCrossEntropy softmax = new SoftmaxCrossEntropy();
    return List.of(
        softmax,
        softmax.labelSmoothing(0.2).classWeights(1, 0.5, 3),
        softmax.withOneHotTargets(),
        softmax.withOneHotTargets().labelSmoothing(0.1).classWeights(2, 0, 1),
        new BinaryCrossEntropy(),
        new MeanSquaredError(),
        new MeanAbsoluteError(),
        new Huber(),
        new Huber(0.3),
        new Hinge(),
        new KlDivergence(),
        new CosineDistance());
  }

  @Test
  void everyLossIsListed() {
    List<Class<?>> losses = new ArrayList<>(Implementations.of(Loss.class, Loss.class));
    losses.remove(WeightedLoss.class);
    assertThat(losses().stream().<Class<?>>map(Object::getClass)).containsAll(losses);
  }

  @Test
  void everyLossHasAMethodThatMakesIt() {
    assertThat(
            Stream.of(Loss.class.getMethods())
                .filter(method -> Modifier.isStatic(method.getModifiers()))
                .map(method -> method.getReturnType().getSimpleName()))
        .containsAll(
            losses().stream().map(loss -> loss.getClass().getSimpleName()).distinct().toList());
  }

  /** Targets that a loss takes: ±1 for hinge, labels, and one-hot probabilities for all others. */
  private static Tensor targets(Loss loss) {
    Tensor targets = Tensor.zeros(shape(loss).dimensions());
    for (int i = 0; i < targets.size(); i++) {
      // One class, the next with each example.
      int oneHot = i % CLASSES == i / CLASSES % CLASSES ? 1 : 0;
      int label = targets.shape().rank() == 1 ? i % 2 : oneHot;
      targets.array()[i] = loss instanceof Hinge ? 1 - 2 * (i % 2) : label;
    }
    return targets;
  }

  private static Shape shape(Loss loss) {
    return loss.targetShape(Shape.of(CLASSES)).rank() == 0
        ? Shape.of(BATCH)
        : Shape.of(BATCH, CLASSES);
  }

  private static Variable ofEach(Loss loss, Variable outputs) {
    return loss.ofEach(outputs, outputs.tape().constant(targets(loss)));
  }

  @ParameterizedTest
  @MethodSource("losses")
  void gradientsAreDerivatives(Loss loss) {
    loss.requireTargets(targets(loss), Shape.of(CLASSES));
    GradientCheck.of(inputs -> ofEach(loss, inputs.getFirst()))
        .seed(SEED)
        .assertPasses(Samples.normal(SEED, BATCH, CLASSES));
  }

  @ParameterizedTest
  @MethodSource("losses")
  void isTheMeanOfThatOfEachExample(Loss loss) {
    Tensor outputs = Samples.normal(SEED, BATCH, CLASSES);
    Variable each = ofEach(loss, new Tape().constant(outputs));
    assertThat(each.shape()).isEqualTo(Shape.of(BATCH));
    Variable mean = each.mean();
    Tape tape = new Tape();
    Variable whole = loss.record(tape.constant(outputs), tape.constant(targets(loss)));
    assertThat(whole.value().sameElements(mean.value())).isTrue();
    double alone = 0;
    for (int i = 0; i < BATCH; i++) {
      Tape own = new Tape();
      Tensor row = Tensor.view(outputs.array(), i * CLASSES, Shape.of(1, CLASSES));
      Tensor all = targets(loss);
      int width = all.size() / BATCH;
      Tensor target = Tensor.view(all.array(), i * width, all.shape().with(0, 1));
      alone += loss.record(own.constant(row), own.constant(target)).value().item();
    }
    assertThat((double) whole.value().item()).isCloseTo(alone / BATCH, within(1e-6));
  }

  @ParameterizedTest
  @MethodSource("losses")
  void multipliesByItsWeight(Loss loss) {
    Tape tape = new Tape();
    Variable outputs = tape.constant(Samples.normal(SEED, BATCH, CLASSES));
    Variable targets = tape.constant(targets(loss));
    float once = loss.record(outputs, targets).value().item();
    assertThat(loss.weighted(2).record(outputs, targets).value().item()).isEqualTo(2 * once);
  }

  @ParameterizedTest
  @MethodSource("losses")
  void refusesTargetsThatDoNotFit(Loss loss) {
    Tape tape = new Tape();
    Variable outputs = tape.constant(Tensor.zeros(BATCH, CLASSES));
    Variable targets = tape.constant(Tensor.zeros(BATCH, 1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> loss.record(outputs, targets))
        .withMessageEndingWith("for outputs of shape [4, 3], was [4, 1]");
  }

  @ParameterizedTest
  @MethodSource("losses")
  void companionsTakeTheSameTargets(Loss loss) {
    for (Metric metric : loss.companions()) {
      Shape output = Shape.of(CLASSES);
      assertThat(metric.targetShape(output)).isEqualTo(loss.targetShape(output));
      Tape tape = new Tape();
      Variable outputs = tape.constant(Samples.normal(SEED, BATCH, CLASSES));
      float value = metric.record(outputs, tape.constant(targets(loss))).value().item();
      assertThat(value).isBetween(0f, 1f);
    }
  }

  @Test
  void targetsWithoutAMeaningAreRefused() {
    Shape output = Shape.of(CLASSES);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new BinaryCrossEntropy().requireTargets(Tensor.vector(0, 2, 1), output))
        .withMessage("binary_cross_entropy: expected probabilities from 0 to 1, element 1 was 2.0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new KlDivergence().requireTargets(Tensor.vector(-1, 0, 1), output))
        .withMessage("kl_divergence: expected probabilities from 0 to 1, element 0 was -1.0");
    for (Tensor sum :
        List.of(Tensor.vector(1, 0, 1), Tensor.zeros(3), Tensor.vector(0.5f, 0.5f, 0.01f))) {
      assertThatIllegalArgumentException()
          .isThrownBy(
              () -> new SoftmaxCrossEntropy().withOneHotTargets().requireTargets(sum, output))
          .withMessageStartingWith(
              "softmax_cross_entropy: expected probabilities of classes that sum to 1, those of"
                  + " example 0 sum to ");
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Hinge().requireTargets(Tensor.vector(1, -1, 0), output))
        .withMessage("hinge: expected targets of -1 or 1, element 2 was 0.0");
  }

  @Test
  void numbersOutOfRangeAreRefused() {
    SoftmaxCrossEntropy loss = new SoftmaxCrossEntropy();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> loss.labelSmoothing(1.5))
        .withMessage("softmax_cross_entropy: expected label smoothing from 0 to 1, was 1.5");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> loss.classWeights(1, -2))
        .withMessage(
            "softmax_cross_entropy: expected a class weight of at least 0 and finite as a float,"
                + " was -2.0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> loss.classWeights(0, 0))
        .withMessage("softmax_cross_entropy: expected a class weight above 0, was [0.0, 0.0]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> loss.classWeights(1, 2).targetShape(Shape.of(3)))
        .withMessage("softmax_cross_entropy: expected a weight for each of 3 classes, was 2");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Huber(0))
        .withMessage("huber: expected delta above 0 and finite as a float, was 0.0");
  }

  @Test
  void extremesAreWhatTheyShouldBe() {
    Tape tape = new Tape();
    Variable x = tape.input("x", Tensor.matrix(new float[] {0, 0}, new float[] {3e38f, -3e38f}));
    Variable y =
        new CosineDistance()
            .ofEach(x, tape.constant(Tensor.matrix(new float[] {1, 2}, new float[] {2, -2})));
    assertThat(y.value().get(0)).isEqualTo(1);
    assertThat(y.value().get(1)).isCloseTo(0, within(2e-7f));
    for (float gx : tape.gradients(y.sum(), x).of(x).value().toArray()) {
      assertThat(gx).isFinite();
    }
    Variable far = tape.input("far", Tensor.vector(3e38f, -3e38f));
    Variable huber = new Huber(2).ofEach(far, tape.constant(Tensor.vector(0, 0)));
    assertThat(tape.gradients(huber.sum(), far).of(far).value().toArray()).containsExactly(2, -2);
  }
}
