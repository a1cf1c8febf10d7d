package org.lanewise.bench.compare;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** How outcomes are shown: lines of a Markdown table, and JSON. */
final class Report {
  private Report() {}

  /** The head of the table. */
  static String head() {
    return """
    | work | threads | ours | peer | | ratio | of the ceiling | difference | ours allocates |
    | --- | ---: | ---: | ---: | --- | ---: | ---: | ---: | ---: |\
    """;
  }

  /** One line of the table. */
  static String line(Outcome outcome) {
    return String.format(
        Locale.ROOT,
        "| %s | %d | %s | %s | %s | %s | %s | %s | %.0f B |",
        outcome.row().work().name(),
        outcome.row().threads(),
        time(outcome.ours().median()),
        outcome.peer().failed() ? "failed" : time(outcome.peer().median()),
        outcome.peer().name(),
        number("%.2f", outcome.ratio(), ""),
        number("%.2f", outcome.ceilingShare().orElse(Double.NaN), ""),
        number("%.0e", outcome.peer().difference(), ""),
        outcome.ours().allocatedBytes());
  }

  /** What stands below the table of a peer that failed. */
  static String failure(Outcome outcome) {
    return outcome.peer().name() + " failed, " + outcome.row() + ": " + outcome.peer().failure();
  }

  private static String number(String format, double value, String absent) {
    return Double.isNaN(value) ? absent : String.format(Locale.ROOT, format, value);
  }

  private static String time(double nanoseconds) {
    if (Double.isNaN(nanoseconds)) {
      return "";
    }
    if (nanoseconds < 1e3) {
      return String.format(Locale.ROOT, "%.3g ns", nanoseconds);
    }
    return nanoseconds < 1e6
        ? String.format(Locale.ROOT, "%.3g µs", nanoseconds / 1e3)
        : String.format(Locale.ROOT, "%.3g ms", nanoseconds / 1e6);
  }

  /** All outcomes as a JSON array, one object a line; times in nanoseconds. */
  static String json(List<Outcome> outcomes) {
    return outcomes.stream().map(Report::object).collect(Collectors.joining(",\n", "[\n", "\n]\n"));
  }

  private static String object(Outcome outcome) {
    return String.format(
        Locale.ROOT,
        "{\"work\": %s, \"threads\": %d, \"ours\": %.1f, \"peer\": %s, \"peerName\": %s,"
            + " \"peerVersion\": %s, \"ratio\": %s, \"ceilingShare\": %s, \"difference\": %s,"
            + " \"tolerance\": %.0e, \"allocatedBytes\": %.1f, \"failure\": %s}",
        quoted(outcome.row().work().name()),
        outcome.row().threads(),
        outcome.ours().median(),
        number("%.1f", outcome.peer().median(), "null"),
        quoted(outcome.peer().name()),
        quoted(outcome.peer().version()),
        number("%.3f", outcome.ratio(), "null"),
        number("%.3f", outcome.ceilingShare().orElse(Double.NaN), "null"),
        number("%.1e", outcome.peer().difference(), "null"),
        outcome.row().work().tolerance(),
        outcome.ours().allocatedBytes(),
        outcome.peer().failed() ? quoted(outcome.peer().failure()) : "null");
  }

  /** As JSON wants it; the library's own writer is not for others. */
  private static String quoted(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        quoted.append('\\').append(c);
      } else if (c < ' ') {
        quoted.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
      } else {
        quoted.append(c);
      }
    }
    return quoted.append('"').toString();
  }
}
