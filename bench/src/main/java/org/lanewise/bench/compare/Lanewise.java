package org.lanewise.bench.compare;

import java.util.List;
import java.util.function.Supplier;
import org.lanewise.autodiff.Gradients;
import org.lanewise.autodiff.Tape;
import org.lanewise.autodiff.Variable;
import org.lanewise.engine.Shape;
import org.lanewise.engine.Tensor;
import org.lanewise.engine.program.Program;
import org.lanewise.nn.activation.Elu;
import org.lanewise.nn.clip.GradientClipping;
import org.lanewise.nn.loss.Loss;
import org.lanewise.nn.network.Network;
import org.lanewise.nn.network.Parameters;
import org.lanewise.nn.optimizer.Optimizer;
import org.lanewise.nn.prediction.Predictor;
import org.lanewise.nn.training.DataSet;
import org.lanewise.nn.training.Trainer;
import org.lanewise.nn.training.Training;

/** Ours: every work through the tape or the training loop, as an application would do it. */
final class Lanewise implements Contestant {
  @Override
  public String name() {
    return "Lanewise";
  }

  @Override
  public String version() {
    return "on OpenJDK " + Runtime.version();
  }

  @Override
  public boolean does(Work work, int threads) {
    return true;
  }

  @Override
  public int warmUps() {
    return 6;
  }

  @Override
  public Task open(Work work, int threads) {
    return switch (work) {
      case MatrixProductWork product -> product(product);
      case TrainingWork training -> training(training);
      case PredictionWork prediction -> prediction(prediction).get();
      case NormalizationWork normalization -> normalization(normalization);
      case FunctionWork function -> function(function);
      case AdamWork adam -> new AdamTask(adam);
    };
  }

  @Override
  public Supplier<Task> prepare(Work work, int threads) {
    return work instanceof PredictionWork prediction
        ? prediction(prediction)
        : Contestant.super.prepare(work, threads);
  }

  private static Task product(MatrixProductWork work) {
    Shape left = work.left() ? Shape.of(work.k(), work.m()) : Shape.of(work.m(), work.k());
    Shape right = work.right() ? Shape.of(work.n(), work.k()) : Shape.of(work.k(), work.n());
    Tape tape = new Tape();
    Variable a = tape.input("a", Tensor.view(work.a(), 0, left));
    Variable b = tape.input("b", Tensor.view(work.b(), 0, right));
    return task(tape, List.of(a.matmul(b, work.left(), work.right())), 1);
  }

  /** A program whose first results are compared. */
  private static Task task(Tape tape, List<Variable> results, int compared) {
    Program program = tape.program(results, List.of());
    List<Tensor> values = results.stream().map(Variable::node).map(program::value).toList();
    return new Task() {
      @Override
      public void run() {
        program.run();
      }

      @Override
      public float[] results() {
        program.run();
        return Results.concatenate(values.stream().limit(compared).map(Tensor::toArray).toList());
      }
    };
  }

  private static Task training(TrainingWork work) {
    int[] layers = work.layers();
    DataSet data =
        DataSet.labeled(
            Tensor.of(work.examples(), work.batch(), layers[0]),
            work.labels(),
            layers[layers.length - 1]);
    Optimizer optimizer =
        switch (work.rule()) {
          case MOMENTUM -> Optimizer.momentum(work.rule().learningRate(), 0.9);
          case ADAM -> Optimizer.adam(work.rule().learningRate());
        };
    Trainer trainer =
        Training.of(work.network(), Loss.softmaxCrossEntropy(), optimizer)
            .clip(GradientClipping.byGlobalNorm(1))
            .batchSize(work.batch())
            .start();
    return Results.ofSteps(() -> (float) trainer.step(data));
  }

  private static Supplier<Task> prediction(PredictionWork work) {
    Network network = work.network();
    Parameters parameters = work.parameters();
    float[] examples = work.examples();
    float[] outputs = new float[work.batch() * work.layers()[work.layers().length - 1]];
    return () -> {
      Predictor predictor = new Predictor(network, parameters);
      return new Task() {
        @Override
        public void run() {
          predictor.predict(examples, outputs);
        }

        @Override
        public float[] results() {
          run();
          return outputs.clone();
        }
      };
    };
  }

  private static Task normalization(NormalizationWork work) {
    Shape batch = Shape.of(work.rows(), work.columns());
    Tape tape = new Tape();
    Variable x = tape.input("x", Tensor.view(work.x(), 0, batch));
    Variable gy = tape.input("gy", Tensor.view(work.gy(), 0, batch));
    Variable bias = tape.input("bias", Tensor.vector(work.vector(1)));
    Variable gamma = tape.input("gamma", Tensor.vector(work.vector(2)));
    Variable beta = tape.input("beta", Tensor.vector(work.vector(3)));
    Variable biased = x.add(bias);
    Variable centered = biased.subtract(biased.mean(0));
    Variable variance = biased.variance(0);
    Variable scale = variance.add(NormalizationWork.EPSILON).rsqrt().multiply(gamma);
    Variable y = new Elu(1).of(centered.multiply(scale).add(beta));
    Gradients gradients = tape.gradients(y.multiply(gy).sum(), x, bias, gamma, beta);
    // The gradient of the bias is 0 but for rounding: computed by all, compared by none.
    return task(
        tape,
        List.of(y, gradients.of(x), gradients.of(gamma), gradients.of(beta), gradients.of(bias)),
        4);
  }

  private static Task function(FunctionWork work) {
    Tape tape = new Tape();
    Variable x = tape.input("x", Tensor.vector(work.x()));
    return task(tape, List.of(tape.record(work.function(), x)), 1);
  }
}
