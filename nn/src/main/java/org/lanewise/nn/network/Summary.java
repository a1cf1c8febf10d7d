package org.lanewise.nn.network;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.lanewise.nn.layer.Parameter;

/** The table that describes a network. */
final class Summary {
  private static final List<String> UNITS = List.of("B", "KiB", "MiB", "GiB");

  private final List<List<String>> rows = new ArrayList<>();

  private Summary() {}

  static String of(Structure structure, Frozen frozen) {
    Summary table = new Summary();
    table.add("layer", "output", "trainable", "not trainable", "memory");
    structure
        .inputs()
        .forEach(input -> table.add(input.name(), input.shape().toString(), "", "", ""));
    List<Parameter> all = new ArrayList<>();
    Set<String> counted = new HashSet<>();
    for (Node node : structure.nodes()) {
      // A layer that is shared counts where it comes first.
      List<Parameter> own =
          counted.add(node.name())
              ? node.parameters().stream().map(frozen::apply).toList()
              : List.of();
      table.add(node.name(), node.output().toString(), own);
      all.addAll(own);
    }
    table.add("total", "", all);
    long outputs = structure.nodes().stream().mapToLong(node -> node.output().size()).sum();
    table.add("outputs, one example", "", "", "", bytes(outputs));
    return table.toString();
  }

  private void add(String name, String output, List<Parameter> parameters) {
    String trainable = count(parameters.stream().filter(Parameter::trainable));
    String others = count(parameters.stream().filter(parameter -> !parameter.trainable()));
    add(name, output, trainable, others, bytes(elements(parameters.stream())));
  }

  private void add(String... cells) {
    rows.add(List.of(cells));
  }

  /** The rows, their columns as wide as they need to be. */
  @Override
  public String toString() {
    String format = "%-" + width(0, 20) + "s %-" + width(1, 16) + "s %12s %14s %12s";
    StringBuilder table = new StringBuilder();
    for (List<String> row : rows) {
      String line = String.format(Locale.ROOT, format, row.toArray());
      table.append(line.stripTrailing()).append(System.lineSeparator());
    }
    return table.toString();
  }

  private int width(int column, int least) {
    return rows.stream().mapToInt(row -> row.get(column).length()).reduce(least, Math::max);
  }

  private static long elements(Stream<Parameter> parameters) {
    return parameters.mapToLong(parameter -> parameter.shape().size()).sum();
  }

  private static String count(Stream<Parameter> parameters) {
    return String.format(Locale.ROOT, "%,d", elements(parameters));
  }

  /** The memory that floats take. */
  private static String bytes(long floats) {
    double size = (double) Float.BYTES * floats;
    int unit = 0;
    while (size >= 1024 && unit < UNITS.size() - 1) {
      size /= 1024;
      unit++;
    }
    return String.format(Locale.ROOT, unit == 0 ? "%.0f %s" : "%.1f %s", size, UNITS.get(unit));
  }
}
