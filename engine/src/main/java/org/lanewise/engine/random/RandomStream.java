package org.lanewise.engine.random;

/**
 * A place in a stream of random 32-bit words, as a value: nothing in it ever changes, and what is
 * drawn from it is a pure function of its three numbers. Keep the value and the draws can be
 * replayed; save the three numbers and they can be resumed.
 *
 * <pre>{@code
 * RandomStream stream = RandomStream.of(42).child("hidden1/kernel");
 * stream = stream.fill(Distribution.normal(0, 0.05), kernel, 0, kernel.length);
 * }</pre>
 *
 * <p><b>Counting.</b> Word number w of a stream is word {@code w mod 4} of the Philox4x32-10 block
 * whose counter is (w / 4, stream) and whose key is the seed, lower half first. Element i of a fill
 * or permutation uses word {@code counter + i} and no other, so n elements consume n words, a fill
 * in parts equals the fill of the whole, and threads may fill parts in any order. A stream has
 * 2<sup>64</sup> words; the counter is unsigned and wraps.
 *
 * <p><b>Children.</b> {@link #child(long)} and {@link #child(String)} give streams that share the
 * seed and no words with their parent. They depend on the parent's seed and stream but not on its
 * counter: drawing more from the parent never changes a child. Two different children coincide with
 * a probability of 2<sup>-64</sup>.
 *
 * @param seed the seed: the key of the generator, any value
 * @param stream which of the seed's 2<sup>64</sup> streams this is, any value
 * @param counter the number of the next word
 */
public record RandomStream(long seed, long stream, long counter) {
  // Keys for what is not a draw differ from the seed by one of these, so that a child's identity or
  // a repeated draw is never a word that some stream also gives out. Fraction digits of e.
  private static final long CHILD_BY_ID = 0xB7E151628AED2A6AL;
  private static final long CHILD_BY_NAME = 0xBF7158809CF4F3C7L;
  private static final long REPEATED = 0x62E7160F38B4DA56L;

  /** The words made at a time: small enough for the cache, and a whole number of blocks. */
  private static final int CHUNK = 256;

  /** Where each thread puts the words made at a time, with room for a block more. */
  private static final ThreadLocal<int[]> WORDS =
      ThreadLocal.withInitial(() -> new int[CHUNK + Philox.WORDS]);

  /**
   * {@return the first stream of a seed, at its start}
   *
   * @param seed any value
   */
  public static RandomStream of(long seed) {
    return new RandomStream(seed, 0, 0);
  }

  /**
   * {@return the start of the stream that belongs to {@code id}: an index, a step, an epoch}
   *
   * <p>Its stream number is the first two words of the Philox block with counter (id, stream) and
   * the seed, changed by a constant, as key.
   *
   * @param id any value
   */
  public RandomStream child(long id) {
    return new RandomStream(seed, childStream(id), 0);
  }

  private long childStream(long id) {
    return Philox.mix(id, stream, seed ^ CHILD_BY_ID);
  }

  /**
   * {@return the start of the stream that belongs to {@code name}: a parameter, a layer, a purpose}
   * Names and numbers do not meet: {@code child("1")} is not {@code child(1)}.
   *
   * <p>Its stream number is found as by {@link #child(long)} with another constant, repeatedly:
   * first for the length of the name, then for every four {@code char}s of it, the first lowest.
   *
   * @param name any string
   */
  public RandomStream child(String name) {
    long child = Philox.mix(name.length(), stream, seed ^ CHILD_BY_NAME);
    for (int start = 0; start < name.length(); start += 4) {
      long chars = 0;
      for (int i = Math.min(start + 4, name.length()) - 1; i >= start; i--) {
        chars = chars << 16 | name.charAt(i);
      }
      child = Philox.mix(chars, child, seed ^ CHILD_BY_NAME);
    }
    return new RandomStream(seed, child, 0);
  }

  /**
   * {@return this stream {@code n} words further on}
   *
   * @param n the number of words to leave out, 0 or more
   * @throws IllegalArgumentException if {@code n} is negative
   */
  public RandomStream skip(long n) {
    requireCount("skip", n);
    return new RandomStream(seed, stream, counter + n);
  }

  /**
   * Writes draws of {@code distribution} to {@code y[offset]} to {@code y[offset + n - 1]}.
   *
   * @param distribution what to draw
   * @param y where the draws go
   * @param offset the place of the first draw in y
   * @param n the number of draws, 0 or more
   * @return the stream after the draws, {@code skip(n)}
   * @throws IllegalArgumentException if {@code n} is negative or the elements do not lie in {@code
   *     y}
   */
  public RandomStream fill(Distribution distribution, float[] y, int offset, int n) {
    requireRange("fill", y, offset, n);
    fill(seed, stream, counter, distribution, y, offset, n);
    return skip(n);
  }

  /**
   * Fills with draws of a child, as {@code child(id).skip(first).fill(distribution, y, offset, n)}
   * does, without making an object.
   *
   * @param id which child
   * @param first the number of its first word that is used
   * @param distribution what to draw from
   * @param y receives the draws
   * @param offset the place of the first draw in y
   * @param n the number of draws, 0 or more
   * @throws IllegalArgumentException if {@code n} is negative or the elements do not lie in {@code
   *     y}
   */
  public void fillChild(
      long id, long first, Distribution distribution, float[] y, int offset, int n) {
    requireRange("fill", y, offset, n);
    fill(seed, childStream(id), first, distribution, y, offset, n);
  }

  private static void fill(
      long seed, long stream, long first, Distribution distribution, float[] y, int offset, int n) {
    int[] words = WORDS.get();
    for (int start = 0; start < n; start += CHUNK) {
      int count = Math.min(CHUNK, n - start);
      words(seed, stream, first + start, words, count);
      distribution.transform(words, y, offset + start, count);
    }
  }

  private static void requireRange(String operation, float[] y, int offset, int n) {
    requireCount(operation, n);
    if (offset < 0 || offset > y.length - n) {
      throw new IllegalArgumentException(
          operation
              + ": expected offset + n within the array, was offset "
              + offset
              + ", n "
              + n
              + ", length "
              + y.length);
    }
  }

  /**
   * {@return the numbers 0 to {@code n - 1} in random order, every order equally likely} Uses n
   * words: {@code skip(n)} is the stream after it.
   *
   * <p>Source: Fisher and Yates, built up from the empty permutation; its bounded integers are
   * exactly uniform (Lemire, "Fast random integer generation in an interval", 2019).
   *
   * @param n how many numbers, 0 or more
   * @throws IllegalArgumentException if {@code n} is negative
   */
  public int[] permutation(int n) {
    requireCount("permutation", n);
    int[] y = new int[n];
    int[] words = WORDS.get();
    for (int start = 0; start < n; start += CHUNK) {
      int count = Math.min(CHUNK, n - start);
      words(seed, stream, counter + start, words, count);
      for (int i = start; i < start + count; i++) {
        int other = bounded(words[i - start], i + 1, counter + i);
        y[i] = y[other];
        y[other] = i;
      }
    }
    return y;
  }

  /**
   * Returns an integer, 0 to {@code bound - 1}, each with the same probability, from a word of this
   * stream and that word's number.
   */
  int bounded(int word, int bound, long number) {
    long product = Integer.toUnsignedLong(word) * bound;
    if (Integer.toUnsignedLong((int) product) < bound) {
      // 2^32 mod bound words too many for an equal share: they are repeated, outside the stream, so
      // that the elements after this one keep their words.
      long surplus = (1L << 32) % bound;
      for (long attempt = 0; Integer.toUnsignedLong((int) product) < surplus; attempt++) {
        int repeated = (int) Philox.mix(number, stream, seed ^ (REPEATED + attempt));
        product = Integer.toUnsignedLong(repeated) * bound;
      }
    }
    return (int) (product >>> 32);
  }

  /**
   * Writes words {@code first} to {@code first + n - 1} of a stream to y, which has room for a
   * block more.
   */
  static void words(long seed, long stream, long first, int[] y, int n) {
    int before = (int) first & (Philox.WORDS - 1);
    if (before == 0) {
      for (int i = 0; i < n; i += Philox.WORDS) {
        Philox.block((first + i) >>> 2, stream, seed, y, i);
      }
      return;
    }
    int[] words = new int[Philox.WORDS];
    for (int i = -before; i < n; i += Philox.WORDS) {
      Philox.block((first + i) >>> 2, stream, seed, words, 0);
      for (int j = Math.max(0, -i); j < Philox.WORDS; j++) {
        y[i + j] = words[j];
      }
    }
  }

  private static void requireCount(String operation, long n) {
    if (n < 0) {
      throw new IllegalArgumentException(operation + ": expected n >= 0, was " + n);
    }
  }
}
