package org.lanewise.engine.program;

/** How long the steps of a program took in the runs that were measured. */
final class StepTimes {
  private final long[] nanoseconds;
  private int runs;

  /** No time yet. */
  StepTimes(int steps) {
    nanoseconds = new long[steps];
  }

  /** Runs the steps in their order, and adds the time of each. */
  void run(Runnable[] steps) {
    long before = System.nanoTime();
    for (int i = 0; i < steps.length; i++) {
      steps[i].run();
      long after = System.nanoTime();
      nanoseconds[i] += after - before;
      before = after;
    }
    runs++;
  }

  /** The runs that were measured. */
  int runs() {
    return runs;
  }

  /** The mean time of a step in microseconds. */
  double microseconds(int step) {
    return nanoseconds[step] / 1e3 / runs;
  }

  /** The mean time of all steps in microseconds. */
  double microseconds() {
    double sum = 0;
    for (int step = 0; step < nanoseconds.length; step++) {
      sum += microseconds(step);
    }
    return sum;
  }
}
