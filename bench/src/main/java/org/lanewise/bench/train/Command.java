package org.lanewise.bench.train;

import java.io.PrintStream;
import java.util.Optional;

/** The frame of the job on the command line: options before it, exit code after it. */
final class Command {
  /** The exit code of a job that ended well. */
  static final int DONE = 0;

  /** The exit code after input that cannot be used. */
  static final int BAD_INPUT = 2;

  private Command() {}

  /** The job that is run with good options. */
  @FunctionalInterface
  interface Job {
    /**
     * Does the work and reports to {@code out}.
     *
     * @throws InputException if what an option names cannot be used
     */
    void run(Options options, PrintStream out);
  }

  /**
   * Runs a job: one sentence goes to {@code err} if the user's input cannot be used; a defect's
   * exception passes through.
   *
   * @return the exit code
   */
  static int run(String[] arguments, PrintStream out, PrintStream err, Job job) {
    try {
      Optional<Options> options = Options.parse(arguments);
      if (options.isPresent()) {
        job.run(options.get(), out);
      } else {
        out.print(Options.help());
      }
      return DONE;
    } catch (InputException e) {
      err.println("train: " + e.getMessage());
      return BAD_INPUT;
    }
  }
}
