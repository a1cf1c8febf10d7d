package org.lanewise.engine.program;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.lanewise.engine.operation.BroadcastTo;
import org.lanewise.engine.operation.Elementwise;
import org.lanewise.engine.operation.KernelOperation;
import org.lanewise.engine.operation.Leaf;
import org.lanewise.engine.operation.Reduction;
import org.lanewise.engine.operation.ReshapeTo;

/**
 * Computes a value again in each loop that reads it, where that is cheaper than to store it and to
 * load it.
 */
final class Recomputation {
  /** The most operations that are repeated to spare the storing of a value. */
  private static final int CHEAP = 8;

  /** The most that an operation may cost to be done again. */
  private static final int CHEAP_OPERATION = 4;

  private final Fusion fusion;
  private final Set<Node> wanted;
  private final Map<Node, Set<Node>> users = new HashMap<>();
  private final Map<Node, List<Node>> views = new HashMap<>();
  private final Map<Node, Set<FusionGroup>> places = new HashMap<>();

  private Recomputation(Fusion fusion, List<Node> nodes, Set<Node> wanted) {
    this.fusion = fusion;
    this.wanted = wanted;
    for (Node node : nodes) {
      for (Node operand : node.operands()) {
        users.computeIfAbsent(operand, absent -> new LinkedHashSet<>()).add(node);
        if (Fusion.isView(node)) {
          views.computeIfAbsent(operand, absent -> new ArrayList<>()).add(node);
        }
      }
    }
    fusion.units().forEach(unit -> unit.members().forEach(node -> put(node, unit)));
  }

  private void put(Node node, FusionGroup unit) {
    places.computeIfAbsent(node, absent -> new LinkedHashSet<>()).add(unit);
  }

  /**
   * Changes the units of a fusion.
   *
   * @param nodes all nodes, operands before their users
   * @param wanted the nodes whose values are needed when all units have run
   */
  static Recomputation in(Fusion fusion, List<Node> nodes, Set<Node> wanted) {
    Recomputation recomputation = new Recomputation(fusion, nodes, wanted);
    nodes.forEach(recomputation::spread);
    for (int i = nodes.size() - 1; i >= 0; i--) {
      recomputation.drop(nodes.get(i));
    }
    return recomputation;
  }

  /**
   * Whether a value has to be in memory: it is wanted, or read by a unit that does not compute it.
   */
  boolean isStored(Node node) {
    return wanted.contains(node) || isRead(node) || hasStoredView(node);
  }

  private boolean hasStoredView(Node node) {
    return views.getOrDefault(node, List.of()).stream().anyMatch(this::isStored);
  }

  private Set<Node> users(Node node) {
    return users.getOrDefault(node, Set.of());
  }

  private boolean isRead(Node node) {
    for (Node user : users(node)) {
      for (FusionGroup unit : places.getOrDefault(user, Set.of())) {
        if (!unit.contains(node)) {
          return true;
        }
      }
    }
    return false;
  }

  /** The units that read a node and do not compute it. */
  private Set<FusionGroup> readers(Node node) {
    Set<FusionGroup> readers = new LinkedHashSet<>();
    for (Node user : users(node)) {
      for (FusionGroup unit : places.getOrDefault(user, Set.of())) {
        if (!unit.contains(node)) {
          readers.add(unit);
        }
      }
    }
    return readers;
  }

  /** Moves a value into all loops that read it, if that is cheap for each. */
  private void spread(Node node) {
    FusionGroup home = fusion.home(node);
    if (home == null
        || !home.isLoop()
        || node.operation() instanceof Reduction
        || node.shape().size() == 1
        || wanted.contains(node)
        || hasStoredView(node)) {
      return;
    }
    Map<FusionGroup, Set<Node>> additions = new HashMap<>();
    for (FusionGroup reader : readers(node)) {
      Set<Node> addition = new LinkedHashSet<>();
      if (!reader.isLoop()
          || !reader.space().equals(home.space())
          || !gather(node, home, reader, addition)
          || !reader.hasRoomFor(addition.size())
          || newReads(addition, reader) > 1
          || !reader.with(addition).fits()) {
        return;
      }
      additions.put(reader, addition);
    }
    additions.forEach(
        (reader, addition) ->
            addition.forEach(
                added -> {
                  reader.add(added);
                  put(added, reader);
                }));
  }

  /** Gathers the nodes that a loop has to compute for a node; false if they are not cheap. */
  private boolean gather(Node node, FusionGroup home, FusionGroup reader, Set<Node> addition) {
    addition.add(node);
    if (addition.size() > CHEAP || !isCheap(node)) {
      return false;
    }
    for (Node operand : node.operands()) {
      boolean there =
          reader.contains(operand)
              || addition.contains(operand)
              || !home.contains(operand)
              || isStored(operand);
      if (!there && !gather(operand, home, reader, addition)) {
        return false;
      }
    }
    return true;
  }

  /** Whether an operation is a few instructions of the machine. */
  private static boolean isCheap(Node node) {
    return switch (node.operation()) {
      case Elementwise elementwise -> elementwise.cost() <= CHEAP_OPERATION;
      case BroadcastTo _ -> true;
      case Reduction _, Leaf _, ReshapeTo _, KernelOperation _ -> false;
    };
  }

  /** The operands as large as the space that a loop would have to read in addition. */
  private static int newReads(Set<Node> addition, FusionGroup reader) {
    Set<Node> inputs = new HashSet<>(reader.inputs());
    Set<Node> reads = new HashSet<>();
    for (Node added : addition) {
      for (Node operand : added.operands()) {
        if (operand.shape().equals(reader.space())
            && !addition.contains(operand)
            && !reader.contains(operand)
            && !inputs.contains(operand)) {
          reads.add(operand);
        }
      }
    }
    return reads.size();
  }

  /** Drops a value that nobody reads any more from the unit it was first computed in. */
  private void drop(Node node) {
    FusionGroup home = fusion.home(node);
    if (home != null && !isStored(node) && users(node).stream().noneMatch(home::contains)) {
      home.remove(node);
      places.getOrDefault(node, new LinkedHashSet<>()).remove(home);
      if (home.isEmpty()) {
        fusion.units().remove(home);
      }
    }
  }

  /** The members of a unit that have to be in memory after it. */
  List<Node> stored(FusionGroup unit) {
    List<Node> stored = new ArrayList<>();
    for (Node node : unit.members()) {
      if (fusion.home(node) == unit && isStored(node)) {
        stored.add(node);
      }
    }
    return stored;
  }
}
