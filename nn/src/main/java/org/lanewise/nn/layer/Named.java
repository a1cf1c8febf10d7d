package org.lanewise.nn.layer;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.lanewise.nn.regularizer.Constraint;
import org.lanewise.nn.regularizer.Regularizer;

/**
 * A layer with a name of its own.
 *
 * @param name the name: not empty, without a slash
 * @param layer the layer
 */
public record Named(String name, Layer layer) implements Wrapper {
  /**
   * Checks the name.
   *
   * @throws IllegalArgumentException if the name is empty or has a slash
   */
  public Named {
    if (name.isEmpty() || name.contains("/")) {
      throw new IllegalArgumentException(
          "layer: expected a name that is not empty and has no slash, was \"" + name + "\"");
    }
  }

  @Override
  public Layer named(String newName) {
    return new Named(newName, layer);
  }

  @Override
  public Layer regularize(String parameter, Regularizer regularizer) {
    return layer.regularize(parameter, regularizer).named(name);
  }

  @Override
  public Layer regularizeActivity(Regularizer regularizer) {
    return layer.regularizeActivity(regularizer).named(name);
  }

  @Override
  public Layer constrain(String parameter, Constraint constraint) {
    return layer.constrain(parameter, constraint).named(name);
  }

  /** Layers under their own names, or their kinds with a number. */
  static List<Named> number(Layer... layers) {
    Map<String, Integer> counts = new HashMap<>();
    List<Named> named = new ArrayList<>();
    for (Layer layer : layers) {
      int number = counts.merge(layer.kind(), 1, Integer::sum);
      named.add(layer instanceof Named own ? own : new Named(layer.kind() + number, layer));
    }
    return named;
  }

  /** A copy of the list, refused if it is empty or two layers have one name. */
  static List<Named> requireOwnNames(String kind, List<Named> layers) {
    if (layers.isEmpty()) {
      throw new IllegalArgumentException(kind + ": expected at least one layer, was none");
    }
    Set<String> taken = new HashSet<>();
    for (Named layer : layers) {
      if (!taken.add(layer.name())) {
        throw new IllegalArgumentException(
            kind + ": two layers have the name " + layer.name() + ", expected names that differ");
      }
    }
    return List.copyOf(layers);
  }

  /** The result of a step of this layer as part of another; its exceptions name the layer. */
  <T, R> R within(T input, Function<T, R> step) {
    try {
      return step.apply(input);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("layer " + name + ": " + e.getMessage(), e);
    }
  }
}
