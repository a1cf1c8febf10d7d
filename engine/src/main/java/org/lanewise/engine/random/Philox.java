package org.lanewise.engine.random;

/**
 * The Philox4x32-10 block function: four random 32-bit words from a 128-bit counter and a 64-bit
 * key.
 *
 * <p>Source: Salmon, Moraes, Dror, Shaw, "Parallel random numbers: as easy as 1, 2, 3" (2011),
 * section 3.3. It passes all of TestU01's BigCrush.
 */
final class Philox {
  /** The number of words in a block. */
  static final int WORDS = 4;

  private static final int ROUNDS = 10;
  private static final long MULTIPLIER_0 = 0xD2511F53L;
  private static final long MULTIPLIER_1 = 0xCD9E8D57L;
  private static final int KEY_STEP_0 = 0x9E3779B9;
  private static final int KEY_STEP_1 = 0xBB67AE85;
  private static final long LOW_WORD = 0xFFFFFFFFL;

  private static final ThreadLocal<int[]> MIXED = ThreadLocal.withInitial(() -> new int[WORDS]);

  private Philox() {}

  /**
   * Writes a block to {@code y[offset]} to {@code y[offset + 3]}. Each {@code long} stands for two
   * words of the paper's counter or key, the lower half first.
   */
  static void block(long counterLow, long counterHigh, long key, int[] y, int offset) {
    int c0 = (int) counterLow;
    int c1 = (int) (counterLow >>> 32);
    int c2 = (int) counterHigh;
    int c3 = (int) (counterHigh >>> 32);
    int k0 = (int) key;
    int k1 = (int) (key >>> 32);
    for (int round = 0; round < ROUNDS; round++) {
      long product0 = MULTIPLIER_0 * (c0 & LOW_WORD);
      long product1 = MULTIPLIER_1 * (c2 & LOW_WORD);
      c0 = (int) (product1 >>> 32) ^ c1 ^ k0;
      c1 = (int) product1;
      c2 = (int) (product0 >>> 32) ^ c3 ^ k1;
      c3 = (int) product0;
      k0 += KEY_STEP_0;
      k1 += KEY_STEP_1;
    }
    y[offset] = c0;
    y[offset + 1] = c1;
    y[offset + 2] = c2;
    y[offset + 3] = c3;
  }

  /** Returns the first two words of a block as one {@code long}, the first word in the low half. */
  static long mix(long counterLow, long counterHigh, long key) {
    int[] words = MIXED.get();
    block(counterLow, counterHigh, key, words, 0);
    return (words[0] & LOW_WORD) | ((long) words[1] << 32);
  }
}
