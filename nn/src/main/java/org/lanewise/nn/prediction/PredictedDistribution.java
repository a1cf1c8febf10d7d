package org.lanewise.nn.prediction;

import org.lanewise.engine.Tensor;

/**
 * The prediction of a network that is not certain: the moments of sampled outputs.
 *
 * @param mean the mean of the samples, [batch, output shape…]
 * @param standardDeviation their standard deviation, the root of the mean squared distance from the
 *     mean, of the same shape
 */
public record PredictedDistribution(Tensor mean, Tensor standardDeviation) {}
