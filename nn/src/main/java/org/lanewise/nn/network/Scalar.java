package org.lanewise.nn.network;

import java.lang.invoke.MethodType;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.lanewise.engine.Shape;

/**
 * A type of values that a description holds without their type, as one entry of the table that is
 * written and read by.
 *
 * @param type the type, in its box
 * @param noun what is expected where it is read
 * @param toJson writes a value
 * @param fromJson reads it back equal; a ClassCastException, ArithmeticException or
 *     IllegalArgumentException refuses
 */
record Scalar<T>(
    Class<T> type, String noun, Function<T, Object> toJson, Function<Object, T> fromJson) {
  /** Floating-point numbers that are not JSON numbers, or lose their sign as such. */
  private static final Set<String> WORDS = Set.of("NaN", "Infinity", "-Infinity", "-0.0");

  private static final Map<Class<?>, Scalar<?>> TABLE =
      Stream.<Scalar<?>>of(
              new Scalar<>(Boolean.class, "a boolean", value -> value, Boolean.class::cast),
              new Scalar<>(String.class, "a text", value -> value, String.class::cast),
              new Scalar<>(Character.class, "a char", String::valueOf, Scalar::character),
              integer(Byte.class, "a byte", BigDecimal::byteValueExact),
              integer(Short.class, "a short", BigDecimal::shortValueExact),
              integer(Integer.class, "an int", BigDecimal::intValueExact),
              integer(Long.class, "a long", BigDecimal::longValueExact),
              floating(Float.class, "a float", Float::valueOf),
              floating(Double.class, "a double", Double::valueOf),
              new Scalar<>(Shape.class, "dimensions", Scalar::dimensions, Scalar::shape))
          .collect(Collectors.toUnmodifiableMap(Scalar::type, scalar -> scalar));

  /** The entry of a type, if it has one. */
  static Optional<Scalar<?>> of(Class<?> type) {
    return Optional.ofNullable(TABLE.get(MethodType.methodType(type).wrap().returnType()));
  }

  Object write(Object value) {
    return toJson.apply(type.cast(value));
  }

  T read(Object json) {
    try {
      return fromJson.apply(json);
    } catch (ClassCastException | ArithmeticException | IllegalArgumentException e) {
      throw RecordCodec.refused(noun, json instanceof String ? "\"" + json + "\"" : json);
    }
  }

  private static <N extends Number> Scalar<N> integer(
      Class<N> type, String noun, Function<BigDecimal, N> exact) {
    return new Scalar<>(type, noun, value -> value, json -> exact.apply((BigDecimal) json));
  }

  private static <N extends Number> Scalar<N> floating(
      Class<N> type, String noun, Function<String, N> parse) {
    return new Scalar<>(
        type,
        noun,
        value -> WORDS.contains(value.toString()) ? value.toString() : value,
        json -> {
          boolean word = json instanceof String;
          N value = parse.apply(word ? (String) json : ((BigDecimal) json).toString());
          if (word ? !WORDS.contains(json) : !Double.isFinite(value.doubleValue())) {
            throw new ArithmeticException();
          }
          return value;
        });
  }

  private static Character character(Object json) {
    String text = (String) json;
    if (text.length() != 1) {
      throw new ArithmeticException();
    }
    return text.charAt(0);
  }

  private static Object dimensions(Shape shape) {
    return Arrays.stream(shape.dimensions()).boxed().toList();
  }

  private static Shape shape(Object json) {
    return Shape.of(
        ((List<?>) json)
            .stream().mapToInt(dimension -> ((BigDecimal) dimension).intValueExact()).toArray());
  }
}
