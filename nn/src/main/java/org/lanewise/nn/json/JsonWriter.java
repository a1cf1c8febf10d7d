package org.lanewise.nn.json;

import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Writes JSON without white space that {@link JsonReader} reads back. */
public final class JsonWriter {
  private JsonWriter() {}

  /**
   * Writes a value.
   *
   * @param value a Map with String keys, List, String, Number that is finite, or Boolean
   * @return the text
   * @throws IllegalArgumentException if it is something else
   */
  public static String write(Object value) {
    return switch (value) {
      case Map<?, ?> map ->
          map.entrySet().stream()
              .map(entry -> write((String) entry.getKey()) + ":" + write(entry.getValue()))
              .collect(Collectors.joining(",", "{", "}"));
      case List<?> list ->
          list.stream().map(JsonWriter::write).collect(Collectors.joining(",", "[", "]"));
      case String string -> quoted(string);
      case Number number when Double.isFinite(number.doubleValue()) -> number.toString();
      case Boolean bool -> bool.toString();
      default -> throw new IllegalArgumentException("json: expected a JSON value, was " + value);
    };
  }

  private static String quoted(String string) {
    StringBuilder text = new StringBuilder("\"");
    for (int i = 0; i < string.length(); i++) {
      char c = string.charAt(i);
      if (c == '"' || c == '\\') {
        text.append('\\').append(c);
      } else if (c < ' ' || Character.isSurrogate(c)) {
        text.append("\\u" + HexFormat.of().toHexDigits(c));
      } else {
        text.append(c);
      }
    }
    return text.append('"').toString();
  }
}
