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

  private Summary() {}

  static String of(Structure structure, Frozen frozen) {
    StringBuilder table = new StringBuilder();
    add(table, "layer", "output", "trainable", "not trainable", "memory");
    structure
        .inputs()
        .forEach(input -> add(table, input.name(), input.shape().toString(), "", "", ""));
    List<Parameter> all = new ArrayList<>();
    Set<String> counted = new HashSet<>();
    for (Node node : structure.nodes()) {
      // A layer that is shared counts where it comes first.
      List<Parameter> own =
          counted.add(node.name())
              ? node.parameters().stream().map(frozen::apply).toList()
              : List.of();
      add(table, node.name(), node.output().toString(), own);
      all.addAll(own);
    }
    add(table, "total", "", all);
    long outputs = structure.nodes().stream().mapToLong(node -> node.output().size()).sum();
    add(table, "outputs, one example", "", "", "", bytes(outputs));
    return table.toString();
  }

  private static void add(
      StringBuilder table, String name, String output, List<Parameter> parameters) {
    String trainable = count(parameters.stream().filter(Parameter::trainable));
    String others = count(parameters.stream().filter(parameter -> !parameter.trainable()));
    add(table, name, output, trainable, others, bytes(elements(parameters.stream())));
  }

  private static void add(StringBuilder table, String... cells) {
    String line = String.format(Locale.ROOT, "%-20s %-16s %12s %14s %12s", (Object[]) cells);
    table.append(line.stripTrailing()).append(System.lineSeparator());
  }

  private static long elements(Stream<Parameter> parameters) {
    return parameters.mapToLong(parameter -> parameter.shape().size()).sum();
  }

  private static String count(Stream<Parameter> parameters) {
    return String.format(Locale.ROOT, "%,d", elements(parameters));
  }

  /** What floats take in memory. */
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
