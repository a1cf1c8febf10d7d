package org.lanewise.nn.layer;

import java.util.Arrays;
import java.util.List;
import org.lanewise.autodiff.Variable;
import org.lanewise.engine.Shape;
import org.lanewise.nn.initializer.Initializer;

/**
 * A table of vectors, looked up by position: examples of any shape [p…] of integers from 0 to rows
 * − 1 give [p…, size].
 *
 * <p>Parameter: {@code table} [rows, size]. Positions are floats with integer values, exact up to
 * 2²⁴. A position that is no row is refused when the network runs.
 *
 * @param rows the number of vectors, from 1 to 2²⁴
 * @param size the number of elements of a vector, at least 1
 * @param initializer how the table is drawn
 */
public record Embedding(int rows, int size, Initializer initializer) implements Layer {
  private static final int MOST_ROWS = 1 << 24;

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if one is out of its range
   */
  public Embedding {
    if (rows < 1 || rows > MOST_ROWS) {
      throw new IllegalArgumentException(
          "embedding: expected from 1 to " + MOST_ROWS + " rows, was " + rows);
    }
    if (size < 1) {
      throw new IllegalArgumentException(
          "embedding: expected vectors of at least one element, was " + size);
    }
  }

  /**
   * The same layer with a table drawn otherwise.
   *
   * @param tableInitializer how the table is drawn
   * @return the layer
   */
  public Embedding initializer(Initializer tableInitializer) {
    return new Embedding(rows, size, tableInitializer);
  }

  @Override
  public String kind() {
    return "embedding";
  }

  @Override
  public Shape outputShape(Shape input) {
    int[] dimensions = Arrays.copyOf(input.dimensions(), input.rank() + 1);
    dimensions[input.rank()] = size;
    return Shape.of(dimensions);
  }

  @Override
  public List<Parameter> parameters(Shape input) {
    return List.of(Parameter.trainable("table", Shape.of(rows, size), initializer));
  }

  @Override
  public Variable record(Recording recording, Variable x) {
    return recording.parameter("table").gatherRows(x);
  }
}
