package org.lanewise.bench.train;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * The values that an option may name.
 *
 * @param option the option, for messages
 * @param values the values by their names on the command line, in the order of the list
 */
record Choices<T>(String option, Map<String, T> values) {
  /** An option without any value yet. */
  static <T> Choices<T> of(String option) {
    return new Choices<>(option, new LinkedHashMap<>());
  }

  /** An option that is on or off. */
  static Choices<Boolean> yesOrNo(String option) {
    return Choices.<Boolean>of(option).with("yes", true).with("no", false);
  }

  /** The same with a list whose entries know their names, as in {@code leaky_relu}. */
  Choices<T> withAll(Collection<? extends T> list, Function<? super T, String> name) {
    Choices<T> all = this;
    for (T value : list) {
      all = all.with(name.apply(value).replace('_', '-'), value);
    }
    return all;
  }

  /** The same with one more. */
  Choices<T> with(String name, T value) {
    Map<String, T> more = new LinkedHashMap<>(values);
    more.put(name, value);
    return new Choices<>(option, more);
  }

  /**
   * The value of a name.
   *
   * @throws InputException if there is none, with a list of those that there are
   */
  T get(String name) {
    T value = values.get(name);
    if (value == null) {
      throw new InputException(option + ": expected one of " + names() + ", was " + name);
    }
    return value;
  }

  /** All names. */
  String names() {
    return String.join(", ", values.keySet());
  }
}
