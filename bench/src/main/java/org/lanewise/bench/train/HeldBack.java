package org.lanewise.bench.train;

import org.lanewise.nn.training.DataSet;
import org.lanewise.nn.training.Split;

/** Holds back one in twelve training images, the last ones, to validate on. */
final class HeldBack {
  private static final int ONE_IN = 12;

  private HeldBack() {}

  static Split of(DataSet all) {
    int held = all.size() / ONE_IN;
    if (held == 0) {
      throw new InputException(
          "expected at least " + ONE_IN + " training images, was " + all.size());
    }
    int end = all.size() - held;
    return new Split(all.slice(0, end), all.slice(end, all.size()));
  }
}
