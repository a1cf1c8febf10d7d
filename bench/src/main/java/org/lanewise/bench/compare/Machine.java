package org.lanewise.bench.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.stream.Stream;
import org.lanewise.engine.vector.Lanes;

/** The machine of a run, for its description. */
public final class Machine {
  private static final Path CPU_INFO = Path.of("/proc/cpuinfo");

  private Machine() {}

  /** One line. */
  static String describe() {
    return String.format(
        Locale.ROOT,
        "%s, %s, %d processors, %d lanes, OpenJDK %s",
        LocalDate.now(ZoneOffset.UTC),
        cpu("model name"),
        Runtime.getRuntime().availableProcessors(),
        Lanes.COUNT,
        Runtime.version());
  }

  /**
   * A field of Linux's description of the first processor.
   *
   * @param field the field, as in {@code flags}
   * @return its value, empty where nothing is known
   */
  public static String cpu(String field) {
    try (Stream<String> lines = Files.lines(CPU_INFO)) {
      return lines
          .filter(line -> line.startsWith(field))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse("");
    } catch (IOException e) {
      return "";
    }
  }
}
