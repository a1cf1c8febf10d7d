package org.lanewise.engine.program;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.lanewise.engine.Tensor;
import org.lanewise.engine.matrix.ConstantOperand;
import org.lanewise.engine.operation.Operation;

/**
 * Shared by programs over the same constants: values that depend on constants alone are computed
 * once, and a constant right operand of matrix products is packed once, whichever program comes
 * first.
 *
 * <p>Constants are the same if they are the same tensor. The shared values live as long as this
 * object or a program that uses it. Safe for use by several threads.
 */
public final class SharedConstants {
  private record Computed(Operation operation, List<Operation> operands) {}

  private record Right(Tensor tensor, boolean transposed) {}

  private final Map<Computed, Tensor> values = new HashMap<>();
  private final Map<Right, ConstantOperand> rights = new HashMap<>();

  /** Shares nothing yet. */
  public SharedConstants() {}

  /** The value of an operation on leaves that never change. */
  synchronized Tensor value(
      Operation operation, List<Operation> operands, Supplier<Tensor> computed) {
    return values.computeIfAbsent(new Computed(operation, operands), absent -> computed.get());
  }

  /** A constant matrix as the right operand of products. */
  synchronized ConstantOperand right(Tensor tensor, boolean transposed) {
    return rights.computeIfAbsent(
        new Right(tensor, transposed), absent -> new ConstantOperand(tensor, transposed));
  }
}
