package org.lanewise.bench.train;

import java.util.List;
import java.util.function.DoubleFunction;
import org.lanewise.nn.Layers;
import org.lanewise.nn.activation.Activation;
import org.lanewise.nn.clip.GradientClipping;
import org.lanewise.nn.initializer.Initializer;
import org.lanewise.nn.layer.Layer;
import org.lanewise.nn.loss.Loss;
import org.lanewise.nn.optimizer.Optimizer;
import org.lanewise.nn.regularizer.Regularizer;
import org.lanewise.nn.schedule.Schedule;

/** The values that options of the job can name. */
final class Catalog {
  /** An optimizer of a learning rate and, for those that have one, a momentum. */
  @FunctionalInterface
  interface OptimizerMaker {
    Optimizer make(double learningRate, double momentum);
  }

  /** A schedule over all steps of a training, of which each epoch has some. */
  @FunctionalInterface
  interface ScheduleMaker {
    Schedule make(long steps, long stepsOfEpoch);
  }

  static final Choices<Layer> ACTIVATIONS =
      Choices.<Layer>of("--activation")
          .withAll(Activation.all(), Layer::kind)
          .with("huge-leaky-relu", Layers.hugeLeakyRelu())
          .with("prelu", Layers.pRelu())
          .with("rrelu", Layers.rRelu());

  static final Choices<Loss> LOSSES =
      Choices.<Loss>of("--loss")
          .with("cross-entropy", Loss.softmaxCrossEntropy())
          .with("binary-cross-entropy", new LabelLoss(Loss.binaryCrossEntropy(), 0))
          .with("hinge", new LabelLoss(Loss.hinge(), -1))
          .with("mean-squared", new LabelLoss(Loss.meanSquaredError(), 0))
          .with("mean-absolute", new LabelLoss(Loss.meanAbsoluteError(), 0))
          .with("huber", new LabelLoss(Loss.huber(), 0))
          .with("cosine", new LabelLoss(Loss.cosineDistance(), 0));

  static final Choices<Initializer> INITIALIZERS =
      Choices.<Initializer>of("--initializer")
          .with("glorot-uniform", Initializer.glorotUniform())
          .with("glorot-normal", Initializer.glorotNormal())
          .with("he-uniform", Initializer.heUniform())
          .with("he-normal", Initializer.heNormal())
          .with("lecun-uniform", Initializer.lecunUniform())
          .with("lecun-normal", Initializer.lecunNormal())
          .with("orthogonal", Initializer.orthogonal())
          .with("normal", Initializer.normal(0, 1));

  static final Choices<OptimizerMaker> OPTIMIZERS =
      Choices.<OptimizerMaker>of("--optimizer")
          .with("sgd", (rate, _) -> Optimizer.sgd(rate))
          .with("momentum", Optimizer::momentum)
          .with("nesterov", Optimizer::nesterov)
          .with("adagrad", (rate, _) -> Optimizer.adaGrad(rate))
          .with("rmsprop", (rate, _) -> Optimizer.rmsProp(rate))
          .with("adam", (rate, _) -> Optimizer.adam(rate))
          .with("adamax", (rate, _) -> Optimizer.adaMax(rate))
          .with("nadam", (rate, _) -> Optimizer.nadam(rate))
          .with("adamw", (rate, _) -> Optimizer.adamW(rate))
          .with("amsgrad", (rate, _) -> Optimizer.amsGrad(rate))
          .with("lion", (rate, _) -> Optimizer.lion(rate));

  /** The optimizers that take a momentum. */
  static final List<String> WITH_MOMENTUM = List.of("momentum", "nesterov");

  /** How much of the learning rate is left at the end of a straight line. */
  private static final double LAST = 0.01;

  static final Choices<ScheduleMaker> SCHEDULES =
      Choices.<ScheduleMaker>of("--schedule")
          .with("constant", (_, _) -> Schedule.constant(1))
          .with("linear", (steps, _) -> Schedule.linear(1, LAST, steps))
          .with("power", (steps, _) -> Schedule.power(steps / 5.0))
          .with("exponential", (steps, _) -> Schedule.exponential(steps / 2.0))
          .with(
              "piecewise",
              (steps, _) -> Schedule.piecewise(1).from(steps / 2, 0.3).from(steps * 3 / 4, 0.1))
          .with("performance", (_, _) -> Schedule.performance(0.5, 2))
          .with("one-cycle", (steps, _) -> Schedule.oneCycle(steps))
          .with(
              "cosine",
              (steps, ofEpoch) ->
                  Schedule.warmup(ofEpoch).then(Schedule.cosine(Math.max(1, steps - ofEpoch))));

  static final Choices<DoubleFunction<GradientClipping>> CLIPPINGS =
      Choices.<DoubleFunction<GradientClipping>>of("--clip")
          .with("none", _ -> GradientClipping.none())
          .with("value", GradientClipping::byValue)
          .with("norm", GradientClipping::byNorm)
          .with("global-norm", GradientClipping::byGlobalNorm)
          .with("adaptive", GradientClipping::adaptive);

  static final Choices<DoubleFunction<Regularizer>> REGULARIZERS =
      Choices.<DoubleFunction<Regularizer>>of("--regularizer")
          .with("l1", Regularizer::l1)
          .with("l2", Regularizer::l2)
          .with("l1l2", factor -> Regularizer.l1l2(factor, factor));

  private Catalog() {}

  /** A name with a number behind a colon, as in {@code global-norm:1}. */
  static <T> T ofNumber(Choices<? extends DoubleFunction<? extends T>> choices, String text) {
    String[] parts = text.split(":", 2);
    DoubleFunction<? extends T> maker = choices.get(parts[0]);
    try {
      return maker.apply(parts.length == 1 ? 1 : Double.parseDouble(parts[1]));
    } catch (NumberFormatException e) {
      throw new InputException(choices.option() + ": expected a number, was " + parts[1]);
    } catch (IllegalArgumentException e) {
      throw new InputException(choices.option() + ": " + e.getMessage());
    }
  }
}
