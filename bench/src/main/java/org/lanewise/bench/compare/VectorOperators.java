package org.lanewise.bench.compare;

import org.lanewise.bench.micro.VectorOperatorLoops;

/** The JDK's own vector operators, in a loop of their own. */
final class VectorOperators implements Contestant {
  @Override
  public String name() {
    return "JDK vector operator";
  }

  @Override
  public String version() {
    return "OpenJDK " + Runtime.version();
  }

  @Override
  public boolean does(Work work, int threads) {
    return work instanceof FunctionWork function
        && threads == 1
        && VectorOperatorLoops.has(function.function());
  }

  @Override
  public Task open(Work work, int threads) {
    FunctionWork function = (FunctionWork) work;
    float[] x = function.x();
    float[] y = new float[x.length];
    return new Task() {
      @Override
      public void run() {
        VectorOperatorLoops.run(function.function(), x, y);
      }

      @Override
      public float[] results() {
        run();
        return y;
      }
    };
  }
}
