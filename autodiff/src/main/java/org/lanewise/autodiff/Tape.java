package org.lanewise.autodiff;

import java.util.Arrays;
import java.util.List;
import org.lanewise.engine.Tensor;
import org.lanewise.engine.operation.Leaf;
import org.lanewise.engine.operation.Operation;
import org.lanewise.engine.program.Assignment;
import org.lanewise.engine.program.Evaluation;
import org.lanewise.engine.program.Graph;
import org.lanewise.engine.program.Node;
import org.lanewise.engine.program.Program;
import org.lanewise.engine.program.SharedConstants;

/**
 * A list of recorded operations that can be computed, differentiated and made into a program.
 *
 * <p>Recording checks shapes and computes nothing. A value is computed when {@link
 * Variable#value()} asks for it. Not safe for use by several threads.
 */
public final class Tape {
  private final Graph graph = new Graph();
  private final Evaluation evaluation = new Evaluation(graph);

  /** An empty tape. */
  public Tape() {}

  /**
   * A scalar that never changes.
   *
   * @param value the value
   * @return the variable
   */
  public Variable constant(double value) {
    return record(new Leaf.Literal(value));
  }

  /**
   * A tensor that never changes.
   *
   * @param tensor the elements; not copied, so they must stay as they are
   * @return the variable
   */
  public Variable constant(Tensor tensor) {
    return record(new Leaf.Constant(tensor));
  }

  /**
   * A tensor whose elements may change between runs of a program: a batch, a parameter.
   *
   * @param name the name, for messages and listings
   * @param tensor where the elements are; not copied
   * @return the variable
   */
  public Variable input(String name, Tensor tensor) {
    return record(new Leaf.Input(name, tensor));
  }

  /**
   * Records an operation.
   *
   * @param operation the operation
   * @param operands variables of this tape, as many as the operation's arity
   * @return the result
   * @throws IllegalArgumentException if the number of operands, their tape or their shapes do not
   *     fit
   */
  public Variable record(Operation operation, Variable... operands) {
    List<Node> nodes = Arrays.stream(operands).map(Variable::node).toList();
    return new Variable(this, graph.record(operation, nodes));
  }

  /**
   * Records the gradient of a scalar: its partial derivatives with respect to variables.
   *
   * @param scalar a variable with one element
   * @param variables the variables to differentiate with respect to: inputs or any others of this
   *     tape
   * @return one gradient for each variable, of its shape; zeros where the scalar does not depend on
   *     it
   * @throws IllegalArgumentException if the first variable has not just one element or a variable
   *     is of another tape
   * @throws NoGradientException if the scalar depends on a variable through an operation without a
   *     gradient
   */
  public Gradients gradients(Variable scalar, List<Variable> variables) {
    return new Backward(this, scalar, variables).gradients();
  }

  /**
   * Records the gradient of a scalar: its partial derivatives with respect to variables.
   *
   * @param scalar a variable with one element
   * @param variables the variables to differentiate with respect to: inputs or any others of this
   *     tape
   * @return one gradient for each variable, of its shape; zeros where the scalar does not depend on
   *     it
   * @throws IllegalArgumentException if the first variable has not just one element or a variable
   *     is of another tape
   * @throws NoGradientException if the scalar depends on a variable through an operation without a
   *     gradient
   */
  public Gradients gradients(Variable scalar, Variable... variables) {
    return gradients(scalar, List.of(variables));
  }

  /**
   * Plans a program that can be run often: it computes results from what the inputs hold at that
   * time.
   *
   * @param results the variables whose values can be asked for after a run
   * @param updates the inputs that take on a new value at the end of a run
   * @return the program
   * @throws IllegalArgumentException if there is nothing to compute, a variable is of another tape,
   *     or an update does not fit its input
   */
  public Program program(List<Variable> results, List<Update> updates) {
    return program(results, updates, new SharedConstants());
  }

  /**
   * Plans a program that can be run often and shares the values made of constants with others.
   *
   * @param results the variables whose values can be asked for after a run
   * @param updates the inputs that take on a new value at the end of a run
   * @param constants the shared values
   * @return the program
   * @throws IllegalArgumentException if there is nothing to compute, a variable is of another tape,
   *     or an update does not fit its input
   */
  public Program program(List<Variable> results, List<Update> updates, SharedConstants constants) {
    return new Program(
        results.stream().map(Variable::node).toList(),
        updates.stream()
            .map(update -> new Assignment(update.input().node(), update.value().node()))
            .toList(),
        constants);
  }

  /**
   * An input that takes on a computed value at the end of every run of a program.
   *
   * @param input a variable made by {@link #input}
   * @param value the variable whose value it gets, of the same shape
   */
  public record Update(Variable input, Variable value) {}

  Graph graph() {
    return graph;
  }

  Tensor value(Node node) {
    return evaluation.value(node);
  }

  /** The listing of all recorded operations, one line each. */
  @Override
  public String toString() {
    return graph.toString();
  }
}
