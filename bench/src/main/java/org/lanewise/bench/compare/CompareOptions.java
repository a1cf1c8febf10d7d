package org.lanewise.bench.compare;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.lanewise.bench.compare.Comparison.Plan;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/**
 * The options of the comparison.
 *
 * @param rows the rows to compare, none if only first repetitions are timed
 * @param plan how long and how often
 * @param output the file of the results
 * @param cold how much is run of first repetitions, if they are what is timed
 */
record CompareOptions(List<Row> rows, Plan plan, Path output, Optional<ColdComparison.Plan> cold) {
  /** The word in place of works that asks for first repetitions. */
  private static final String COLD = "cold";

  private static final String WORK = ".*";
  private static final double WARM_UP = 2;
  private static final double ROUND = 0.1;
  private static final int ROUNDS = 11;
  private static final int FORKS = 1;
  private static final int RUNS = 5;
  private static final int STEPS = 10_000;

  /**
   * Reads a command line.
   *
   * @return the options, or nothing if help was asked for
   * @throws IllegalArgumentException if an option cannot be used
   */
  static Optional<CompareOptions> parse(String... arguments) {
    ParseResult given;
    try {
      given = new CommandLine(spec()).parseArgs(arguments);
    } catch (ParameterException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
    if (given.isUsageHelpRequested()) {
      return Optional.empty();
    }
    Plan plan =
        new Plan(
            positive("--warm-up", given.matchedOptionValue("--warm-up", WARM_UP)),
            positive("--round", given.matchedOptionValue("--round", ROUND)),
            (int) positive("--rounds", given.matchedOptionValue("--rounds", ROUNDS)),
            (int) positive("--forks", given.matchedOptionValue("--forks", FORKS)));
    ColdComparison.Plan coldPlan =
        new ColdComparison.Plan(
            (int) positive("--runs", given.matchedOptionValue("--runs", RUNS)),
            (int) positive("--steps", given.matchedOptionValue("--steps", STEPS)));
    String work = given.matchedPositionalValue(0, WORK);
    boolean cold = work.equals(COLD);
    return Optional.of(
        new CompareOptions(
            cold ? List.of() : rows(work),
            plan,
            given.matchedOptionValue("--output", Path.of("compare.json")),
            Optional.of(coldPlan).filter(any -> cold)));
  }

  private static List<Row> rows(String regex) {
    Pattern pattern;
    try {
      pattern = Pattern.compile(regex);
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
    List<Row> rows =
        Row.all().stream().filter(row -> pattern.matcher(row.toString()).find()).toList();
    if (rows.isEmpty()) {
      throw new IllegalArgumentException("expected a part of a work's name, was " + regex);
    }
    return rows;
  }

  private static double positive(String option, double value) {
    if (!(value > 0)) {
      throw new IllegalArgumentException(option + ": expected a number above 0, was " + value);
    }
    return value;
  }

  /** What {@code --help} shows. */
  static String help() {
    StringBuilder text =
        new StringBuilder(new CommandLine(spec()).getUsageMessage(CommandLine.Help.Ansi.OFF));
    text.append("\nWorks:\n");
    Row.all().forEach(row -> text.append("  ").append(row).append('\n'));
    return text.toString();
  }

  private static CommandSpec spec() {
    CommandSpec spec =
        CommandSpec.create()
            .name("compare")
            .addPositional(
                PositionalParamSpec.builder()
                    .paramLabel("WORK")
                    .arity("0..1")
                    .type(String.class)
                    .description(
                        "regular expression of the works (default: all), or " + COLD,
                        "for the first steps and predictions of new JVMs")
                    .build())
            .addOption(
                option(
                    "--warm-up",
                    double.class,
                    "seconds before native code is timed; ours runs 6 times as long: " + WARM_UP))
            .addOption(option("--round", double.class, "seconds of a timed round: " + ROUND))
            .addOption(option("--rounds", int.class, "timed rounds in each JVM: " + ROUNDS))
            .addOption(option("--forks", int.class, "JVMs one after the other: " + FORKS))
            .addOption(option("--runs", int.class, "JVMs of each contestant when cold: " + RUNS))
            .addOption(option("--steps", int.class, "most steps of a JVM when cold: " + STEPS))
            .addOption(option("--output", Path.class, "file of the results as JSON"))
            .addOption(
                OptionSpec.builder("-h", "--help")
                    .usageHelp(true)
                    .description("show this help and exit")
                    .build());
    spec.usageMessage()
        .description("Compares Lanewise with its peers, on the same data and cores.")
        .sortOptions(false);
    return spec;
  }

  private static OptionSpec option(String name, Class<?> type, String description) {
    return OptionSpec.builder(name).paramLabel("N").type(type).description(description).build();
  }
}
