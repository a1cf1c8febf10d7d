package org.lanewise.nn.network;

import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.lanewise.engine.Shape;
import org.lanewise.engine.random.Distribution;
import org.lanewise.nn.activation.Activation;
import org.lanewise.nn.initializer.Initializer;
import org.lanewise.nn.json.JsonReader;
import org.lanewise.nn.layer.Layer;
import org.lanewise.nn.noise.Dropout;
import org.lanewise.nn.normalization.BatchNorm;
import org.lanewise.nn.regularizer.Regularizer;

/**
 * Records as JSON and back: an object with the record's {@code type} and its components, which are
 * numbers, truth values, texts, enum constants, shapes, lists or records in turn.
 *
 * <p>A type is written by its name within the packages of layers, activations, initializers,
 * regularizers and distributions, or by its whole name. What is read makes records of those
 * packages and of the user's own types, and calls nothing else.
 */
final class RecordCodec {
  private static final String TYPE = "type";
  private static final String CONSTANT = "constant";
  private static final List<String> PACKAGES =
      List.of(
          Layer.class.getPackageName(),
          Activation.class.getPackageName(),
          BatchNorm.class.getPackageName(),
          Dropout.class.getPackageName(),
          Initializer.class.getPackageName(),
          Regularizer.class.getPackageName(),
          Distribution.class.getPackageName());

  /** Types that had other names when earlier versions saved them. */
  private static final Map<String, String> RENAMED =
      Map.of("Combination", "ElementwiseMerge", "Drawn", "FromDistribution");

  /** Levels of the description around a layer. */
  private static final int LEVELS_AROUND = 4;

  /** Numbers that JSON cannot tell apart or has not. */
  private static final Set<String> SPECIAL = Set.of("NaN", "Infinity", "-Infinity", "-0.0");

  /** How a number of JSON becomes one of a type. */
  private static final Map<Class<?>, Function<BigDecimal, Object>> NUMBERS = numbers();

  private final Set<Class<?>> own;

  private static Map<Class<?>, Function<BigDecimal, Object>> numbers() {
    Map<Class<?>, Function<BigDecimal, Object>> numbers = new HashMap<>();
    numbers.put(double.class, BigDecimal::doubleValue);
    numbers.put(float.class, BigDecimal::floatValue);
    numbers.put(long.class, BigDecimal::longValueExact);
    numbers.put(int.class, BigDecimal::intValueExact);
    numbers.put(short.class, BigDecimal::shortValueExact);
    numbers.put(byte.class, BigDecimal::byteValueExact);
    for (Class<?> type : List.copyOf(numbers.keySet())) {
      numbers.put(MethodType.methodType(type).wrap().returnType(), numbers.get(type));
    }
    return Map.copyOf(numbers);
  }

  /** Knows the given types beside those of the library. */
  RecordCodec(Set<Class<?>> own) {
    this.own = Set.copyOf(own);
  }

  private static IllegalArgumentException refused(String expected, Object was) {
    return new IllegalArgumentException("description: expected " + expected + ", was " + was);
  }

  /**
   * A value as JSON.
   *
   * @throws IllegalArgumentException if it is of a type that could not be read back, or nested
   *     deeper than {@link JsonReader#DEEPEST}
   */
  Object write(Object value, Type declared) {
    return write(value, declared, LEVELS_AROUND);
  }

  private Object write(Object value, Type declared, int level) {
    if (level > JsonReader.DEEPEST) {
      throw refused("layers within layers of at most " + JsonReader.DEEPEST + " levels", "more");
    }
    return switch (value) {
      case Double number when isSpecial(number) -> number.toString();
      case Float number when isSpecial(number) -> number.toString();
      case Double _, Float _, Long _, Integer _, Short _, Byte _ -> value;
      case Boolean truth -> truth;
      case String text -> text;
      case Shape shape -> Arrays.stream(shape.dimensions()).boxed().toList();
      case List<?> list ->
          list.stream().map(one -> write(one, element(declared), level + 1)).toList();
      case Enum<?> constant when declared == constant.getDeclaringClass() -> constant.name();
      case Enum<?> constant ->
          Map.of(TYPE, name(constant.getDeclaringClass()), CONSTANT, constant.name());
      case Record record -> writeRecord(record, level);
      default ->
          throw refused(
              "layers that are records of numbers, texts, enums, shapes, lists and records (the"
                  + " parameters alone can be saved of any)",
              value.getClass().getName());
    };
  }

  /** Whether JSON has no number that is read as the same bits. */
  private static boolean isSpecial(double number) {
    return !Double.isFinite(number) || (number == 0 && 1 / number < 0);
  }

  private Map<String, Object> writeRecord(Record record, int level) {
    Map<String, Object> written = new LinkedHashMap<>();
    written.put(TYPE, name(record.getClass()));
    for (RecordComponent component : record.getClass().getRecordComponents()) {
      try {
        component.getAccessor().setAccessible(true);
        Object value = component.getAccessor().invoke(record);
        written.put(component.getName(), write(value, component.getGenericType(), level + 1));
      } catch (ReflectiveOperationException | RuntimeException e) {
        throw within(record.getClass(), component.getName(), e);
      }
    }
    return written;
  }

  Object read(Object json, Type declared) {
    Class<?> type = raw(declared);
    if (json instanceof Map<?, ?> map) {
      return readTyped(map, type);
    } else if (json instanceof List<?> list && type == List.class) {
      return list.stream().map(one -> read(one, element(declared))).toList();
    } else if (json instanceof List<?> list && type == Shape.class) {
      return Shape.of(list.stream().mapToInt(RecordCodec::integer).toArray());
    } else if (json instanceof Boolean && (type == boolean.class || type == Boolean.class)) {
      return json;
    } else if (json instanceof BigDecimal number && NUMBERS.containsKey(type)) {
      return number(number, type);
    } else if (json instanceof String text) {
      return readText(text, type);
    }
    throw refused("a " + type.getSimpleName(), json);
  }

  private static Object readText(String text, Class<?> type) {
    if (type == String.class) {
      return text;
    } else if (type.isEnum()) {
      return constant(type, text);
    } else if (SPECIAL.contains(text)) {
      if (type == double.class || type == Double.class) {
        return Double.parseDouble(text);
      } else if (type == float.class || type == Float.class) {
        return Float.parseFloat(text);
      }
    }
    throw refused("a " + type.getSimpleName(), "\"" + text + "\"");
  }

  private static Object number(BigDecimal number, Class<?> type) {
    try {
      return Objects.requireNonNull(NUMBERS.get(type)).apply(number);
    } catch (ArithmeticException e) {
      throw refused("a number that is a " + type, number);
    }
  }

  static int integer(Object json) {
    if (json instanceof BigDecimal number) {
      return (int) number(number, int.class);
    }
    throw refused("an integer", json);
  }

  private Object readTyped(Map<?, ?> map, Class<?> declared) {
    if (!(map.get(TYPE) instanceof String name)) {
      throw refused("an object with a " + TYPE, map);
    }
    Class<?> type = type(name, declared);
    if (type.isEnum() && map.get(CONSTANT) instanceof String constant && map.size() == 2) {
      return constant(type, constant);
    } else if (type.isRecord()) {
      return readRecord(map, type);
    }
    throw refused("a record or a constant", map);
  }

  private Object readRecord(Map<?, ?> map, Class<?> type) {
    RecordComponent[] components = type.getRecordComponents();
    List<Object> values = new ArrayList<>();
    for (RecordComponent component : components) {
      Object value = map.get(component.getName());
      if (value == null || map.size() != components.length + 1) {
        throw refused(
            "the components "
                + Arrays.stream(components).map(RecordComponent::getName).toList()
                + " of "
                + name(type),
            map.keySet());
      }
      try {
        values.add(read(value, component.getGenericType()));
      } catch (IllegalArgumentException e) {
        throw within(type, component.getName(), e);
      }
    }
    Class<?>[] types =
        Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    try {
      Constructor<?> constructor = type.getDeclaredConstructor(types);
      constructor.setAccessible(true);
      return constructor.newInstance(values.toArray());
    } catch (InvocationTargetException e) {
      throw new IllegalArgumentException(
          "description: " + name(type) + ": " + e.getTargetException().getMessage(), e);
    } catch (ReflectiveOperationException | RuntimeException e) {
      throw new IllegalArgumentException("description: " + name(type) + ": " + e.getMessage(), e);
    }
  }

  private static IllegalArgumentException within(Class<?> type, String component, Exception e) {
    String message = e.getMessage();
    String prefix = "description: ";
    String rest = message != null && message.startsWith(prefix) ? message.substring(13) : message;
    return new IllegalArgumentException(prefix + component + " of " + name(type) + ": " + rest, e);
  }

  private static Object constant(Class<?> type, String name) {
    return Arrays.stream(type.getEnumConstants())
        .filter(constant -> ((Enum<?>) constant).name().equals(name))
        .findFirst()
        .orElseThrow(() -> refused("one of " + Arrays.toString(type.getEnumConstants()), name));
  }

  private static String name(Class<?> type) {
    String prefix = type.getPackageName() + ".";
    return PACKAGES.contains(type.getPackageName())
        ? type.getName().substring(prefix.length()).replace('$', '.')
        : type.getName();
  }

  private Class<?> type(String written, Class<?> declared) {
    String name = RENAMED.getOrDefault(written, written);
    List<Class<?>> types = new ArrayList<>(own);
    types.removeIf(type -> !type.getName().equals(name));
    if (name.matches("\\w+(\\.\\w+)?")) {
      PACKAGES.forEach(inPackage -> find(inPackage, name).ifPresent(types::add));
    }
    if (types.isEmpty()) {
      throw refused("a type of the library, or one of your own that is given to load with", name);
    }
    return types.stream()
        .filter(declared::isAssignableFrom)
        .findFirst()
        .orElseThrow(() -> refused("a " + declared.getSimpleName(), name));
  }

  private static Optional<Class<?>> find(String inPackage, String name) {
    String fullName = inPackage + "." + name.replace('.', '$');
    try {
      return Optional.of(Class.forName(fullName, false, RecordCodec.class.getClassLoader()));
    } catch (ClassNotFoundException | LinkageError e) {
      // Where file names ignore case, a class of another case is found and does not link.
      return Optional.empty();
    }
  }

  private static Type element(Type declared) {
    return declared instanceof ParameterizedType generic
        ? generic.getActualTypeArguments()[0]
        : Object.class;
  }

  private static Class<?> raw(Type declared) {
    if (declared instanceof ParameterizedType generic) {
      return (Class<?>) generic.getRawType();
    } else if (declared instanceof Class<?> type) {
      return type;
    }
    throw refused("components of a class", declared);
  }
}
