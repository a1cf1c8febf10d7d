package org.lanewise.engine.matrix;

import java.util.Arrays;
import java.util.stream.Collectors;

/** Prints which tier each way to compute products has in the end. */
final class PathChange {
  private static final long PATIENCE = 120_000_000_000L;

  private PathChange() {}

  /** Takes no arguments. */
  public static void main(String[] arguments) throws InterruptedException {
    for (ProductPath path : ProductPath.values()) {
      path.tiers().tryNow();
    }
    long end = System.nanoTime() + PATIENCE;
    while (!Arrays.stream(ProductPath.values()).allMatch(path -> path.tiers().isDecided())
        && System.nanoTime() < end) {
      Thread.sleep(10);
    }
    System.out.println(
        Arrays.stream(ProductPath.values())
            .map(path -> path + " " + path.tiers().label())
            .collect(Collectors.joining(", ")));
  }
}
