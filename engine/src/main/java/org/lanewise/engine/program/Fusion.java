package org.lanewise.engine.program;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.lanewise.engine.Shape;
import org.lanewise.engine.operation.Leaf;
import org.lanewise.engine.operation.Reduction;
import org.lanewise.engine.operation.Reshape;

/**
 * Which operations share a loop.
 *
 * <p>Every node starts as a unit of its own. Units over the same shape merge, first along operands
 * and then where they read the same, as long as no unit comes to depend on itself through another
 * and the loop does not get too large.
 */
final class Fusion {
  private final Set<Unit> units = new LinkedHashSet<>();

  /** The unit that computes each node; leaves and reshapes have none. */
  private final Map<Node, Unit> homes = new HashMap<>();

  private Fusion() {}

  /** Divides nodes into units; operands come before their users. */
  static Fusion of(List<Node> nodes) {
    Fusion fusion = new Fusion();
    for (Node node : nodes) {
      if (!isView(node)) {
        Unit unit = new Unit(node);
        fusion.units.add(unit);
        fusion.homes.put(node, unit);
      }
    }
    fusion.mergeAlongOperands(nodes);
    fusion.mergeBySharedInputs();
    return fusion;
  }

  /** The units, in no order. */
  Set<Unit> units() {
    return units;
  }

  /** Lets a loop be the epilogue of a matrix product. */
  void fold(Node product, Unit loop) {
    Unit alone = homes.put(product, loop);
    if (alone != null) {
      units.remove(alone);
    }
    loop.follow(product);
  }

  /** The unit that computes a node; null for leaves and reshapes. */
  @Nullable Unit home(Node node) {
    return homes.get(node);
  }

  /** Whether a node needs no computing: it is a leaf, or a view of another node. */
  static boolean isView(Node node) {
    return node.operation() instanceof Leaf || node.operation() instanceof Reshape;
  }

  /** The node that a node is a view of; the node itself if it is none. */
  static Node source(Node node) {
    return node.operation() instanceof Reshape ? source(node.operands().get(0)) : node;
  }

  private void mergeAlongOperands(List<Node> nodes) {
    for (Node node : nodes) {
      for (Node operand : node.operands()) {
        merge(operand, node);
      }
    }
  }

  private void mergeBySharedInputs() {
    Map<Node, List<Unit>> readers = new HashMap<>();
    Map<Shape, List<Unit>> small = new HashMap<>();
    for (Unit unit : List.copyOf(units)) {
      if (unit.isLoop() && unit.space().size() == 1) {
        small.computeIfAbsent(unit.space(), absent -> new ArrayList<>()).add(unit);
      } else if (unit.isLoop()) {
        for (Node input : unit.inputs()) {
          if (input.shape().equals(unit.space())) {
            readers.computeIfAbsent(input, absent -> new ArrayList<>()).add(unit);
          }
        }
      }
    }
    readers.values().forEach(this::mergeAll);
    small.values().forEach(this::mergeAll);
  }

  private void mergeAll(List<Unit> candidates) {
    List<Node> heads = candidates.stream().map(unit -> unit.members().get(0)).toList();
    for (int i = 1; i < heads.size(); i++) {
      for (int j = 0; j < i; j++) {
        if (merge(heads.get(j), heads.get(i))) {
          break;
        }
      }
    }
  }

  /** Merges the units of two nodes if one loop can compute both. */
  private boolean merge(Node first, Node second) {
    Unit a = homes.get(first);
    Unit b = homes.get(second);
    if (a == null
        || b == null
        || a == b
        || !a.isLoop()
        || !b.isLoop()
        || !a.space().equals(b.space())
        || !a.hasRoomFor(b.members().size())
        || dependsByWayOfOthers(a, b)
        || dependsByWayOfOthers(b, a)) {
      return false;
    }
    Unit merged = a.with(b.members());
    if (!merged.chain(List.of()).fits()) {
      return false;
    }
    units.remove(a);
    units.remove(b);
    units.add(merged);
    merged.members().forEach(node -> homes.put(node, merged));
    return true;
  }

  /**
   * Whether a unit depends on another through a third, or reads a value that the other has only
   * when it has finished.
   */
  boolean dependsByWayOfOthers(Unit unit, Unit other) {
    Set<Unit> seen = new HashSet<>();
    for (Node input : unit.inputs()) {
      Node source = source(input);
      Unit home = homes.get(source);
      if (home == null) {
        continue;
      }
      if (home == other) {
        if (source != input || source.operation() instanceof Reduction) {
          return true;
        }
      } else if (reaches(home, other, seen)) {
        return true;
      }
    }
    return false;
  }

  /** Whether a unit depends on another. */
  private boolean reaches(Unit unit, Unit target, Set<Unit> seen) {
    if (unit == target) {
      return true;
    }
    if (!seen.add(unit)) {
      return false;
    }
    for (Node input : unit.inputs()) {
      Unit home = homes.get(source(input));
      if (home != null && reaches(home, target, seen)) {
        return true;
      }
    }
    return false;
  }
}
