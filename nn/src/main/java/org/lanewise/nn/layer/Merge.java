package org.lanewise.nn.layer;

import java.util.List;
import org.lanewise.autodiff.Variable;
import org.lanewise.engine.Shape;

/**
 * A step of a network that takes several values, described; a {@link Layer} takes one.
 *
 * <p>Shapes here are those of one example; what is recorded has the batch as an additional first
 * axis.
 */
public interface Merge {
  /**
   * The kind, in lower case, as in {@code concatenate}; default names count those of a kind.
   *
   * @return the kind
   */
  String kind();

  /**
   * The shape of an example after it.
   *
   * @param inputs the shapes of an example of each input, at least one
   * @return the shape
   * @throws IllegalArgumentException if it does not take such examples
   */
  Shape outputShape(List<Shape> inputs);

  /**
   * The parameters it needs.
   *
   * @param inputs the shapes of an example of each input
   * @return the parameters, none by default
   */
  default List<Parameter> parameters(List<Shape> inputs) {
    return List.of();
  }

  /**
   * Records it.
   *
   * @param recording the tape, the parameters and the mode
   * @param inputs a batch of examples of each input, [batch, input shape…]
   * @return the batch after it, [batch, output shape…]
   */
  Variable record(Recording recording, List<Variable> inputs);
}
