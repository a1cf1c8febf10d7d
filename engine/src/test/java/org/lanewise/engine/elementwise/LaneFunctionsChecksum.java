package org.lanewise.engine.elementwise;

import java.util.Arrays;
import java.util.Random;
import java.util.function.Function;
import org.lanewise.engine.operation.Elementwise;

/** Prints a number for each operation that changes with any bit of the results of its lanes. */
final class LaneFunctionsChecksum {
  private static final int SIZE = 515;

  /** Enough for the loops to be compiled. */
  private static final int WARM_RUNS = 400;

  private LaneFunctionsChecksum() {}

  /** Takes one argument, {@code cold} or {@code warm}: whether to run the loops beforehand. */
  public static void main(String[] arguments) {
    int runsBefore = arguments[0].equals("warm") ? WARM_RUNS : 0;
    System.out.println(checksums(runsBefore, LaneLoop::of));
  }

  static String checksums(int runsBefore, Function<Elementwise, ScalarLoop> loops) {
    Random random = new Random(11);
    float[] x = operand(random);
    float[] x1 = operand(random);
    float[] x2 = operand(random);
    StringBuilder text = new StringBuilder();
    for (Elementwise operation : Elementwise.values()) {
      ScalarLoop loop = loops.apply(operation);
      float[] y = new float[SIZE];
      for (int run = 0; run < runsBefore; run++) {
        loop.run(x, x1, x2, y, SIZE);
      }
      loop.run(x, x1, x2, y, SIZE);
      text.append(operation.label())
          .append(' ')
          .append(Arrays.hashCode(LaneLoop.bits(y)))
          .append('\n');
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
