package org.lanewise.nn.prediction;

import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.lanewise.autodiff.Tape;
import org.lanewise.autodiff.Variable;
import org.lanewise.engine.Tensor;
import org.lanewise.engine.operation.Draw;
import org.lanewise.engine.program.Program;
import org.lanewise.nn.network.Draws;
import org.lanewise.nn.network.FoldedNetwork;
import org.lanewise.nn.network.RecordedNetwork;

/** Samples of a network's output with its noise left in, as a program that runs once a sample. */
final class MonteCarlo {
  private final Tensor step = Tensor.zeros(Draw.COUNTER);
  private final Program program;
  private final Tensor sample;

  MonteCarlo(FoldedNetwork folded, Tensor x, UnaryOperator<Variable> of, long seed) {
    Tape tape = new Tape();
    Draws draws = new Draws(seed, tape.input("sample", step));
    RecordedNetwork recorded =
        folded
            .network()
            .recordConstant(folded.parameters(), List.of(tape.constant(x)), Optional.of(draws));
    if (!draws.areUsed()) {
      throw new IllegalArgumentException(
          "predict_distribution: expected a network with a layer that draws, such as dropout, was"
              + " one with "
              + folded.network().names());
    }
    Variable output = of.apply(recorded.output());
    program = tape.program(List.of(output), List.of());
    sample = program.value(output.node());
  }

  /** The moments of samples 0 to n − 1, by Welford's recurrence in double precision. */
  PredictedDistribution moments(int n) {
    double[] mean = new double[sample.size()];
    double[] squares = new double[sample.size()];
    for (int k = 0; k < n; k++) {
      Draw.count(step, k);
      program.run();
      for (int i = 0; i < mean.length; i++) {
        double distance = sample.storage()[sample.offset() + i] - mean[i];
        mean[i] += distance / (k + 1);
        squares[i] += distance * (sample.storage()[sample.offset() + i] - mean[i]);
      }
    }
    Tensor means = Tensor.zeros(sample.shape());
    Tensor deviations = Tensor.zeros(sample.shape());
    for (int i = 0; i < mean.length; i++) {
      means.array()[i] = (float) mean[i];
      deviations.array()[i] = (float) Math.sqrt(squares[i] / n);
    }
    return new PredictedDistribution(means, deviations);
  }
}
