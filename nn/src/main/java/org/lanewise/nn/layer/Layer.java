package org.lanewise.nn.layer;

import java.util.List;
import org.lanewise.autodiff.Variable;
import org.lanewise.engine.Shape;
import org.lanewise.nn.regularizer.Constraint;
import org.lanewise.nn.regularizer.Regularizer;

/**
 * The description of a step of a network: its computation, and the parameters that it needs.
 *
 * <p>A layer holds no state, so one value may serve in many networks. Shapes here are those of one
 * example; what is recorded has the batch as an additional first axis.
 */
public interface Layer {
  /**
   * The kind of layer, in lower case, as in {@code dense}; default names count layers of a kind.
   *
   * @return the kind
   */
  String kind();

  /**
   * The shape of an example after this layer.
   *
   * @param input the shape of an example before it
   * @return the shape
   * @throws IllegalArgumentException if the layer does not take such examples
   */
  default Shape outputShape(Shape input) {
    return input;
  }

  /**
   * The parameters it needs.
   *
   * @param input the shape of an example before it
   * @return the parameters, none by default
   */
  default List<Parameter> parameters(Shape input) {
    return List.of();
  }

  /**
   * Records the layer.
   *
   * @param recording the tape, the parameters and the mode
   * @param x a batch of examples, [batch, input shape…]
   * @return the batch after the layer, [batch, output shape…]
   */
  Variable record(Recording recording, Variable x);

  /**
   * This layer under a name of its own.
   *
   * @param name the name, which prefixes those of the parameters
   * @return the named layer
   */
  default Layer named(String name) {
    return new Named(name, this);
  }

  /**
   * This layer with a penalty on one of its parameters, which training adds to the loss unless the
   * parameter is frozen.
   *
   * @param parameter the name of a trainable parameter within the layer, as in {@code kernel}
   * @param regularizer the penalty
   * @return the layer; a network of it fails if there is no such parameter
   */
  default Layer regularize(String parameter, Regularizer regularizer) {
    return new Regularized(this, parameter, regularizer);
  }

  /**
   * This layer with a penalty on its outputs, the mean over the batch, which training adds to the
   * loss.
   *
   * @param regularizer the penalty of the output for one example
   * @return the layer
   */
  default Layer regularizeActivity(Regularizer regularizer) {
    return new ActivityRegularized(this, regularizer);
  }

  /**
   * This layer with a constraint on one of its parameters, which holds after each step of training.
   *
   * @param parameter the name of a trainable parameter within the layer, as in {@code kernel}
   * @param constraint the constraint
   * @return the layer; a network of it fails if there is no such parameter
   */
  default Layer constrain(String parameter, Constraint constraint) {
    return new Constrained(this, parameter, constraint);
  }
}
