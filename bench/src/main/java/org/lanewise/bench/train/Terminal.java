package org.lanewise.bench.train;

import java.io.Console;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;

/** The properties of the place that the program writes to. */
final class Terminal {
  private static final int USUAL_COLUMNS = 80;

  private Terminal() {}

  /** The width of the terminal; empty if output goes elsewhere, or to one that cannot redraw. */
  @SuppressWarnings("SystemConsoleNull") // It is null where the user sets jdk.console=java.base.
  static OptionalInt columns() {
    Console console = System.console();
    if (console == null || !console.isTerminal() || "dumb".equals(System.getenv("TERM"))) {
      return OptionalInt.empty();
    }
    int columns = columnsOf(sttySize());
    return OptionalInt.of(columns > 0 ? columns : USUAL_COLUMNS);
  }

  /** The second number of {@code stty size}, or 0 if there is none. */
  static int columnsOf(String size) {
    String[] rowsAndColumns = size.strip().split("\\s+", -1);
    if (rowsAndColumns.length != 2 || !rowsAndColumns[1].matches("[0-9]{1,4}")) {
      return 0;
    }
    return Integer.parseInt(rowsAndColumns[1]);
  }

  /** Java does not tell the size, the POSIX tool does; nothing where it is missing. */
  private static String sttySize() {
    try {
      Process stty =
          new ProcessBuilder("stty", "size")
              .redirectInput(ProcessBuilder.Redirect.INHERIT)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (!stty.waitFor(1, TimeUnit.SECONDS)) {
        stty.destroy();
        return "";
      }
      return new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    } catch (IOException e) {
      return "";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "";
    }
  }
}
