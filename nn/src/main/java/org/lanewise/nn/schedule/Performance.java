package org.lanewise.nn.schedule;

/** A factor for every time that reports have not become lower for a while. */
record Performance(double factor, int patience) implements Schedule {
  Performance {
    if (!(factor > 0 && factor < 1)) {
      throw new IllegalArgumentException(
          "performance: expected a factor above 0 and below 1, was " + factor);
    }
    if (patience < 1) {
      throw new IllegalArgumentException(
          "performance: expected a patience of at least 1, was " + patience);
    }
  }

  @Override
  public double at(Progress progress) {
    if (progress.epochs() > 0 && progress.reports().isEmpty()) {
      throw new IllegalStateException(
          "performance: expected a number to be reported after each epoch, such as the validation"
              + " loss, there was none after "
              + progress.epochs());
    }
    double lowest = Double.POSITIVE_INFINITY;
    int waited = 0;
    int reductions = 0;
    for (double report : progress.reports()) {
      if (report < lowest) {
        lowest = report;
        waited = 0;
      } else if (++waited == patience) {
        reductions++;
        waited = 0;
      }
    }
    return Math.pow(factor, reductions);
  }
}
