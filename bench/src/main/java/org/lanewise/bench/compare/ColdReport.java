package org.lanewise.bench.compare;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How cold runs are shown: a Markdown table with a line a contestant, and what failed below. */
final class ColdReport {
  private ColdReport() {}

  static String table(ColdTable table, int[] marks, List<ColdRuns> runs) {
    Stream<String> titles = Arrays.stream(marks).mapToObj(mark -> format("%,d", mark));
    List<String> head =
        Stream.of(
                Stream.of("ms " + table.title()), titles, slowest(table, "slowest of 11 to 1,000"))
            .flatMap(cells -> cells)
            .toList();
    List<String> rule =
        head.stream().map(cell -> cell.equals(head.getFirst()) ? "---" : "---:").toList();
    return Stream.concat(
            Stream.of(head, rule), runs.stream().map(run -> cells(table, head.size(), run)))
        .map(cells -> "| " + String.join(" | ", cells) + " |\n")
        .collect(Collectors.joining());
  }

  private static List<String> cells(ColdTable table, int columns, ColdRuns runs) {
    if (runs.failed()) {
      Stream<String> empty = Stream.generate(() -> "").limit(columns - 2L);
      return Stream.concat(Stream.of(runs.name(), "failed"), empty).toList();
    }
    ColdTimes medians = runs.medians();
    Stream<String> ends = Arrays.stream(medians.ends()).mapToObj(ColdReport::time);
    return Stream.of(Stream.of(runs.name()), ends, slowest(table, time(medians.slowest())))
        .flatMap(cells -> cells)
        .toList();
  }

  private static Stream<String> slowest(ColdTable table, String cell) {
    return table.hasSlowest() ? Stream.of(cell) : Stream.empty();
  }

  /** What is said of each contestant below the table. */
  static String below(ColdTable table, ColdRuns runs) {
    return runs.failed()
        ? runs.name() + " failed, " + table + ": " + runs.failure()
        : runs.name() + ": " + runs.version();
  }

  /** Milliseconds with three digits at least. */
  private static String time(double milliseconds) {
    if (Double.isNaN(milliseconds)) {
      return "";
    }
    return milliseconds >= 99.95
        ? format("%,.0f", milliseconds)
        : format(
            milliseconds >= 9.995 ? "%.1f" : milliseconds >= 0.9995 ? "%.2f" : "%.3f",
            milliseconds);
  }

  private static String format(String format, Object value) {
    return String.format(Locale.ROOT, format, value);
  }
}
