package org.lanewise.engine.operation;

import java.util.List;
import java.util.TreeSet;
import org.lanewise.engine.Shape;

/** Lists of axes as users may write them. */
public final class Axes {
  private Axes() {}

  /**
   * The axes counted from 0, ascending; none given means all.
   *
   * @param operation the name of the operation that asks, for the message
   * @param shape the shape that has the axes
   * @param axes axes from −rank to rank − 1, or none
   * @return the axes from 0 to rank − 1, ascending
   * @throws IllegalArgumentException if an axis is out of range or is named twice
   */
  public static List<Integer> normalize(String operation, Shape shape, int... axes) {
    TreeSet<Integer> sorted = new TreeSet<>();
    if (axes.length == 0) {
      for (int axis = 0; axis < shape.rank(); axis++) {
        sorted.add(axis);
      }
    }
    for (int axis : axes) {
      if (!sorted.add(shape.axis(operation, axis))) {
        throw new IllegalArgumentException(
            operation + ": axis " + axis + " of shape " + shape + " is named twice");
      }
    }
    return List.copyOf(sorted);
  }

  static void requireCountedFromZero(String operation, int axis) {
    if (axis < 0) {
      throw new IllegalArgumentException(
          operation + ": expected an axis counted from 0, was " + axis);
    }
  }

  static void requireAscending(String operation, List<Integer> axes) {
    int previous = -1;
    for (int axis : axes) {
      if (axis <= previous) {
        throw new IllegalArgumentException(
            operation + ": expected ascending axes from 0 on, was " + axes);
      }
      previous = axis;
    }
  }
}
