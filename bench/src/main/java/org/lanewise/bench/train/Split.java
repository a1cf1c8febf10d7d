package org.lanewise.bench.train;

import org.lanewise.nn.training.DataSet;

/**
 * Images to learn from, and others to validate on.
 *
 * @param train the images to learn from
 * @param validation one in twelve, held back
 */
record Split(DataSet train, DataSet validation) {
  /** One in so many training images is held back to validate on. */
  private static final int VALIDATION_SHARE = 12;

  static Split of(DataSet all) {
    int held = all.size() / VALIDATION_SHARE;
    if (held == 0) {
      throw new InputException(
          "expected at least " + VALIDATION_SHARE + " training images, was " + all.size());
    }
    return new Split(all.slice(0, all.size() - held), all.slice(all.size() - held, all.size()));
  }
}
