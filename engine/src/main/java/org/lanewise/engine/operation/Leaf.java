package org.lanewise.engine.operation;

import java.util.List;
import org.lanewise.engine.Shape;
import org.lanewise.engine.Tensor;

/** An operation without operands: where values enter a program. */
public sealed interface Leaf extends Operation {
  @Override
  default int arity() {
    return 0;
  }

  /**
   * A scalar known when the program is recorded.
   *
   * @param value the value; kernels use it rounded to a float, the reference interpreter as it is
   */
  record Literal(double value) implements Leaf {
    @Override
    public String label() {
      return "literal " + value;
    }

    @Override
    public Shape resultShape(List<Shape> operands) {
      return Shape.SCALAR;
    }
  }

  /** A leaf whose elements are those of a tensor. */
  sealed interface Stored extends Leaf {
    /**
     * Where the elements are.
     *
     * @return the tensor itself, not a copy
     */
    Tensor tensor();

    @Override
    default Shape resultShape(List<Shape> operands) {
      return tensor().shape();
    }
  }

  /**
   * A tensor whose elements never change.
   *
   * @param tensor the elements
   */
  record Constant(Tensor tensor) implements Stored {
    @Override
    public String label() {
      return "constant";
    }
  }

  /**
   * A named tensor whose elements may change between runs: a batch, a parameter, the state of an
   * optimizer. A program reads what the tensor holds when it runs.
   *
   * @param name the name, for listings and messages
   * @param tensor where the elements are
   */
  record Input(String name, Tensor tensor) implements Stored {
    @Override
    public String label() {
      return "input " + name;
    }
  }
}
