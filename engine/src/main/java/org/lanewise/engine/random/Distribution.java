package org.lanewise.engine.random;

/**
 * A distribution of random floats, as data: what {@link RandomStream#fill} writes.
 *
 * <p>Each element is made from exactly one 32-bit word of the stream, so no element can shift
 * another. All arithmetic is in double precision with {@link StrictMath} and is rounded to float
 * once, so the same words give the same floats on every machine.
 */
public sealed interface Distribution {
  /**
   * {@return the uniform distribution over {@code low <= y < high}}
   *
   * @param low the lowest value drawn, finite
   * @param high the bound above all values drawn, finite and above {@code low}
   * @throws IllegalArgumentException if a bound, rounded to float, is not finite, or {@code low} is
   *     not below {@code high}
   */
  static Distribution uniform(double low, double high) {
    return new Uniform((float) low, (float) high);
  }

  /** {@return the standard normal distribution: mean 0, standard deviation 1} */
  static Distribution normal() {
    return normal(0, 1);
  }

  /**
   * {@return the normal distribution}
   *
   * @param mean the mean, finite
   * @param stddev the standard deviation, 0 or above
   * @throws IllegalArgumentException if {@code mean} is not finite, {@code stddev} is negative or
   *     not finite, or a draw could overflow
   */
  static Distribution normal(double mean, double stddev) {
    return new Normal(mean, stddev);
  }

  /**
   * {@return the normal distribution with everything farther than two {@code stddev} from the mean
   * cut off}
   *
   * @param mean the mean, finite
   * @param stddev the standard deviation before the cut, 0 or above
   * @throws IllegalArgumentException as {@link #normal(double, double)}
   */
  static Distribution truncatedNormal(double mean, double stddev) {
    return new TruncatedNormal(mean, stddev);
  }

  /**
   * {@return the distribution of ones with probability {@code p}, zeros otherwise}
   *
   * @param p the probability of a one, 0 to 1
   * @throws IllegalArgumentException if {@code p} is not between 0 and 1
   */
  static Distribution bernoulli(double p) {
    return new Bernoulli(p);
  }

  /**
   * Turns {@code n} random words into draws: {@code y[offset + i]} is made from {@code words[i]}
   * alone. {@link RandomStream#fill} calls this with the stream's own words; it checks no bounds
   * beyond Java's.
   *
   * @param words at least n random words
   * @param y where the draws go
   * @param offset the place of the first draw in y
   * @param n the number of draws
   */
  void transform(int[] words, float[] y, int offset, int n);

  /**
   * The uniform distribution over {@code low <= y < high}, {@code low + u (high - low)} with u one
   * of the 2<sup>24</sup> multiples of 2<sup>-24</sup> below 1.
   *
   * @param low the lowest value drawn, finite
   * @param high the bound above all values drawn, finite and above {@code low}
   */
  record Uniform(float low, float high) implements Distribution {
    /** Checks the bounds. */
    public Uniform {
      if (!(low < high) || !Float.isFinite(low) || !Float.isFinite(high)) {
        throw new IllegalArgumentException(
            "uniform: expected finite low < high as floats, was low " + low + ", high " + high);
      }
    }

    @Override
    public void transform(int[] words, float[] y, int offset, int n) {
      double range = (double) high - low;
      // Rounding to float may reach the bound that is not to be reached.
      float highest = Math.nextDown(high);
      for (int i = 0; i < n; i++) {
        y[offset + i] = Math.min((float) (low + (words[i] >>> 8) * 0x1p-24 * range), highest);
      }
    }
  }

  /**
   * The normal distribution, {@code mean + stddev z}. The quantile function makes z from 32 bits,
   * so |z| stays below 6.34; larger values, one draw in four billion, fall on the outermost one.
   *
   * @param mean the mean, finite
   * @param stddev the standard deviation, 0 or above
   */
  record Normal(double mean, double stddev) implements Distribution {
    /** Checks the parameters. */
    public Normal {
      requireNoOverflow("normal", mean, stddev, 6.34);
    }

    @Override
    public void transform(int[] words, float[] y, int offset, int n) {
      for (int i = 0; i < n; i++) {
        double z = NormalQuantile.ofDistanceFromMedian(distanceFromMedian(words[i]));
        y[offset + i] = (float) (mean + stddev * z);
      }
    }
  }

  /**
   * The normal distribution cut off at two {@code stddev} from the mean: the distribution of normal
   * draws of which those farther away are thrown back. It is made by the quantile function, so no
   * draw is ever repeated.
   *
   * @param mean the mean, finite
   * @param stddev the standard deviation before the cut, 0 or above; after it the standard
   *     deviation is {@link #STDDEV_AFTER_CUT} times this
   */
  record TruncatedNormal(double mean, double stddev) implements Distribution {
    /**
     * The standard deviation of a standard normal variable cut off at ±2: the root of 1 - 4 φ(2) /
     * (2 Φ(2) - 1).
     */
    public static final double STDDEV_AFTER_CUT = 0.8796256610342398;

    /** The probability that a standard normal variable lies within ±2: 2 Φ(2) - 1. */
    private static final double WITHIN = 0.9544997361036416;

    /** Checks the parameters. */
    public TruncatedNormal {
      requireNoOverflow("truncatedNormal", mean, stddev, 2);
    }

    @Override
    public void transform(int[] words, float[] y, int offset, int n) {
      for (int i = 0; i < n; i++) {
        double z = NormalQuantile.ofDistanceFromMedian(WITHIN * distanceFromMedian(words[i]));
        y[offset + i] = (float) (mean + stddev * z);
      }
    }
  }

  /**
   * Ones with probability {@code p} and zeros otherwise.
   *
   * @param p the probability of a one, 0 to 1; rounded to a multiple of 2<sup>-32</sup>, and 0 and
   *     1 are certain
   */
  record Bernoulli(double p) implements Distribution {
    /** Checks the probability. */
    public Bernoulli {
      if (!(p >= 0 && p <= 1)) {
        throw new IllegalArgumentException("bernoulli: expected 0 <= p <= 1, was p " + p);
      }
    }

    @Override
    public void transform(int[] words, float[] y, int offset, int n) {
      long ones = StrictMath.round(p * 0x1p32);
      for (int i = 0; i < n; i++) {
        // The sign bit of word - ones: a comparison without a branch nobody can predict.
        y[offset + i] = (Integer.toUnsignedLong(words[i]) - ones) >>> 63;
      }
    }
  }

  /**
   * Reads a word as a number between -½ and ½, both excluded, at the middle of its 2<sup>-32</sup>
   * wide cell: a probability less ½. Exact in double precision, and odd under {@code ~word}.
   */
  private static double distanceFromMedian(int word) {
    return (word + 0.5) * 0x1p-32;
  }

  private static void requireNoOverflow(
      String operation, double mean, double stddev, double farthest) {
    if (!Double.isFinite(mean)) {
      throw new IllegalArgumentException(operation + ": expected a finite mean, was " + mean);
    }
    if (!(stddev >= 0) || !Double.isFinite(stddev)) {
      throw new IllegalArgumentException(
          operation + ": expected a finite stddev >= 0, was " + stddev);
    }
    if (StrictMath.abs(mean) + farthest * stddev > Float.MAX_VALUE) {
      throw new IllegalArgumentException(
          operation + ": draws of mean " + mean + " and stddev " + stddev + " overflow a float");
    }
  }
}
