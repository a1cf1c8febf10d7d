package org.lanewise.nn.check;

/** Checks of the numbers in descriptions, such as those of layers and optimizers. */
public final class Checks {
  private Checks() {}

  /**
   * Whether a number is above 0 and finite as the float that it is computed with.
   *
   * @param value the number
   * @return false also for a number that is 0 or infinite only when rounded to a float
   */
  public static boolean isPositive(double value) {
    return (float) value > 0 && Float.isFinite((float) value);
  }

  /**
   * Requires a number that is finite as the float that it is computed with.
   *
   * @param owner the thing that the number describes, as in {@code constant}
   * @param name the name of the number, as in {@code a value}
   * @param value the number
   * @throws IllegalArgumentException if it is out of its range
   */
  public static void finite(String owner, String name, double value) {
    require(Float.isFinite((float) value), owner, name + " that is finite as a float", value);
  }

  /**
   * Requires a number above 0 and finite as the float that it is computed with.
   *
   * @param owner the thing that the number describes, as in {@code adam}
   * @param name the name of the number, as in {@code a learning rate}
   * @param value the number
   * @throws IllegalArgumentException if it is out of its range
   */
  public static void positive(String owner, String name, double value) {
    require(isPositive(value), owner, name + " above 0 and finite as a float", value);
  }

  /**
   * Requires a number of at least 0 that is finite as the float that it is computed with.
   *
   * @param owner the thing that the number describes, as in {@code regularizer}
   * @param name the name of the number, as in {@code a factor}
   * @param value the number
   * @throws IllegalArgumentException if it is out of its range
   */
  public static void notNegative(String owner, String name, double value) {
    boolean holds = value >= 0 && Float.isFinite((float) value);
    require(holds, owner, name + " of at least 0 and finite as a float", value);
  }

  /**
   * Requires a number from 0 to 1.
   *
   * @param owner the thing that the number describes, as in {@code batch_norm}
   * @param name the name of the number, as in {@code a momentum}
   * @param value the number
   * @throws IllegalArgumentException if it is out of its range
   */
  public static void fraction(String owner, String name, double value) {
    require(value >= 0 && value <= 1, owner, name + " from 0 to 1", value);
  }

  /**
   * Requires a number from 0 to below 1, as a float too: the share of the past in an average.
   *
   * @param owner the thing that the number describes, as in {@code adam}
   * @param name the name of the number, as in {@code beta1}
   * @param value the number
   * @throws IllegalArgumentException if it is out of its range
   */
  public static void decay(String owner, String name, double value) {
    require(value >= 0 && (float) value < 1, owner, name + " from 0 to below 1", value);
  }

  private static void require(boolean holds, String owner, String expected, double value) {
    if (!holds) {
      throw new IllegalArgumentException(owner + ": expected " + expected + ", was " + value);
    }
  }
}
