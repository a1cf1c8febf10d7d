package org.lanewise.engine.program;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.function.Predicate;

/** The order in which units run. */
final class Schedule {
  private Schedule() {}

  /**
   * Orders the units so that each runs after those whose values it reads.
   *
   * @param fusion the units
   * @param late units that run only when no other can
   */
  static List<Unit> of(Fusion fusion, Predicate<Unit> late) {
    Map<Unit, Set<Unit>> awaited = new HashMap<>();
    Map<Unit, List<Unit>> followers = new HashMap<>();
    PriorityQueue<Unit> ready =
        new PriorityQueue<>(Comparator.comparing(late::test).thenComparing(Unit::lastIndex));
    for (Unit unit : fusion.units()) {
      Set<Unit> before = new HashSet<>();
      for (Node input : unit.inputs()) {
        Unit home = fusion.home(Fusion.source(input));
        if (home != null && before.add(home)) {
          followers.computeIfAbsent(home, absent -> new ArrayList<>()).add(unit);
        }
      }
      if (before.isEmpty()) {
        ready.add(unit);
      } else {
        awaited.put(unit, before);
      }
    }
    List<Unit> order = new ArrayList<>();
    while (!ready.isEmpty()) {
      Unit next = ready.remove();
      order.add(next);
      for (Unit follower : followers.getOrDefault(next, List.of())) {
        Set<Unit> before = awaited.get(follower);
        if (before != null && before.remove(next) && before.isEmpty()) {
          awaited.remove(follower);
          ready.add(follower);
        }
      }
    }
    if (!awaited.isEmpty()) {
      throw new IllegalStateException("program: units wait for each other: " + awaited.keySet());
    }
    return order;
  }
}
