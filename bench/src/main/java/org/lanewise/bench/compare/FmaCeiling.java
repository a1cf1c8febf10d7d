package org.lanewise.bench.compare;

import org.lanewise.bench.micro.FlopCounter;
import org.lanewise.bench.micro.FmaCeilingBenchmark;

/**
 * Not a peer but the limit of matrix products: what one core's multipliers give at most, measured
 * in the same rounds.
 */
final class FmaCeiling implements Contestant {
  static final String NAME = "FMA ceiling";

  private double flops;

  /** The share of the ceiling that ours reached. */
  static double share(Work work, Measured ours, Measured ceiling) {
    double rate = ((MatrixProductWork) work).flops() / ours.median();
    return rate * ceiling.median() / Double.parseDouble(ceiling.version());
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String version() {
    return Double.toString(flops);
  }

  @Override
  public boolean does(Work work, int threads) {
    return work instanceof MatrixProductWork && threads == 1;
  }

  @Override
  public boolean hasResults() {
    return false;
  }

  @Override
  public Task open(Work work, int threads) {
    FmaCeilingBenchmark benchmark = new FmaCeilingBenchmark();
    FlopCounter counter = new FlopCounter();
    benchmark.twelve(counter);
    flops = counter.flops;
    return new Task() {
      @Override
      public void run() {
        benchmark.twelve(counter);
      }

      @Override
      public float[] results() {
        return new float[0];
      }
    };
  }
}
