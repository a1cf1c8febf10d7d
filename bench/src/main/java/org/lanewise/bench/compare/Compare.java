package org.lanewise.bench.compare;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Runs ours and the peers side by side, and prints and writes down who is how fast. */
public final class Compare {
  private Compare() {}

  /**
   * Runs the comparison and exits: 0 when it is done, 1 if somebody's results are not ours or
   * somebody crashes again and again, 2 if an option cannot be used.
   *
   * @param arguments the options; {@code --help} lists them
   * @throws IOException if the results cannot be written
   */
  public static void main(String[] arguments) throws IOException {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    PrintStream err = new PrintStream(System.err, true, StandardCharsets.UTF_8);
    Optional<CompareOptions> options;
    try {
      options = CompareOptions.parse(arguments);
    } catch (IllegalArgumentException e) {
      err.println("compare: " + e.getMessage());
      System.exit(2);
      return;
    }
    if (options.isEmpty()) {
      out.print(CompareOptions.help());
      return;
    }
    System.exit(run(options.get(), out, err) ? 0 : 1);
  }

  private static boolean run(CompareOptions options, PrintStream out, PrintStream err)
      throws IOException {
    Path json = options.output();
    Files.createDirectories(json.toAbsolutePath().getParent());
    Path log = json.resolveSibling("compare.log");
    Retries retries = new Retries(log, err);
    out.println(Machine.describe());
    out.println();
    return options.cold().isPresent()
        ? cold(options.cold().get(), retries, out)
        : rows(options, retries, json, out);
  }

  private static boolean cold(ColdComparison.Plan plan, Retries retries, PrintStream out) {
    ColdComparison comparison =
        new ColdComparison(
            plan,
            (contestant, table, steps) -> ColdComparison.fork(contestant, table, steps, retries),
            retries);
    Set<String> below = new LinkedHashSet<>();
    boolean good = true;
    for (ColdTable table : ColdTable.values()) {
      List<ColdRuns> runs = comparison.measure(table, Contestants.all());
      out.println(ColdReport.table(table, table.marks(plan.steps()), runs));
      runs.forEach(run -> below.add(ColdReport.below(table, run)));
      good &= runs.stream().noneMatch(ColdRuns::failed);
    }
    below.forEach(out::println);
    return good;
  }

  private static boolean rows(CompareOptions options, Retries retries, Path json, PrintStream out)
      throws IOException {
    Comparison comparison =
        new Comparison(
            options.plan(),
            Contestants.all(),
            (contestant, row) -> new Fork(contestant, row, retries.log()),
            retries);
    List<Outcome> outcomes = new ArrayList<>();
    Set<String> versions = new LinkedHashSet<>();
    List<String> failures = new ArrayList<>();
    out.println(Report.head());
    for (Row row : options.rows()) {
      try {
        List<Outcome> measured = Outcome.of(row, comparison.measure(row));
        for (Outcome outcome : measured) {
          out.println(Report.line(outcome));
          Measured peer = outcome.peer();
          if (peer.failed()) {
            failures.add(Report.failure(outcome));
          } else if (!peer.equals(Measured.NONE)) {
            versions.add(peer.name() + ": " + peer.version());
          }
        }
        outcomes.addAll(measured);
        Files.writeString(json, Report.json(outcomes));
      } catch (CrashedException e) {
        failures.add("ours failed, " + row + ": " + e.getMessage());
      }
    }
    out.println();
    versions.forEach(out::println);
    failures.forEach(out::println);
    return failures.isEmpty();
  }
}
