package org.lanewise.engine.operation;

import java.util.List;
import org.lanewise.engine.Shape;
import org.lanewise.engine.Tensor;
import org.lanewise.engine.random.Distribution;
import org.lanewise.engine.random.RandomStream;

/**
 * Random draws: a tensor whose elements are a pure function of a stream and of the step that the
 * operand counts, so that they are the same when the step is run again, on any number of threads.
 *
 * <p>At step t element i, in row-major order, is made from word i of {@code stream.child(t)}. The
 * operand, of shape [2], holds t as a + 2<sup>24</sup> b, where a and b are integers from 0 to
 * 2<sup>24</sup> − 1, which floats hold exactly: {@link #count}. Other numbers are an error when
 * the operation runs. No gradient flows to the operand.
 *
 * @param distribution what is drawn
 * @param stream whose children the draws of each step come from
 * @param shape the shape of the result
 */
public record Draw(Distribution distribution, RandomStream stream, Shape shape)
    implements KernelOperation {
  /** The shape of the operand that counts steps. */
  public static final Shape COUNTER = Shape.of(2);

  /** Floats hold every integer of so many bits exactly. */
  private static final int BITS = 24;

  private static final long LIMIT = 1L << BITS;

  @Override
  public String label() {
    return "draw";
  }

  @Override
  public int arity() {
    return 1;
  }

  @Override
  public Shape resultShape(List<Shape> operands) {
    if (!operands.get(0).equals(COUNTER)) {
      throw new IllegalArgumentException(
          "draw: expected a counter of shape " + COUNTER + ", was " + operands.get(0));
    }
    return shape;
  }

  /**
   * Makes a tensor count a step.
   *
   * @param counter the tensor to write to, of shape {@link #COUNTER}
   * @param step the number of the step, from 0 to 2<sup>48</sup> − 1
   * @throws IllegalArgumentException if the step is out of range or the shape is another
   */
  public static void count(Tensor counter, long step) {
    if (step < 0 || step >= LIMIT * LIMIT) {
      throw new IllegalArgumentException(
          "draw: expected a step from 0 to " + (LIMIT * LIMIT - 1) + ", was " + step);
    }
    if (!counter.shape().equals(COUNTER)) {
      throw new IllegalArgumentException(
          "draw: expected a counter of shape " + COUNTER + ", was " + counter.shape());
    }
    counter.storage()[counter.offset()] = step % LIMIT;
    counter.storage()[counter.offset() + 1] = (float) (step >>> BITS);
  }

  /**
   * The step that a counter holds.
   *
   * @param a the first element of the operand
   * @param b the second
   * @return the step, from 0 to 2<sup>48</sup> − 1
   * @throws IllegalArgumentException if they are not integers from 0 to 2<sup>24</sup> − 1
   */
  public static long step(double a, double b) {
    return digit(a) + LIMIT * digit(b);
  }

  private static long digit(double value) {
    if (!(value >= 0 && value < LIMIT) || value != Math.rint(value)) {
      throw new IllegalArgumentException(
          "draw: expected a counter of integers from 0 to " + (LIMIT - 1) + ", was " + value);
    }
    return (long) value;
  }
}
