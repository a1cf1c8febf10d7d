package org.lanewise.engine.elementwise;

import java.util.Arrays;
import java.util.Random;
import org.lanewise.engine.operation.Elementwise;

/** Prints a number for each operation that changes with any bit of its results. */
final class LaneFunctionsChecksum {
  private static final int SIZE = 515;

  /** Enough for the loops to be compiled. */
  private static final int WARM_RUNS = 400;

  private LaneFunctionsChecksum() {}

  /** Takes one argument, {@code cold} or {@code warm}: whether to run the loops beforehand. */
  public static void main(String[] arguments) {
    System.out.println(arguments[0].equals("warm") ? warm() : cold());
  }

  static String cold() {
    return checksums(0);
  }

  static String warm() {
    return checksums(WARM_RUNS);
  }

  /** All NaNs are one: which of them results is left open by IEEE 754. */
  static int[] bits(float[] x) {
    int[] bits = new int[x.length];
    for (int i = 0; i < x.length; i++) {
      bits[i] = Float.floatToIntBits(x[i]);
    }
    return bits;
  }

  private static String checksums(int runsBefore) {
    Random random = new Random(11);
    float[] x = operand(random);
    float[] x1 = operand(random);
    float[] x2 = operand(random);
    StringBuilder text = new StringBuilder();
    for (Elementwise operation : Elementwise.values()) {
      ElementwiseLoop loop = ElementwiseLoops.of(operation);
      float[] y = new float[SIZE];
      for (int run = 0; run < runsBefore; run++) {
        loop.run(x, 0, x1, 0, x2, 0, y, 0, SIZE);
      }
      loop.run(x, 0, x1, 0, x2, 0, y, 0, SIZE);
      text.append(operation.label()).append(' ').append(Arrays.hashCode(bits(y))).append('\n');
    }
    return text.toString().strip();
  }

  private static float[] operand(Random random) {
    float[] x = new float[SIZE];
    for (int i = 0; i < SIZE; i++) {
      x[i] =
          switch (i % 3) {
            case 0 -> Float.intBitsToFloat(random.nextInt());
            case 1 -> (float) random.nextGaussian(0, 3);
            default -> 220 * random.nextFloat() - 110;
          };
    }
    return x;
  }
}
