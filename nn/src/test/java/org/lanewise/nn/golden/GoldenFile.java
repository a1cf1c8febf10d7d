package org.lanewise.nn.golden;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.lanewise.engine.Shape;

/**
 * Reads golden values: what an independent implementation computed, made by {@code
 * src/test/python/golden_values.py}; {@code golden.py} beside it says what the files look like.
 */
public final class GoldenFile {
  private GoldenFile() {}

  /** The cases of a file, named as the module that made it. */
  public static List<GoldenCase> read(String name) {
    List<GoldenCase> cases = new ArrayList<>();
    for (String block : text(name + ".txt").strip().split("\n\n", -1)) {
      if (!block.startsWith("#")) {
        cases.add(parse(block.strip().split("\n", -1)));
      }
    }
    return cases;
  }

  private static String text(String file) {
    try (InputStream stream = GoldenFile.class.getResourceAsStream(file)) {
      if (stream == null) {
        throw new AssertionError("there are no golden values " + file);
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static GoldenCase parse(String[] lines) {
    String[] head = lines[0].split(" ", -1);
    if (head.length < 2 || !head[0].equals("case")) {
      throw new AssertionError("expected the head of a golden case, was \"" + lines[0] + "\"");
    }
    Map<String, String> settings = new LinkedHashMap<>();
    for (String setting : Arrays.asList(head).subList(2, head.length)) {
      settings.put(
          setting.substring(0, setting.indexOf('=')), setting.substring(setting.indexOf('=') + 1));
    }
    Map<String, GoldenTensor> tensors = new LinkedHashMap<>();
    for (String line : Arrays.asList(lines).subList(1, lines.length)) {
      String[] parts = line.split(" ", -1);
      tensors.put(parts[0], tensor(parts));
    }
    return new GoldenCase(head[1], settings, tensors);
  }

  private static GoldenTensor tensor(String[] parts) {
    String dimensions = parts[1].substring(1, parts[1].length() - 1);
    Shape shape =
        dimensions.isEmpty()
            ? Shape.SCALAR
            : Shape.of(
                Arrays.stream(dimensions.split(",", -1)).mapToInt(Integer::parseInt).toArray());
    double[] values = Arrays.stream(parts).skip(2).mapToDouble(GoldenFile::number).toArray();
    if (values.length != shape.size()) {
      throw new AssertionError(
          parts[0] + ": expected as many elements as " + shape + " has, was " + values.length);
    }
    return new GoldenTensor(shape, values);
  }

  private static double number(String text) {
    return switch (text) {
      case "nan" -> Double.NaN;
      case "inf" -> Double.POSITIVE_INFINITY;
      case "-inf" -> Double.NEGATIVE_INFINITY;
      default -> Double.parseDouble(text);
    };
  }
}
