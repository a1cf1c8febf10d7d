package org.lanewise.nn.prediction;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.lanewise.autodiff.Variable;
import org.lanewise.engine.Shape;
import org.lanewise.engine.Tensor;
import org.lanewise.engine.operation.CustomOperation;
import org.lanewise.nn.layer.Layer;
import org.lanewise.nn.layer.Recording;

/** A layer that changes nothing, takes its time, and counts the programs that run it at once. */
final class CallersAtOnce implements Layer, CustomOperation {
  /** The most there ever were. */
  final AtomicInteger most = new AtomicInteger();

  private final AtomicInteger running = new AtomicInteger();

  @Override
  public String kind() {
    return "callers_at_once";
  }

  @Override
  public Variable record(Recording recording, Variable x) {
    return recording.tape().record(this, x);
  }

  @Override
  public String label() {
    return kind();
  }

  @Override
  public int arity() {
    return 1;
  }

  @Override
  public Shape resultShape(List<Shape> operands) {
    return operands.getFirst();
  }

  @Override
  public void evaluate(List<Tensor> operands, Tensor result) {
    int now = running.incrementAndGet();
    most.accumulateAndGet(now, Math::max);
    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2));
    result.copyFrom(operands.getFirst());
    running.decrementAndGet();
  }

  @Override
  public double[] evaluateReference(List<double[]> operands, List<Shape> shapes) {
    return operands.getFirst();
  }
}
