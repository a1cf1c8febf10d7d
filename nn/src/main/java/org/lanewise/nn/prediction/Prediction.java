package org.lanewise.nn.prediction;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.lanewise.autodiff.Tape;
import org.lanewise.autodiff.Variable;
import org.lanewise.engine.Tensor;
import org.lanewise.engine.program.Program;
import org.lanewise.engine.program.SharedConstants;
import org.lanewise.nn.network.FoldedNetwork;
import org.lanewise.nn.network.Network;

/** A network's program for one batch size, with memory of its own: for one caller at a time. */
final class Prediction {
  private final AtomicBoolean taken = new AtomicBoolean();
  private final Tensor[] inputs;
  private final Tensor[] outputs;
  private final Program program;

  Prediction(FoldedNetwork folded, SharedConstants constants, int batch) {
    Tape tape = new Tape();
    List<Variable> examples =
        folded.network().inputShapes().stream()
            .map(shape -> tape.input("examples", Tensor.zeros(Network.batched(batch, shape))))
            .toList();
    List<Variable> results =
        folded.network().recordConstant(folded.parameters(), examples, Optional.empty()).outputs();
    program = tape.program(results, List.of(), constants);
    inputs = examples.stream().map(Variable::value).toArray(Tensor[]::new);
    outputs = results.stream().map(result -> program.value(result.node())).toArray(Tensor[]::new);
  }

  /** Makes it the caller's own until it is released, if it is free. */
  boolean take() {
    return !taken.get() && taken.compareAndSet(false, true);
  }

  void release() {
    taken.set(false);
  }

  void requireOutputs(List<Tensor> given) {
    if (given.size() != outputs.length) {
      throw new IllegalArgumentException(
          "predict: expected room for " + outputs.length + " outputs, was for " + given.size());
    }
    for (int i = 0; i < outputs.length; i++) {
      requireOutput(i, given.get(i));
    }
  }

  void requireOutput(int i, Tensor given) {
    if (!given.shape().equals(outputs[i].shape())) {
      throw new IllegalArgumentException(
          "predict: expected room for outputs of shape "
              + outputs[i].shape()
              + ", was "
              + given.shape());
    }
  }

  void read(int i, Tensor examples) {
    inputs[i].copyFrom(examples);
  }

  void run() {
    program.run();
  }

  void write(int i, Tensor y) {
    y.copyFrom(outputs[i]);
  }

  void settle() {
    program.settle();
  }

  boolean isSettled() {
    return program.isSettled();
  }

  /** The whole prediction of a network with one input and one output. */
  void run(float[] examples, float[] y) {
    System.arraycopy(examples, 0, inputs[0].storage(), inputs[0].offset(), inputs[0].size());
    program.run();
    System.arraycopy(outputs[0].storage(), outputs[0].offset(), y, 0, outputs[0].size());
  }
}
