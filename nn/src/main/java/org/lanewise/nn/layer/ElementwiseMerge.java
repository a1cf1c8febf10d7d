package org.lanewise.nn.layer;

import java.util.List;
import java.util.Locale;
import org.lanewise.autodiff.Variable;
import org.lanewise.engine.Shape;

/** Values of one shape made into one, element by element. */
public enum ElementwiseMerge implements Merge {
  /** The sum. */
  ADD,
  /** The product. */
  MULTIPLY,
  /** The mean. */
  AVERAGE,
  /** The largest; equal ones share the gradient. */
  MAXIMUM;

  @Override
  public String kind() {
    return name().toLowerCase(Locale.ROOT);
  }

  @Override
  public Shape outputShape(List<Shape> inputs) {
    Shape first = inputs.get(0);
    if (inputs.stream().anyMatch(shape -> !shape.equals(first))) {
      throw new IllegalArgumentException(kind() + ": expected inputs of one shape, was " + inputs);
    }
    return first;
  }

  @Override
  public Variable record(Recording recording, List<Variable> inputs) {
    Variable all = inputs.get(0);
    for (Variable next : inputs.subList(1, inputs.size())) {
      all =
          switch (this) {
            case ADD, AVERAGE -> all.add(next);
            case MULTIPLY -> all.multiply(next);
            case MAXIMUM -> all.maximum(next);
          };
    }
    return this == AVERAGE ? all.divide(inputs.size()) : all;
  }
}
