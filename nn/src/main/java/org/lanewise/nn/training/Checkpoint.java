package org.lanewise.nn.training;

import java.io.IOException;
import java.nio.file.Path;
import java.util.OptionalDouble;
import org.lanewise.nn.network.Parameters;
import org.lanewise.nn.safetensors.SafetensorsFile;
import org.lanewise.nn.schedule.Progress;

/**
 * The state of a training between two epochs. Resumed from it, training gives the same bits as if
 * it had not been interrupted: the order of the examples and all random draws follow from the seed
 * of the {@link Training}, the steps and the epochs.
 *
 * <p>It holds what training has come to, not how it is described: the numbers of the optimizer,
 * schedule, groups, clipping and batch size are those of the training that {@link Training#resume
 * resumes} it. A learning rate that was set by hand belongs to the state and is held.
 *
 * @param parameters the parameters and statistics of the network
 * @param average the moving averages of the parameters and statistics that change; empty without
 *     averaging
 * @param optimizerState the memory of the optimizer, by slot and parameter
 * @param progress the steps and epochs done and the numbers reported
 * @param learningRate the learning rate that {@link Trainer#learningRate(double)} has set, which
 *     the schedule starts from; empty if it is the optimizer's
 */
public record Checkpoint(
    Parameters parameters,
    Parameters average,
    Parameters optimizerState,
    Progress progress,
    OptionalDouble learningRate) {

  /**
   * Saves the checkpoint as one safetensors file. A file of the same name is replaced when the new
   * one is complete and on the disk, so that a training can save over its last checkpoint; {@link
   * org.lanewise.nn.network.Network#save} says more.
   *
   * @param path the file
   * @throws IOException if it cannot be written; the file is then as it was. A thread that is
   *     interrupted before or while it writes gets a {@link
   *     java.nio.channels.ClosedByInterruptException} and stays interrupted
   */
  public void save(Path path) throws IOException {
    CheckpointFile.of(this).write(path);
  }

  /**
   * Loads a checkpoint that was saved, bit for bit.
   *
   * @param path the file
   * @return the checkpoint; {@link Training#resume} refuses it if it is of another network or
   *     optimizer
   * @throws IOException if the file cannot be read
   * @throws IllegalArgumentException if it is no such file, or is truncated or damaged; the message
   *     begins with the path
   */
  public static Checkpoint load(Path path) throws IOException {
    return SafetensorsFile.read(path, CheckpointFile::checkpoint);
  }
}
