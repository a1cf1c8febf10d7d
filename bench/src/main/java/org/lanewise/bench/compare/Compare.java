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
    Comparison comparison =
        new Comparison(
            options.plan(),
            Contestants.all(),
            (contestant, row) -> new Fork(contestant, row, log),
            new Retries(log, err));
    List<Outcome> outcomes = new ArrayList<>();
    Set<String> versions = new LinkedHashSet<>();
    List<String> failures = new ArrayList<>();
    out.println(Machine.describe());
    out.println();
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
