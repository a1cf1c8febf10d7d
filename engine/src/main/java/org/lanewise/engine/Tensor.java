package org.lanewise.engine;

import java.util.Arrays;
import java.util.Objects;

/**
 * A dense array of 32-bit floats in row-major order: a {@link Shape} over a stretch of a {@code
 * float[]} on the heap.
 *
 * <p>A tensor is a view: its elements may be changed through {@link #array()} or {@link #storage()}
 * by whoever holds it, and tensors may share an array. Shape, array and offset never change.
 */
public final class Tensor {
  private static final int PRINTED = 8;

  private final float[] array;
  private final int offset;
  private final Shape shape;

  private Tensor(float[] array, int offset, Shape shape) {
    this.array = array;
    this.offset = offset;
    this.shape = shape;
  }

  /**
   * A tensor over part of an array, which is not copied.
   *
   * @param array the elements
   * @param offset where the first element is
   * @param shape the shape
   * @return the view
   * @throws IllegalArgumentException if the array does not hold that many elements from the offset
   *     on
   */
  public static Tensor view(float[] array, int offset, Shape shape) {
    if (offset < 0 || shape.size() > array.length - offset) {
      throw new IllegalArgumentException(
          "tensor: shape "
              + shape
              + " needs "
              + shape.size()
              + " elements from offset "
              + offset
              + ", the array has "
              + array.length);
    }
    return new Tensor(array, offset, shape);
  }

  /**
   * A tensor over a whole array, which is not copied.
   *
   * @param values the elements, row after row
   * @param dimensions the dimensions; their product is the length of the array
   * @return the tensor
   * @throws IllegalArgumentException if the element counts differ
   */
  public static Tensor of(float[] values, int... dimensions) {
    return of(values, Shape.of(dimensions));
  }

  /**
   * A tensor over a whole array, which is not copied.
   *
   * @param values the elements, row after row
   * @param shape the shape; its size is the length of the array
   * @return the tensor
   * @throws IllegalArgumentException if the element counts differ
   */
  public static Tensor of(float[] values, Shape shape) {
    if (shape.size() != values.length) {
      throw new IllegalArgumentException(
          "tensor: shape "
              + shape
              + " has "
              + shape.size()
              + " elements, given were "
              + values.length);
    }
    return new Tensor(values, 0, shape);
  }

  /**
   * A tensor of the given elements, each rounded to the nearest float.
   *
   * @param values the elements, row after row; those beyond the largest float become infinite
   * @param dimensions the dimensions; their product is the length of the array
   * @return the tensor, over an array of its own
   * @throws IllegalArgumentException if the element counts differ
   */
  public static Tensor of(double[] values, int... dimensions) {
    return of(values, Shape.of(dimensions));
  }

  /**
   * A tensor of the given elements, each rounded to the nearest float.
   *
   * @param values the elements, row after row; those beyond the largest float become infinite
   * @param shape the shape; its size is the length of the array
   * @return the tensor, over an array of its own
   * @throws IllegalArgumentException if the element counts differ
   */
  public static Tensor of(double[] values, Shape shape) {
    return of(rounded(values), shape);
  }

  private static float[] rounded(double[] values) {
    float[] rounded = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      rounded[i] = (float) values[i];
    }
    return rounded;
  }

  /**
   * A matrix with the given rows, which are copied.
   *
   * @param rows the rows, at least one, all of one length
   * @return the tensor of shape [rows, columns]
   * @throws IllegalArgumentException if there is no row or the lengths differ
   */
  public static Tensor matrix(float[]... rows) {
    if (rows.length == 0) {
      throw new IllegalArgumentException("tensor: expected at least one row, was none");
    }
    int columns = rows[0].length;
    Tensor matrix = zeros(rows.length, columns);
    for (int i = 0; i < rows.length; i++) {
      if (rows[i].length != columns) {
        throw new IllegalArgumentException(
            "tensor: expected rows of "
                + columns
                + " elements, row "
                + i
                + " has "
                + rows[i].length);
      }
      System.arraycopy(rows[i], 0, matrix.array, i * columns, columns);
    }
    return matrix;
  }

  /**
   * A vector of the given elements, which are copied.
   *
   * @param values the elements
   * @return the tensor of rank 1
   */
  public static Tensor vector(float... values) {
    return new Tensor(values.clone(), 0, Shape.of(values.length));
  }

  /**
   * A vector of the given elements, each rounded to the nearest float.
   *
   * @param values the elements; those beyond the largest float become infinite
   * @return the tensor of rank 1
   */
  public static Tensor vector(double... values) {
    return new Tensor(rounded(values), 0, Shape.of(values.length));
  }

  /**
   * A scalar.
   *
   * @param value the one element
   * @return the tensor of rank 0
   */
  public static Tensor scalar(float value) {
    return new Tensor(new float[] {value}, 0, Shape.SCALAR);
  }

  /**
   * A tensor of zeros.
   *
   * @param dimensions the dimensions
   * @return the tensor
   */
  public static Tensor zeros(int... dimensions) {
    return zeros(Shape.of(dimensions));
  }

  /**
   * A tensor of zeros.
   *
   * @param shape the shape
   * @return the tensor
   */
  public static Tensor zeros(Shape shape) {
    return new Tensor(new float[shape.size()], 0, shape);
  }

  /**
   * A tensor filled with one value.
   *
   * @param value the value of every element
   * @param shape the shape
   * @return the tensor
   */
  public static Tensor full(float value, Shape shape) {
    Tensor tensor = zeros(shape);
    Arrays.fill(tensor.array, value);
    return tensor;
  }

  /**
   * The shape.
   *
   * @return the shape
   */
  public Shape shape() {
    return shape;
  }

  /**
   * The number of elements.
   *
   * @return the element count
   */
  public int size() {
    return shape.size();
  }

  /**
   * The elements in row-major order, themselves and not a copy: writing to the array changes the
   * tensor. A tensor over a part of an array has none, such as a value of a program or an operand
   * of a custom operation; {@link #toArray()} copies the elements of any tensor.
   *
   * @return the array, with {@link #size()} elements
   * @throws IllegalStateException if this tensor is a part of a larger array
   */
  public float[] array() {
    if (array.length != size()) {
      throw new IllegalStateException(
          "tensor: shape "
              + shape
              + " is elements "
              + offset
              + " to "
              + (offset + size())
              + " of an array of "
              + array.length
              + ", expected a whole array: toArray() copies its elements, storage() and offset()"
              + " say where they are");
    }
    return array;
  }

  /**
   * The array that holds the elements, itself and not a copy, and maybe those of other tensors
   * before and after them: for kernels and custom operations.
   *
   * @return the backing array; this tensor's elements start at {@link #offset()}
   */
  public float[] storage() {
    return array;
  }

  /**
   * Where this tensor's first element is in {@link #storage()}.
   *
   * @return the offset, at least 0
   */
  public int offset() {
    return offset;
  }

  /**
   * The elements in row-major order.
   *
   * @return a fresh array
   */
  public float[] toArray() {
    return Arrays.copyOfRange(array, offset, offset + size());
  }

  /**
   * One element.
   *
   * @param index the position along each axis, as many as the rank
   * @return the element
   * @throws IllegalArgumentException if the number of positions is not the rank
   * @throws IndexOutOfBoundsException if a position is out of range
   */
  public float get(int... index) {
    if (index.length != shape.rank()) {
      throw new IllegalArgumentException(
          "tensor: expected "
              + shape.rank()
              + " positions for shape "
              + shape
              + ", was "
              + index.length);
    }
    int position = 0;
    for (int axis = 0; axis < index.length; axis++) {
      int dimension = shape.dimension(axis);
      position = position * dimension + Objects.checkIndex(index[axis], dimension);
    }
    return array[offset + position];
  }

  /**
   * The one element of a tensor that has just one.
   *
   * @return the element
   * @throws IllegalArgumentException if the tensor has more or fewer elements
   */
  public float item() {
    if (size() != 1) {
      throw new IllegalArgumentException("item: expected one element, was shape " + shape);
    }
    return array[offset];
  }

  /**
   * The same elements under another shape, not copied.
   *
   * @param newShape a shape of as many elements
   * @return a view
   * @throws IllegalArgumentException if the element counts differ
   */
  public Tensor reshape(Shape newShape) {
    if (newShape.size() != size()) {
      throw new IllegalArgumentException(
          "reshape: shape "
              + shape
              + " has "
              + size()
              + " elements, "
              + newShape
              + " has "
              + newShape.size());
    }
    return new Tensor(array, offset, newShape);
  }

  /**
   * A tensor of the same shape and elements with an array of its own.
   *
   * @return the copy
   */
  public Tensor copy() {
    return new Tensor(toArray(), 0, shape);
  }

  /**
   * Overwrites this tensor's elements with another's.
   *
   * @param source a tensor of the same shape
   * @throws IllegalArgumentException if the shapes differ; nothing is written then
   */
  public void copyFrom(Tensor source) {
    if (!shape.equals(source.shape)) {
      throw new IllegalArgumentException("copy: expected shape " + shape + ", was " + source.shape);
    }
    System.arraycopy(source.array, source.offset, array, offset, size());
  }

  /**
   * Whether another tensor has the same shape and, element by element, the same bits (any NaN
   * equals any NaN; 0 and −0 differ).
   *
   * @param other the other tensor
   * @return true if shape and elements agree
   */
  public boolean sameElements(Tensor other) {
    return shape.equals(other.shape)
        && Arrays.equals(
            array, offset, offset + size(), other.array, other.offset, other.offset + size());
  }

  /** The shape and the first few elements. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("Tensor").append(shape).append(" {");
    int shown = Math.min(PRINTED, size());
    for (int i = 0; i < shown; i++) {
      text.append(i == 0 ? "" : ", ").append(array[offset + i]);
    }
    return text.append(size() > shown ? ", …}" : "}").toString();
  }
}
