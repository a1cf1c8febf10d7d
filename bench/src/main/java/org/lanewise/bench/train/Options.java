package org.lanewise.bench.train;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.lanewise.nn.check.Checks;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * The options of the demonstration job.
 *
 * @param data a folder of IDX files; empty for the embedded images
 * @param epochs how often the network sees every image, 1 or more
 * @param batch the images in a training step, 2 or more: batch normalization needs two
 * @param seed what the initial network and the order of the images are drawn from
 * @param threads the threads to compute with, 1 to 4096; empty for the engine's own choice
 * @param learningRate the optimizer's step size, above 0 and finite
 */
record Options(
    Optional<Path> data,
    int epochs,
    int batch,
    long seed,
    OptionalInt threads,
    double learningRate) {

  private static final int EPOCHS = 10;
  private static final int BATCH = 100;
  private static final long SEED = 42;
  private static final double LEARNING_RATE = 0.001;

  /** As many as the engine takes. */
  private static final int MOST_THREADS = 4096;

  /** Checks the ranges. */
  Options {
    requireAtLeast(1, epochs, "--epochs");
    requireAtLeast(2, batch, "--batch");
    threads.ifPresent(
        n -> {
          if (n < 1 || n > MOST_THREADS) {
            throw new InputException("--threads: expected 1 to " + MOST_THREADS + ", was " + n);
          }
        });
    if (!Checks.isPositive(learningRate)) {
      throw new InputException(
          "--learning-rate: expected a finite number above 0, was " + learningRate);
    }
  }

  /**
   * Reads a command line.
   *
   * @return the options, or nothing if help was asked for
   * @throws InputException if an option is unknown, given twice, lacks its value or has one out of
   *     its range
   */
  static Optional<Options> parse(String... arguments) {
    ParseResult given;
    try {
      given = new CommandLine(spec()).parseArgs(arguments);
    } catch (UnmatchedArgumentException e) {
      String first = e.getUnmatched().getFirst();
      List<String> suggestions = e.getSuggestions();
      throw new InputException(
          (first.startsWith("-") ? "unknown option " : "unexpected argument ")
              + first
              + (suggestions.isEmpty()
                  ? ""
                  : ", did you mean " + String.join(" or ", suggestions) + "?"));
    } catch (ParameterException e) {
      throw new InputException(String.valueOf(e.getMessage()));
    }
    if (given.isUsageHelpRequested()) {
      return Optional.empty();
    }
    return Optional.of(
        new Options(
            given.hasMatchedOption("--data")
                ? Optional.of(given.matchedOptionValue("--data", Path.of("")))
                : Optional.empty(),
            given.matchedOptionValue("--epochs", EPOCHS),
            given.matchedOptionValue("--batch", BATCH),
            given.matchedOptionValue("--seed", SEED),
            given.hasMatchedOption("--threads")
                ? OptionalInt.of(given.matchedOptionValue("--threads", 0))
                : OptionalInt.empty(),
            given.matchedOptionValue("--learning-rate", LEARNING_RATE)));
  }

  /** What {@code --help} shows. */
  static String help() {
    return new CommandLine(spec()).getUsageMessage(CommandLine.Help.Ansi.OFF);
  }

  /** The options for the parser, without reflection: nothing is opened to it. */
  private static CommandSpec spec() {
    CommandSpec spec =
        CommandSpec.create()
            .name("train")
            .addOption(
                option(
                    "--data",
                    "DIR",
                    Path.class,
                    "folder of MNIST-style IDX files, gzipped or not"
                        + " (default: an embedded subset of Fashion-MNIST)"))
            .addOption(
                option(
                    "--epochs",
                    "N",
                    int.class,
                    "passes over the training images (default: " + EPOCHS + ")"))
            .addOption(
                option(
                    "--batch",
                    "N",
                    int.class,
                    "images in a training step (default: " + BATCH + ")"))
            .addOption(
                option(
                    "--seed",
                    "N",
                    long.class,
                    "seed of all random numbers (default: " + SEED + ")"))
            .addOption(
                option(
                    "--threads",
                    "N",
                    int.class,
                    "threads to compute with; no result depends on them"))
            .addOption(
                option(
                    "--learning-rate",
                    "X",
                    double.class,
                    "step size of the optimizer at the start, falling to a hundredth (default: "
                        + LEARNING_RATE
                        + ")"))
            .addOption(
                OptionSpec.builder("-h", "--help")
                    .usageHelp(true)
                    .description("show this help and exit")
                    .build());
    spec.usageMessage()
        .description("Trains a network to recognize images and measures it on others.")
        .sortOptions(false);
    return spec;
  }

  private static OptionSpec option(String name, String label, Class<?> type, String description) {
    return OptionSpec.builder(name).paramLabel(label).type(type).description(description).build();
  }

  private static void requireAtLeast(int least, int value, String option) {
    if (value < least) {
      throw new InputException(option + ": expected at least " + least + ", was " + value);
    }
  }
}
