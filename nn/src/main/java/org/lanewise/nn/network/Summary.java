package org.lanewise.nn.network;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.lanewise.nn.layer.Parameter;

/** The table that describes a network. */
final class Summary {
  private Summary() {}

  static String of(Structure structure, Frozen frozen) {
    StringBuilder table = new StringBuilder();
    add(table, "layer", "output", "trainable", "not trainable");
    structure.inputs().forEach(input -> add(table, input.name(), input.shape().toString(), "", ""));
    List<Parameter> all = new ArrayList<>();
    Set<String> counted = new HashSet<>();
    for (Node node : structure.nodes()) {
      // A layer that is shared counts where it comes first.
      List<Parameter> own =
          counted.add(node.name())
              ? node.parameters().stream().map(frozen::apply).toList()
              : List.of();
      add(table, node.name(), node.output().toString(), count(own, true), count(own, false));
      all.addAll(own);
    }
    add(table, "total", "", count(all, true), count(all, false));
    return table.toString();
  }

  private static void add(StringBuilder table, String... cells) {
    String line = String.format(Locale.ROOT, "%-20s %-16s %12s %14s", (Object[]) cells);
    table.append(line.stripTrailing()).append(System.lineSeparator());
  }

  private static String count(List<Parameter> parameters, boolean trainable) {
    long count =
        parameters.stream()
            .filter(parameter -> parameter.trainable() == trainable)
            .mapToLong(parameter -> parameter.shape().size())
            .sum();
    return String.format(Locale.ROOT, "%,d", count);
  }
}
