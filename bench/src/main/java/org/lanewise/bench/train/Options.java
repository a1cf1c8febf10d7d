package org.lanewise.bench.train;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * The options of the demonstration job.
 *
 * @param data a folder of IDX files; empty for the embedded images
 * @param threads the threads to compute with, 1 to 4096; empty for the engine's own choice
 * @param seed the seed that the initial network is drawn from
 * @param standardize whether every pixel gets mean 0 and variance 1 over the training images
 * @param architecture the parts of the network
 * @param fitting how it is trained
 * @param transfer how many images of the last two classes a network trained on the others is
 *     trained on
 * @param monteCarlo how many samples of every prediction with dropout left on are averaged
 */
record Options(
    Optional<Path> data,
    OptionalInt threads,
    long seed,
    boolean standardize,
    Architecture architecture,
    Fitting fitting,
    OptionalInt transfer,
    OptionalInt monteCarlo) {

  /**
   * Reads a command line; what a recipe says holds where the command line says nothing.
   *
   * @return the options, or nothing if help was asked for
   * @throws InputException if an option is unknown, given twice, lacks its value or has one out of
   *     its range
   */
  static Optional<Options> parse(String... arguments) {
    ParseResult given = matched(arguments);
    if (given.isUsageHelpRequested()) {
      return Optional.empty();
    }
    if (!given.hasMatchedOption("--recipe")) {
      return Optional.of(new OptionReader(given).options());
    }
    Recipe recipe = Recipe.ALL.get(given.matchedOptionValue("--recipe", ""));
    List<String> all = new ArrayList<>(Arrays.asList(arguments));
    for (Map.Entry<String, String> option : recipe.options().entrySet()) {
      if (!given.hasMatchedOption(option.getKey())) {
        all.addAll(List.of(option.getKey(), option.getValue()));
      }
    }
    return Optional.of(new OptionReader(matched(all.toArray(String[]::new))).options());
  }

  private static ParseResult matched(String... arguments) {
    try {
      return new CommandLine(OptionSpecs.all()).parseArgs(arguments);
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
  }

  /** What {@code --help} shows. */
  static String help() {
    return new CommandLine(OptionSpecs.all()).getUsageMessage(CommandLine.Help.Ansi.OFF);
  }
}
