package org.lanewise.engine;

import java.util.Arrays;

/**
 * The dimensions of a dense, row-major array: zero or more counts, none negative. The product of
 * those that are not 0 fits an {@code int}.
 *
 * <p>A scalar has rank 0 and one element. A dimension of 0 is allowed and means no elements.
 */
public final class Shape {
  /** The shape of a scalar: rank 0, one element. */
  public static final Shape SCALAR = new Shape(new int[0], 1);

  private final int[] dimensions;
  private final int size;

  private Shape(int[] dimensions, int size) {
    this.dimensions = dimensions;
    this.size = size;
  }

  /**
   * The shape with the given dimensions, outermost first.
   *
   * @param dimensions the dimensions, each at least 0
   * @return the shape
   * @throws IllegalArgumentException if a dimension is negative or the product of those that are
   *     not 0 exceeds 2<sup>31</sup> − 1
   */
  public static Shape of(int... dimensions) {
    if (dimensions.length == 0) {
      return SCALAR;
    }
    // The product of the nonzero dimensions must fit too: strides are such products.
    long product = 1;
    boolean empty = false;
    for (int dimension : dimensions) {
      if (dimension < 0) {
        throw new IllegalArgumentException(
            "shape: expected dimensions of at least 0, was " + Arrays.toString(dimensions));
      }
      if (dimension == 0) {
        empty = true;
      } else {
        product *= dimension;
        if (product > Integer.MAX_VALUE) {
          throw new IllegalArgumentException(
              "shape: expected at most 2147483647 elements, was " + Arrays.toString(dimensions));
        }
      }
    }
    return new Shape(dimensions.clone(), empty ? 0 : (int) product);
  }

  /**
   * The number of dimensions.
   *
   * @return the rank, at least 0
   */
  public int rank() {
    return dimensions.length;
  }

  /**
   * The number of elements: the product of the dimensions.
   *
   * @return the element count, 1 for a scalar
   */
  public int size() {
    return size;
  }

  /**
   * One dimension.
   *
   * @param axis the axis, from 0 (outermost) to rank − 1, or from −1 (innermost) down to −rank
   * @return the number of elements along the axis
   * @throws IllegalArgumentException if the axis is out of range
   */
  public int dimension(int axis) {
    return dimensions[axis("shape", axis)];
  }

  /**
   * All dimensions, outermost first.
   *
   * @return a fresh array
   */
  public int[] dimensions() {
    return dimensions.clone();
  }

  /**
   * The axis counted from 0, whichever end it was counted from.
   *
   * @param operation the name of the operation that asks, for the message
   * @param axis the axis, from −rank to rank − 1
   * @return the axis from 0 to rank − 1
   * @throws IllegalArgumentException if the axis is out of range
   */
  public int axis(String operation, int axis) {
    int rank = dimensions.length;
    if (axis < -rank || axis >= rank) {
      throw new IllegalArgumentException(
          operation
              + ": axis "
              + axis
              + " is out of range for shape "
              + this
              + ", expected "
              + (rank == 0 ? "no axis at all" : -rank + " to " + (rank - 1)));
    }
    return axis < 0 ? axis + rank : axis;
  }

  /**
   * This shape with one dimension replaced.
   *
   * @param axis the axis, from −rank to rank − 1
   * @param dimension the new dimension, at least 0
   * @return the new shape
   * @throws IllegalArgumentException if the axis or the dimension is out of range
   */
  public Shape with(int axis, int dimension) {
    int[] changed = dimensions.clone();
    changed[axis("shape", axis)] = dimension;
    return of(changed);
  }

  /**
   * The row-major strides: how many elements lie between neighbours along each axis.
   *
   * @return a fresh array, one stride an axis; the last is 1
   */
  public int[] strides() {
    int[] strides = new int[dimensions.length];
    int stride = 1;
    for (int axis = dimensions.length - 1; axis >= 0; axis--) {
      strides[axis] = stride;
      stride *= Math.max(1, dimensions[axis]);
    }
    return strides;
  }

  /**
   * The smallest shape that both shapes broadcast to, by NumPy's rule: aligned at the innermost
   * axis, dimensions agree or one of them is 1 or missing.
   *
   * @param operation the name of the operation that asks, for the message
   * @param other the other shape
   * @return the common shape
   * @throws IllegalArgumentException if the shapes do not fit
   */
  public Shape broadcast(String operation, Shape other) {
    if (equals(other)) {
      return this;
    }
    int rank = Math.max(rank(), other.rank());
    int[] common = new int[rank];
    for (int fromEnd = 1; fromEnd <= rank; fromEnd++) {
      int mine = fromEnd > rank() ? 1 : dimensions[rank() - fromEnd];
      int theirs = fromEnd > other.rank() ? 1 : other.dimensions[other.rank() - fromEnd];
      if (mine != theirs && mine != 1 && theirs != 1) {
        throw new IllegalArgumentException(
            operation
                + ": shapes "
                + this
                + " and "
                + other
                + " do not broadcast: expected dimensions that agree or are 1, counted from the"
                + " last");
      }
      common[rank - fromEnd] = mine == 1 ? theirs : mine;
    }
    return of(common);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Shape shape && Arrays.equals(dimensions, shape.dimensions);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(dimensions);
  }

  /** The dimensions as in {@code [2, 3]}; a scalar is {@code []}. */
  @Override
  public String toString() {
    return Arrays.toString(dimensions);
  }
}
