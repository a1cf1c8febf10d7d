package org.lanewise.nn.json;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Reads JSON as RFC 8259 defines it, and nothing else: objects become maps in the order of their
 * keys, which must differ; arrays lists; numbers {@link BigDecimal}; and there is no null.
 */
public final class JsonReader {
  /** The most levels of objects and arrays within each other. */
  public static final int DEEPEST = 256;

  private static final int LONGEST_NUMBER = 32;
  private static final int LARGEST_EXPONENT = 400;

  // No value, key or separator begins with it.
  private static final char END = '\0';

  private final String text;
  private int position;
  private int depth;

  private JsonReader(String text) {
    this.text = text;
  }

  /**
   * Reads a text that is one value, with white space around it.
   *
   * @param text the text
   * @return a Map, List, String, BigDecimal or Boolean
   * @throws IllegalArgumentException if the text is something else
   */
  public static Object read(String text) {
    JsonReader reader = new JsonReader(text);
    Object value = reader.value();
    reader.next();
    if (reader.position < text.length()) {
      throw reader.expected("the end");
    }
    return value;
  }

  /** The next character after white space, not yet taken. */
  private char next() {
    while (position < text.length() && " \t\n\r".indexOf(text.charAt(position)) >= 0) {
      position++;
    }
    return peek();
  }

  private char peek() {
    return position < text.length() ? text.charAt(position) : END;
  }

  private IllegalArgumentException expected(String what) {
    String found =
        position >= text.length()
            ? "the end"
            : text.charAt(position) < ' '
                ? "the character " + (int) text.charAt(position)
                : "'" + text.charAt(position) + "'";
    return new IllegalArgumentException(
        "json: expected " + what + " at position " + position + ", was " + found);
  }

  private void take(char c) {
    if (peek() != c || position >= text.length()) {
      throw expected("'" + c + "'");
    }
    position++;
  }

  private Object value() {
    return switch (next()) {
      case '{' -> nested(this::object);
      case '[' -> nested(this::array);
      case '"' -> string();
      case 't' -> word("true", true);
      case 'f' -> word("false", false);
      case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> number();
      default -> throw expected("a value");
    };
  }

  private <T> T nested(Supplier<T> inner) {
    if (++depth > DEEPEST) {
      throw expected("at most " + DEEPEST + " levels");
    }
    position++;
    T value = inner.get();
    depth--;
    return value;
  }

  private Map<String, Object> object() {
    Map<String, Object> object = new LinkedHashMap<>();
    if (next() != '}') {
      do {
        next();
        int start = position;
        String key = string();
        next();
        take(':');
        if (object.putIfAbsent(key, value()) != null) {
          position = start;
          throw expected("keys that differ and not \"" + key + "\" twice");
        }
      } while (comma());
    }
    take('}');
    return object;
  }

  private List<Object> array() {
    List<Object> array = new ArrayList<>();
    if (next() != ']') {
      do {
        array.add(value());
      } while (comma());
    }
    take(']');
    return array;
  }

  private boolean comma() {
    if (next() != ',') {
      return false;
    }
    position++;
    return true;
  }

  private Boolean word(String word, boolean value) {
    if (!text.startsWith(word, position)) {
      throw expected("a value");
    }
    position += word.length();
    return value;
  }

  private BigDecimal number() {
    int start = position;
    if (peek() == '-') {
      position++;
    }
    if (peek() == '0') {
      position++;
    } else {
      digits();
    }
    if (peek() == '.') {
      position++;
      digits();
    }
    if (peek() == 'e' || peek() == 'E') {
      position++;
      if (peek() == '+' || peek() == '-') {
        position++;
      }
      digits();
    }
    // The numbers of a file need no more, and BigDecimal takes no more than ten digits of exponent.
    if (position - start > LONGEST_NUMBER) {
      throw expected("a number of at most " + LONGEST_NUMBER + " characters");
    }
    return decimal(text.substring(start, position));
  }

  private BigDecimal decimal(String number) {
    try {
      BigDecimal decimal = new BigDecimal(number);
      if (Math.abs((long) decimal.scale()) <= LARGEST_EXPONENT) {
        return decimal;
      }
    } catch (NumberFormatException e) {
      // An exponent beyond int is refused like the other large ones.
    }
    throw expected("an exponent of at most " + LARGEST_EXPONENT + " before");
  }

  private void digits() {
    if (!isDigit(peek())) {
      throw expected("a digit");
    }
    while (isDigit(peek())) {
      position++;
    }
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private String string() {
    take('"');
    StringBuilder string = new StringBuilder();
    while (peek() != '"') {
      if (peek() < ' ') {
        throw expected("a character of a string");
      }
      char c = text.charAt(position++);
      string.append(c == '\\' ? escaped() : c);
    }
    position++;
    return string.toString();
  }

  private char escaped() {
    char c = peek();
    int simple = "\"\\/bfnrt".indexOf(c);
    if (simple >= 0) {
      position++;
      return "\"\\/\b\f\n\r\t".charAt(simple);
    }
    take('u');
    int code = 0;
    for (int i = 0; i < 4; i++) {
      int digit = peek() < 128 ? Character.digit(peek(), 16) : -1;
      if (digit < 0) {
        throw expected("a hexadecimal digit");
      }
      code = 16 * code + digit;
      position++;
    }
    return (char) code;
  }
}
