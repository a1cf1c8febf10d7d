package org.lanewise.bench.peer;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.training.GradientCollector;
import ai.djl.training.loss.Loss;
import ai.djl.training.loss.SoftmaxCrossEntropyLoss;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;
import java.util.ArrayList;
import java.util.List;
import org.lanewise.bench.compare.Results;
import org.lanewise.bench.compare.Task;
import org.lanewise.bench.compare.TrainingWork;
import org.lanewise.nn.network.Parameters;

/** The training step with DJL's gradient collector and optimizers; clipping is added to them. */
final class DjlTraining {
  private static final float MOMENTUM = 0.99f;
  private static final float EPSILON = 0.001f;

  /**
   * DJL adds Adam's ε before it corrects the bias of the averages: in the steps that are compared
   * this one comes nearest to 10⁻⁷ after it.
   */
  private static final float ADAM_EPSILON = 5e-9f;

  /** A dense layer, and the batch normalization and activation after it but for the last. */
  private record Layer(
      NDArray kernel,
      NDArray bias,
      NDArray gamma,
      NDArray beta,
      NDArray mean,
      NDArray variance,
      boolean last) {

    NDArray forward(NDArray x) {
      NDArray product = x.matMul(kernel).add(bias);
      if (last) {
        return product;
      }
      NDArray normalized =
          BatchNorm.batchNorm(product, mean, variance, gamma, beta, 1, MOMENTUM, EPSILON, true)
              .get(0);
      return Activation.elu(normalized, 1);
    }
  }

  private final Engine engine;
  private final NDManager manager;
  private final List<Layer> layers = new ArrayList<>();
  private final List<NDArray> parameters = new ArrayList<>();
  private final Optimizer optimizer;
  private final Loss loss = new SoftmaxCrossEntropyLoss();
  private final float[] examples;
  private final Shape shape;
  private final int[] labels;

  DjlTraining(Engine engine, NDManager manager, TrainingWork work) {
    this.engine = engine;
    this.manager = manager;
    int[] units = work.layers();
    Parameters initial = work.network().initialize(0);
    for (int i = 1; i < units.length; i++) {
      layers.add(layer(initial, i, units[i - 1], units[i], i == units.length - 1));
    }
    Tracker rate = Tracker.fixed((float) work.rule().learningRate());
    optimizer =
        switch (work.rule()) {
          case MOMENTUM -> Optimizer.sgd().setLearningRateTracker(rate).optMomentum(0.9f).build();
          case ADAM ->
              Optimizer.adam().optLearningRateTracker(rate).optEpsilon(ADAM_EPSILON).build();
        };
    examples = work.examples();
    shape = new Shape(work.batch(), units[0]);
    labels = work.labels();
  }

  private Layer layer(Parameters initial, int number, int inputs, int units, boolean last) {
    float[] kernel = initial.get("dense" + number + "/kernel").toArray();
    Shape each = new Shape(units);
    Layer layer =
        new Layer(
            trained(manager.create(kernel, new Shape(inputs, units))),
            trained(manager.zeros(each)),
            manager.ones(each),
            manager.zeros(each),
            manager.zeros(each),
            manager.ones(each),
            last);
    if (!last) {
      trained(layer.gamma);
      trained(layer.beta);
    }
    return layer;
  }

  private NDArray trained(NDArray parameter) {
    parameter.setRequiresGradient(true);
    parameters.add(parameter);
    return parameter;
  }

  Task task() {
    return Results.ofSteps(this::step);
  }

  private float step() {
    try (NDManager scope = manager.newSubManager();
        GradientCollector collector = engine.newGradientCollector()) {
      NDArray h = scope.create(examples, shape);
      for (Layer layer : layers) {
        h = layer.forward(h);
      }
      NDArray value = loss.evaluate(new NDList(scope.create(labels)), new NDList(h));
      collector.backward(value);
      update(scope);
      return value.getFloat();
    }
  }

  /** Clips by global norm 1 and lets the optimizer step. */
  private void update(NDManager scope) {
    List<NDArray> gradients = new ArrayList<>();
    double squares = 0;
    for (NDArray parameter : parameters) {
      NDArray gradient = parameter.getGradient();
      gradient.attach(scope);
      squares += gradient.square().sum().getFloat();
      gradients.add(gradient);
    }
    double factor = Math.min(1, 1 / Math.sqrt(squares));
    for (int i = 0; i < gradients.size(); i++) {
      optimizer.update(Integer.toString(i), parameters.get(i), gradients.get(i).muli(factor));
    }
  }
}
