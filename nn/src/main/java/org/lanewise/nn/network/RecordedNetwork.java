package org.lanewise.nn.network;

import java.util.List;
import java.util.Map;
import org.lanewise.autodiff.Tape;
import org.lanewise.autodiff.Variable;
import org.lanewise.nn.regularizer.Constraint;

/**
 * A network on a tape.
 *
 * @param outputs the outputs for the batch, each [batch, output shape…]
 * @param trainable the trainable parameters by their full names, in the order of the layers
 * @param updates the updates of statistics that a training step makes, by their full names; none in
 *     inference
 * @param penalties scalars that training adds to the loss; none in inference
 * @param constraints the constraints on parameters after a step, by their full names
 */
public record RecordedNetwork(
    List<Variable> outputs,
    Map<String, Variable> trainable,
    Map<String, Tape.Update> updates,
    List<Variable> penalties,
    Map<String, Constraint> constraints) {
  /**
   * The value of a parameter after a step.
   *
   * @param name its full name
   * @param next the value that the optimizer gives it
   * @return the nearest value that fits its constraint, if it has one
   */
  public Variable constrain(String name, Variable next) {
    Constraint constraint = constraints.get(name);
    return constraint == null ? next : constraint.apply(next);
  }

  /**
   * The output of a network that has just one.
   *
   * @return the output for the batch, [batch, output shape…]
   * @throws IllegalArgumentException if there are several
   */
  public Variable output() {
    return Network.only("output", outputs);
  }
}
