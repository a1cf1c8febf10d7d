package org.lanewise.nn.network;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;
import org.lanewise.nn.layer.Parameter;

/** The names of layers and parameters that training leaves as they are. */
record Frozen(Set<String> names) {
  static final Frozen NOTHING = new Frozen(Set.of());

  Frozen {
    names = Collections.unmodifiableSet(new LinkedHashSet<>(names));
  }

  Frozen with(Collection<String> more) {
    Set<String> all = new LinkedHashSet<>(names);
    all.addAll(more);
    return new Frozen(all);
  }

  Frozen without(Collection<String> fewer) {
    Set<String> left = new LinkedHashSet<>(names);
    for (String name : fewer) {
      if (!left.remove(name)) {
        throw new IllegalArgumentException(
            "unfreeze: " + name + " is not frozen, expected one of " + names);
      }
    }
    return new Frozen(left);
  }

  /** Whether a layer or parameter is frozen, itself or with what it is part of. */
  boolean contains(String path) {
    return names.stream().anyMatch(name -> covers(name, path));
  }

  Parameter apply(Parameter parameter) {
    return contains(parameter.name()) ? parameter.frozen() : parameter;
  }

  /** Whether a path is a name or lies within it. */
  static boolean covers(String name, String path) {
    return path.equals(name) || path.startsWith(name + "/");
  }
}
