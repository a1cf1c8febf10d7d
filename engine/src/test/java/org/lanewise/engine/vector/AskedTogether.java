package org.lanewise.engine.vector;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** Prints how many trials as many tiers had that two threads asked for at the same time. */
final class AskedTogether {
  private static final int COUNT = 3000;

  private static final AtomicInteger TRIALS = new AtomicInteger();
  private static final AtomicInteger ARRIVED = new AtomicInteger();

  private AskedTogether() {}

  private static Contest contest() {
    TRIALS.incrementAndGet();
    throw new IllegalStateException("there is nothing to try");
  }

  private static void ask(List<Tiers> tiers) {
    int both = 0;
    for (Tiers each : tiers) {
      both += 2;
      ARRIVED.incrementAndGet();
      while (ARRIVED.get() < both) {
        Thread.onSpinWait();
      }
      each.tryNow();
    }
  }

  /** Takes no arguments. */
  public static void main(String[] arguments) throws InterruptedException {
    List<Tiers> tiers =
        Stream.generate(() -> new Tiers(AskedTogether::contest)).limit(COUNT).toList();
    Thread other = Thread.ofPlatform().start(() -> ask(tiers));
    ask(tiers);
    other.join();
    // It comes after all others, as none of them has taken any time.
    Tiers last = new Tiers(AskedTogether::contest);
    last.tryNow();
    while (!last.isDecided()) {
      Thread.sleep(1);
    }
    System.out.println(COUNT + 1 + " tiers, " + TRIALS + " trials");
  }
}
