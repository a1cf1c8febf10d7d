package org.lanewise.bench.compare;

import java.util.List;
import org.lanewise.autodiff.Tape;
import org.lanewise.autodiff.Variable;
import org.lanewise.engine.Shape;
import org.lanewise.engine.Tensor;
import org.lanewise.engine.program.Program;
import org.lanewise.nn.clip.GradientClipping;
import org.lanewise.nn.loss.SoftmaxCrossEntropy;
import org.lanewise.nn.optimizer.Optimizer;
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
  public boolean does(Work work) {
    return true;
  }

  @Override
  public Task open(Work work, int threads) {
    return switch (work) {
      case MatrixProductWork product -> product(product);
      case TrainingWork training -> training(training);
    };
  }

  private static Task product(MatrixProductWork work) {
    Shape left = work.left() ? Shape.of(work.k(), work.m()) : Shape.of(work.m(), work.k());
    Shape right = work.right() ? Shape.of(work.n(), work.k()) : Shape.of(work.k(), work.n());
    Tape tape = new Tape();
    Variable a = tape.input("a", Tensor.view(work.a(), 0, left));
    Variable b = tape.input("b", Tensor.view(work.b(), 0, right));
    return task(tape, List.of(a.matmul(b, work.left(), work.right())));
  }

  private static Task task(Tape tape, List<Variable> results) {
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
        return Results.concatenate(values.stream().map(Tensor::toArray).toList());
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
        Training.of(work.network(), new SoftmaxCrossEntropy(), optimizer)
            .clip(GradientClipping.byGlobalNorm(1))
            .batchSize(work.batch())
            .start();
    return Results.ofSteps(() -> (float) trainer.epoch(data).loss());
  }
}
