package org.lanewise.nn.network;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.lanewise.nn.json.JsonReader;

/**
 * Records as JSON and back: an object with the record's {@code type} and its components. What a
 * component is declared as says how it is written and read: a {@link Scalar}, a list, an optional
 * (a list of one or none), or else an enum constant or a record in turn.
 *
 * <p>What is read makes records of the library and of the user's own types, and calls nothing else.
 */
final class RecordCodec {
  private static final String TYPE = "type";
  private static final String CONSTANT = "constant";
  private static final String PREFIX = "description: ";

  /** What is left of the levels of JSON within the network, its layers, and one with its name. */
  private static final int DEEPEST = JsonReader.DEEPEST - 3;

  /** Records within records that are too many, said without the way to them. */
  private static final class TooDeep extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    TooDeep() {
      super(PREFIX + "expected at most " + DEEPEST + " records and lists within each other");
    }
  }

  private final Set<Class<?>> own;

  /** Knows the given types beside those of the library, and those that it has written. */
  RecordCodec(Set<Class<?>> own) {
    this.own = new LinkedHashSet<>(own);
  }

  static IllegalArgumentException refused(String expected, Object was) {
    return new IllegalArgumentException(PREFIX + "expected " + expected + ", was " + was);
  }

  Object write(Object value, Type declared) {
    return write(value, declared, 1);
  }

  private Object write(@Nullable Object value, Type declared, int depth) {
    Class<?> type = raw(declared);
    Optional<Scalar<?>> scalar = Scalar.of(type);
    if (depth > DEEPEST) {
      throw new TooDeep();
    } else if (value != null && scalar.isPresent()) {
      return scalar.get().write(value);
    } else if (type == List.class && value instanceof List<?> list) {
      return writeAll(list, element(declared), depth);
    } else if (type == Optional.class && value instanceof Optional<?> optional) {
      return writeAll(optional.stream().toList(), element(declared), depth);
    } else if (value instanceof Enum<?> constant) {
      return writeConstant(constant, type);
    } else if (value instanceof Record record) {
      return writeRecord(record, depth);
    }
    throw refused(
        "layers that are records of numbers, texts, enums, shapes, lists, optionals and records"
            + " (the parameters alone can be saved of any)",
        value == null ? "null" : value.getClass().getName() + " as a " + type.getName());
  }

  private List<Object> writeAll(List<?> list, Type element, int depth) {
    List<Object> written = new ArrayList<>();
    for (Object one : list) {
      written.add(write(one, element, depth + 1));
    }
    return written;
  }

  private Object writeConstant(Enum<?> constant, Class<?> declared) {
    Class<?> type = constant.getDeclaringClass();
    if (type == declared) {
      return constant.name();
    }
    Map<String, Object> written = typed(type);
    written.put(CONSTANT, constant.name());
    return written;
  }

  private Map<String, Object> typed(Class<?> type) {
    own.add(type);
    Map<String, Object> written = new LinkedHashMap<>();
    written.put(TYPE, TypeNames.of(type));
    return written;
  }

  private Map<String, Object> writeRecord(Record record, int depth) {
    Map<String, Object> written = typed(record.getClass());
    for (RecordComponent component : record.getClass().getRecordComponents()) {
      try {
        component.getAccessor().setAccessible(true);
        Object value = component.getAccessor().invoke(record);
        written.put(key(component), write(value, component.getGenericType(), depth + 1));
      } catch (TooDeep e) {
        throw e;
      } catch (ReflectiveOperationException | RuntimeException e) {
        throw within(record.getClass(), component.getName(), e);
      }
    }
    return written;
  }

  /** The name of a component, with a mark behind one that could be taken for the type. */
  private static String key(RecordComponent component) {
    String name = component.getName();
    return name.matches(TYPE + "_*") ? name + "_" : name;
  }

  Object read(Object json, Type declared) {
    Class<?> type = raw(declared);
    Optional<Scalar<?>> scalar = Scalar.of(type);
    if (scalar.isPresent()) {
      return scalar.get().read(json);
    } else if (type == List.class && json instanceof List<?> list) {
      return readAll(list, element(declared));
    } else if (type == Optional.class && json instanceof List<?> list && list.size() <= 1) {
      return readAll(list, element(declared)).stream().findFirst();
    } else if (type.isEnum() && json instanceof String name) {
      return constant(type, name);
    } else if (json instanceof Map<?, ?> map) {
      return readTyped(map, type);
    }
    throw refused("a " + type.getSimpleName(), json instanceof String ? "\"" + json + "\"" : json);
  }

  private List<Object> readAll(List<?> list, Type element) {
    List<Object> values = new ArrayList<>();
    for (Object one : list) {
      values.add(read(one, element));
    }
    return List.copyOf(values);
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
      Object value = map.get(key(component));
      if (value == null || map.size() != components.length + 1) {
        throw refused(
            "the components "
                + Arrays.stream(components).map(RecordComponent::getName).toList()
                + " of "
                + TypeNames.of(type),
            map.keySet());
      }
      try {
        values.add(read(value, component.getGenericType()));
      } catch (IllegalArgumentException e) {
        throw within(type, component.getName(), e);
      }
    }
    return construct(type, components, values);
  }

  private static Object construct(
      Class<?> type, RecordComponent[] components, List<Object> values) {
    Class<?>[] types =
        Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    try {
      Constructor<?> constructor = type.getDeclaredConstructor(types);
      constructor.setAccessible(true);
      return constructor.newInstance(values.toArray());
    } catch (InvocationTargetException e) {
      throw new IllegalArgumentException(
          PREFIX + TypeNames.of(type) + ": " + e.getTargetException().getMessage(), e);
    } catch (ReflectiveOperationException | RuntimeException e) {
      throw new IllegalArgumentException(PREFIX + TypeNames.of(type) + ": " + e.getMessage(), e);
    }
  }

  private static IllegalArgumentException within(Class<?> type, String component, Exception e) {
    String message = Objects.requireNonNullElse(e.getMessage(), e.getClass().getName());
    String rest = message.startsWith(PREFIX) ? message.substring(PREFIX.length()) : message;
    return new IllegalArgumentException(
        PREFIX + component + " of " + TypeNames.of(type) + ": " + rest, e);
  }

  private static Object constant(Class<?> type, String name) {
    return Arrays.stream(type.getEnumConstants())
        .filter(constant -> ((Enum<?>) constant).name().equals(name))
        .findFirst()
        .orElseThrow(() -> refused("one of " + Arrays.toString(type.getEnumConstants()), name));
  }

  /** A type by its name: own, as declared, or of the library. */
  private Class<?> type(String name, Class<?> declared) {
    List<Class<?>> types = new ArrayList<>(own);
    types.add(declared);
    types.removeIf(type -> !type.getName().equals(name));
    types.addAll(TypeNames.ofLibrary(name));
    if (types.isEmpty()) {
      throw refused("a type of the library, or one of your own that is given to load with", name);
    }
    return types.stream()
        .filter(declared::isAssignableFrom)
        .findFirst()
        .orElseThrow(() -> refused("a " + declared.getSimpleName(), name));
  }

  private static Type element(Type declared) {
    return declared instanceof ParameterizedType generic
        ? generic.getActualTypeArguments()[0]
        : Object.class;
  }

  /** The class that a value of a type is of at least. */
  private static Class<?> raw(Type declared) {
    return switch (declared) {
      case Class<?> type -> type;
      case ParameterizedType generic -> (Class<?>) generic.getRawType();
      case WildcardType wildcard -> raw(wildcard.getUpperBounds()[0]);
      case TypeVariable<?> variable -> raw(variable.getBounds()[0]);
      default -> throw refused("components of a class", declared);
    };
  }
}
