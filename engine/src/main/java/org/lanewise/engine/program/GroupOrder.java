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
import java.util.stream.Collectors;

/** The order in which units run. */
final class GroupOrder {
  private GroupOrder() {}

  /**
   * Orders the units so that each runs after those whose values it reads.
   *
   * @param fusion the units
   * @param late units that run only when no other can
   */
  static List<FusionGroup> of(Fusion fusion, Predicate<FusionGroup> late) {
    Map<FusionGroup, Set<FusionGroup>> awaited = new HashMap<>();
    Map<FusionGroup, List<FusionGroup>> followers = new HashMap<>();
    Set<FusionGroup> last = fusion.units().stream().filter(late).collect(Collectors.toSet());
    PriorityQueue<FusionGroup> ready =
        new PriorityQueue<>(
            Comparator.<FusionGroup, Boolean>comparing(last::contains)
                .thenComparing(FusionGroup::lastIndex));
    for (FusionGroup unit : fusion.units()) {
      Set<FusionGroup> before = new HashSet<>();
      for (Node input : unit.inputs()) {
        FusionGroup home = fusion.home(Fusion.source(input));
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
    List<FusionGroup> order = new ArrayList<>();
    while (!ready.isEmpty()) {
      FusionGroup next = ready.remove();
      order.add(next);
      for (FusionGroup follower : followers.getOrDefault(next, List.of())) {
        Set<FusionGroup> before = awaited.get(follower);
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
