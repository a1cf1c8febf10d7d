package org.lanewise.nn.normalization;

import org.lanewise.autodiff.Variable;
import org.lanewise.autodiff.Variable.Moments;

/**
 * The statistics of a batch that normalization uses.
 *
 * @param mean the mean of each channel
 * @param centered the batch less the mean
 * @param variance the biased variance of each channel
 */
record BatchStatistics(Variable mean, Variable centered, Variable variance) {
  /** The statistics, for a layer of a kind. */
  static BatchStatistics of(String kind, Variable x) {
    int[] others = Channels.others(x);
    int values = 1;
    for (int axis : others) {
      values *= x.shape().dimension(axis);
    }
    if (values < 2) {
      throw new IllegalArgumentException(
          kind + ": expected a batch of at least 2 examples in training, was " + values);
    }
    Moments moments = x.moments(others);
    return new BatchStatistics(moments.mean(), moments.centered(), moments.variance());
  }
}
