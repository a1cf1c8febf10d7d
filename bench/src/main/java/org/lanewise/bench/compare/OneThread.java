package org.lanewise.bench.compare;

/** Ours on one thread, where the row has more: the ratio is what the other threads gain. */
final class OneThread implements Contestant {
  private final Contestant ours = new Lanewise();

  @Override
  public String name() {
    return "Lanewise on one thread";
  }

  @Override
  public String version() {
    return ours.version();
  }

  @Override
  public boolean does(Work work, int threads) {
    return threads > 1;
  }

  @Override
  public int threads(int threads) {
    return 1;
  }

  @Override
  public int warmUps() {
    return ours.warmUps();
  }

  @Override
  public Task open(Work work, int threads) {
    return ours.open(work, threads);
  }
}
