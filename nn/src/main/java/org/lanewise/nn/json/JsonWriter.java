package org.lanewise.nn.json;

import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** Writes JSON without white space that {@link JsonReader} reads back. */
public final class JsonWriter {
  private final StringBuilder text = new StringBuilder();

  private JsonWriter() {}

  /**
   * Writes a value.
   *
   * @param value a Map with String keys, List, String, Number that is finite, or Boolean
   * @return the text
   * @throws IllegalArgumentException if it is something else, or more than {@link
   *     JsonReader#DEEPEST} objects and arrays lie within each other
   */
  public static String write(Object value) {
    JsonWriter writer = new JsonWriter();
    writer.add(value, 0);
    return writer.text.toString();
  }

  private void add(Object value, int depth) {
    switch (value) {
      case Map<?, ?> map -> addObject(map, deeper(depth));
      case List<?> list -> addArray(list, deeper(depth));
      case String string -> addQuoted(string);
      case Number number when Double.isFinite(number.doubleValue()) -> text.append(number);
      case Boolean bool -> text.append(bool);
      default -> throw new IllegalArgumentException("json: expected a JSON value, was " + value);
    }
  }

  private static int deeper(int depth) {
    if (depth == JsonReader.DEEPEST) {
      throw new IllegalArgumentException(
          "json: expected at most " + JsonReader.DEEPEST + " levels, was more");
    }
    return depth + 1;
  }

  private void addObject(Map<?, ?> map, int depth) {
    text.append('{');
    Iterator<? extends Map.Entry<?, ?>> entries = map.entrySet().iterator();
    while (entries.hasNext()) {
      Map.Entry<?, ?> entry = entries.next();
      addQuoted((String) entry.getKey());
      text.append(':');
      add(entry.getValue(), depth);
      addComma(entries);
    }
    text.append('}');
  }

  private void addArray(List<?> list, int depth) {
    text.append('[');
    Iterator<?> elements = list.iterator();
    while (elements.hasNext()) {
      add(elements.next(), depth);
      addComma(elements);
    }
    text.append(']');
  }

  private void addComma(Iterator<?> rest) {
    if (rest.hasNext()) {
      text.append(',');
    }
  }

  private void addQuoted(String string) {
    text.append('"');
    for (int i = 0; i < string.length(); i++) {
      char c = string.charAt(i);
      if (c == '"' || c == '\\') {
        text.append('\\').append(c);
      } else if (c < ' ' || Character.isSurrogate(c)) {
        text.append("\\u").append(HexFormat.of().toHexDigits(c));
      } else {
        text.append(c);
      }
    }
    text.append('"');
  }
}
