package org.lanewise.engine.loop;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.lanewise.engine.loop.LoopCode.Access;
import org.lanewise.engine.loop.LoopCode.Instruction;
import org.lanewise.engine.operation.Elementwise;

/** Prints which tiers ran a loop at first and in the end, and whether their bits were the same. */
final class TierChange {
  private static final int ROWS = 3;
  private static final int COLUMNS = 37;
  private static final int LINKS = 20;
  private static final long PATIENCE = 120_000_000_000L;

  /** x − (x − (x − … y)): many cheap operations, where plain loops pass over memory for each. */
  private static final LoopCode CHAIN =
      new LoopCode(List.of(Access.ALONG, Access.ALONG), links(), List.of(LINKS + 1), List.of());

  private TierChange() {}

  private static List<Instruction> links() {
    List<Instruction> links = new ArrayList<>();
    for (int link = 0; link < LINKS; link++) {
      links.add(new Instruction(Elementwise.SUBTRACT, List.of(0, link + 1)));
    }
    return links;
  }

  private static float[] run(TieredLoop tiers) {
    float[] x = new float[ROWS * COLUMNS];
    float[] y = new float[ROWS * COLUMNS];
    for (int i = 0; i < x.length; i++) {
      x[i] = 1f / (i + 1);
      y[i] = i / 7f;
    }
    float[] result = new float[ROWS * COLUMNS];
    int[] steps = {COLUMNS, COLUMNS, COLUMNS};
    tiers.run(new float[][] {x, y, result}, new int[3], steps, ROWS, COLUMNS, new float[0]);
    return result;
  }

  public static void main(String[] arguments) throws InterruptedException {
    TieredLoop tiers = TieredLoop.of(CHAIN);
    String first = tiers.tiers().label();
    float[] before = run(tiers);
    tiers.tiers().tryNow();
    long end = System.nanoTime() + PATIENCE;
    while (!tiers.tiers().isDecided() && System.nanoTime() < end) {
      Thread.sleep(10);
    }
    System.out.println(
        first
            + " "
            + tiers.tiers().label()
            + " "
            + (Arrays.equals(run(tiers), before) ? "same" : "other"));
  }
}
