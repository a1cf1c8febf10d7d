package org.lanewise.nn.training;

import org.lanewise.nn.network.Parameters;
import org.lanewise.nn.schedule.Progress;

/**
 * All that training has come to between two epochs. Resumed from it, training gives the same bits
 * as if it had not been interrupted.
 *
 * @param parameters the parameters and statistics of the network
 * @param average the moving averages of the trainable parameters; empty without averaging
 * @param optimizerState what the optimizer remembers, by slot and parameter
 * @param progress the steps and epochs done and what was reported
 * @param learningRate the learning rate that the schedule starts from
 */
public record Checkpoint(
    Parameters parameters,
    Parameters average,
    Parameters optimizerState,
    Progress progress,
    double learningRate) {}
