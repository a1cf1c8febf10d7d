package org.lanewise.nn.network;

import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;
import org.lanewise.engine.Shape;
import org.lanewise.nn.layer.Parameter;

/** The table that describes a network. */
final class Summary {
  private Summary() {}

  static String of(Network network, List<Shape> shapes, IntFunction<List<Parameter>> parameters) {
    StringBuilder table = new StringBuilder();
    add(table, "layer", "output", "trainable", "not trainable");
    add(table, "input", network.inputShape().toString(), "", "");
    for (int i = 0; i < shapes.size(); i++) {
      List<Parameter> own = parameters.apply(i);
      add(
          table,
          network.layers().get(i).name(),
          shapes.get(i).toString(),
          count(own, true),
          count(own, false));
    }
    List<Parameter> all = network.parameters();
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
