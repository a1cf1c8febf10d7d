package org.lanewise.nn.network;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.lanewise.nn.layer.Parameter;

/** The table, or the line, that describes a network. */
final class Summary {
  /** How many layers a line names. */
  private static final int NAMED = 16;

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
    for (LayerNode node : structure.nodes()) {
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

  /**
   * A line as of {@code Network.of}: the input and the layers with the shapes that they change to,
   * or the inputs and outputs of a network that is no row of layers.
   */
  static String line(Structure structure) {
    return String.format(
        Locale.ROOT,
        "Network.of(%s) with %,d parameters",
        isRow(structure) ? row(structure) : ends(structure),
        elements(structure.parameters().stream()));
  }

  private static boolean isRow(Structure structure) {
    List<LayerNode> nodes = structure.nodes();
    return structure.inputs().size() == 1
        && structure.outputs().equals(List.of(nodes.size()))
        && IntStream.range(0, nodes.size()).allMatch(i -> nodes.get(i).from().equals(List.of(i)));
  }

  private static String row(Structure structure) {
    int layers = structure.nodes().size();
    List<String> parts = new ArrayList<>();
    parts.add(structure.shape(0).toString());
    for (int value = 1; value <= layers; value++) {
      boolean named = layers <= NAMED || value < NAMED || value == layers;
      boolean changed = !structure.shape(value).equals(structure.shape(value - 1));
      if (named) {
        parts.add(structure.name(value) + (changed ? " " + structure.shape(value) : ""));
      } else if (value == NAMED) {
        parts.add((layers - NAMED) + " more");
      }
    }
    return String.join(", ", parts);
  }

  private static String ends(Structure structure) {
    return IntStream.range(0, structure.inputs().size())
            .mapToObj(input -> structure.name(input) + " " + structure.shape(input))
            .toList()
        + ", "
        + structure.outputs().stream()
            .map(output -> structure.name(output) + " " + structure.shape(output))
            .toList();
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
