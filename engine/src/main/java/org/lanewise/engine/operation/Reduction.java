package org.lanewise.engine.operation;

import java.util.List;
import java.util.Locale;
import org.lanewise.engine.Shape;

/**
 * Combines the elements along some axes into one; the axes stay, with dimension 1.
 *
 * @param kind how elements are combined
 * @param axes the axes, ascending, counted from 0, each once
 */
public record Reduction(Kind kind, List<Integer> axes) implements FusibleOperation {
  /** How elements are combined. */
  public enum Kind {
    /**
     * Their sum; 0 of no elements. The error is at most (64 + log₂ n) · 2⁻²⁴ · Σ |x| for n elements
     * along neighbouring axes.
     */
    SUM,
    /** The largest; −∞ of no elements, NaN if any is NaN. */
    MAX,
    /** The smallest; +∞ of no elements, NaN if any is NaN. */
    MIN;

    /**
     * The name that messages use.
     *
     * @return the name in lower case
     */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * Checks and copies the axes.
   *
   * @throws IllegalArgumentException if the axes are not ascending from 0 on
   */
  public Reduction {
    axes = List.copyOf(axes);
    Axes.requireAscending(kind.label(), axes);
  }

  @Override
  public String label() {
    return kind.label();
  }

  @Override
  public int arity() {
    return 1;
  }

  @Override
  public Shape resultShape(List<Shape> operands) {
    Shape shape = operands.get(0);
    for (int axis : axes) {
      shape = shape.with(shape.axis(label(), axis), 1);
    }
    return shape;
  }
}
