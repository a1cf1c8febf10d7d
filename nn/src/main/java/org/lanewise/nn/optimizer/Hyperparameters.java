package org.lanewise.nn.optimizer;

import org.lanewise.autodiff.Variable;

/**
 * The numbers of a step that may change from step to step or differ from parameter to parameter.
 * The variables are inputs of the recorded step, so a schedule moves them without recording anew.
 *
 * @param learningRate the learning rate η of this step and parameter, a scalar
 * @param momentum the momentum of this step, a scalar; it starts as {@link Optimizer#momentum()}
 * @param decayFactor the factor of the optimizer's weight decay for this parameter: 1, or 0 for one
 *     that does not decay
 */
public record Hyperparameters(Variable learningRate, Variable momentum, double decayFactor) {}
