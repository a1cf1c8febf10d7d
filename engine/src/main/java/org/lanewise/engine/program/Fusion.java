package org.lanewise.engine.program;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.lanewise.engine.Shape;
import org.lanewise.engine.operation.FusibleOperation;
import org.lanewise.engine.operation.KernelOperation;
import org.lanewise.engine.operation.Leaf;
import org.lanewise.engine.operation.Reduction;
import org.lanewise.engine.operation.ReshapeTo;

/**
 * Which operations share a loop.
 *
 * <p>Every node starts as a unit of its own. Units over the same shape merge, first along operands
 * and then where they read the same, as long as no unit comes to depend on itself through another
 * and the loop does not get too large.
 */
final class Fusion {
  /** Units that a search for a dependence looks at before it is taken for granted. */
  private static final int FARTHEST = 256;

  /** Loops with a common input that one more is compared with: the last ones found apart. */
  private static final int LATEST = 16;

  private final Set<FusionGroup> units = new LinkedHashSet<>();

  /** The unit that computes each node; leaves and reshapes have none. */
  private final Map<Node, FusionGroup> homes = new HashMap<>();

  /** The units that read each node, by way of views too. */
  private final Map<Node, Set<FusionGroup>> readers = new HashMap<>();

  private Fusion() {}

  /** Divides nodes into units; operands come before their users. */
  static Fusion of(List<Node> nodes) {
    Fusion fusion = new Fusion();
    for (Node node : nodes) {
      if (!isView(node)) {
        FusionGroup unit = new FusionGroup(node);
        fusion.homes.put(node, unit);
        fusion.enter(unit);
      }
    }
    fusion.mergeAlongOperands(nodes);
    fusion.mergeBySharedInputs();
    return fusion;
  }

  /** The units, in no order. */
  Set<FusionGroup> units() {
    return units;
  }

  /** Lets a loop be the epilogue of a matrix product. */
  void fold(Node product, FusionGroup loop) {
    FusionGroup alone = homes.get(product);
    if (alone != null) {
      leave(alone);
    }
    leave(loop);
    loop.follow(product);
    homes.put(product, loop);
    enter(loop);
  }

  /** Takes note of what units read now that they compute other nodes too. */
  void readAgain() {
    readers.clear();
    units.forEach(this::watch);
  }

  private void watch(FusionGroup unit) {
    for (Node input : unit.inputs()) {
      readers.computeIfAbsent(source(input), absent -> new LinkedHashSet<>()).add(unit);
    }
  }

  /** Adds a unit, above all units that it depends on and below those that depend on it. */
  private void enter(FusionGroup unit) {
    units.add(unit);
    watch(unit);
    for (Node input : unit.inputs()) {
      FusionGroup before = homes.get(source(input));
      unit.raise(before == null ? 0 : before.level() + 1);
    }
    raiseReaders(unit);
  }

  private void leave(FusionGroup unit) {
    units.remove(unit);
    for (Node input : unit.inputs()) {
      readers.getOrDefault(source(input), new HashSet<>()).remove(unit);
    }
  }

  /** Keeps the level of a unit above those of all that it depends on. */
  private void raiseReaders(FusionGroup changed) {
    Deque<FusionGroup> open = new ArrayDeque<>(List.of(changed));
    while (!open.isEmpty()) {
      FusionGroup unit = open.pop();
      for (Node member : unit.members()) {
        // A value that is computed again is read from its first home.
        if (homes.get(member) == unit) {
          for (FusionGroup reader : readers.getOrDefault(member, Set.of())) {
            if (reader != unit && reader.raise(unit.level() + 1)) {
              open.push(reader);
            }
          }
        }
      }
    }
  }

  /** The unit that computes a node; null for leaves and reshapes. */
  @Nullable FusionGroup home(Node node) {
    return homes.get(node);
  }

  /** Whether a node needs no computing: it is a leaf, or a view of another node. */
  static boolean isView(Node node) {
    return switch (node.operation()) {
      case Leaf _, ReshapeTo _ -> true;
      case FusibleOperation _, KernelOperation _ -> false;
    };
  }

  /** The node that a node is a view of; the node itself if it is none. */
  static Node source(Node node) {
    Node source = node;
    while (source.operation() instanceof ReshapeTo) {
      source = source.operands().get(0);
    }
    return source;
  }

  private void mergeAlongOperands(List<Node> nodes) {
    for (Node node : nodes) {
      for (Node operand : node.operands()) {
        merge(operand, node);
      }
    }
  }

  private void mergeBySharedInputs() {
    // In the order they are found, so that every run of a program makes the same loops.
    Map<Node, List<FusionGroup>> readers = new LinkedHashMap<>();
    Map<Shape, List<FusionGroup>> small = new LinkedHashMap<>();
    for (FusionGroup unit : List.copyOf(units)) {
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

  private void mergeAll(List<FusionGroup> candidates) {
    // A node of each unit that another might merge with.
    Deque<Node> heads = new ArrayDeque<>();
    for (FusionGroup candidate : candidates) {
      Node head = candidate.members().get(0);
      heads.removeIf(other -> !hasRoom(other));
      if (heads.stream().noneMatch(other -> merge(other, head))) {
        heads.add(head);
        if (heads.size() > LATEST) {
          heads.remove();
        }
      }
    }
  }

  private boolean hasRoom(Node head) {
    FusionGroup home = homes.get(head);
    return home != null && home.hasRoomFor(1);
  }

  /** Merges the units of two nodes if one loop can compute both. */
  private boolean merge(Node first, Node second) {
    FusionGroup a = homes.get(first);
    FusionGroup b = homes.get(second);
    if (a == null
        || b == null
        || a == b
        || !a.isLoop()
        || !b.isLoop()
        || !a.space().equals(b.space())
        || !a.hasRoomFor(b.size())
        || dependsByWayOfOthers(a, b)
        || dependsByWayOfOthers(b, a)) {
      return false;
    }
    FusionGroup merged = a.with(b.members());
    if (!merged.fits()) {
      return false;
    }
    leave(a);
    leave(b);
    merged.members().forEach(node -> homes.put(node, merged));
    enter(merged);
    return true;
  }

  /**
   * Whether a unit depends on another through a third, or reads a value that the other has only
   * when it has finished. Between units that are far apart it is taken for granted.
   */
  boolean dependsByWayOfOthers(FusionGroup unit, FusionGroup other) {
    Deque<FusionGroup> open = new ArrayDeque<>();
    Set<FusionGroup> seen = new HashSet<>();
    for (Node input : unit.inputs()) {
      Node source = source(input);
      FusionGroup home = homes.get(source);
      if (home == other) {
        if (source != input || source.operation() instanceof Reduction) {
          return true;
        }
      } else if (home != null && seen.add(home)) {
        open.push(home);
      }
    }
    while (!open.isEmpty()) {
      FusionGroup next = open.pop();
      if (next == other || seen.size() > FARTHEST) {
        return true;
      }
      if (next.level() > other.level()) {
        for (Node input : next.inputs()) {
          FusionGroup home = homes.get(source(input));
          if (home != null && seen.add(home)) {
            open.push(home);
          }
        }
      }
    }
    return false;
  }
}
