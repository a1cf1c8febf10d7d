package org.lanewise.nn.training;

import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * The recorded steps that were used last, by the kind of batch they were recorded for. The step of
 * a whole batch is used in every epoch, so it stays; those of other sizes replace each other.
 */
final class RecentSteps<K> {
  /** A whole batch, the last of an epoch, and as many again of another data set. */
  private static final int KEPT = 4;

  private final Map<K, Step> steps = new LinkedHashMap<>(KEPT, 0.75f, true);
  private final Function<K, Step> record;

  RecentSteps(Function<K, Step> record) {
    this.record = record;
  }

  Step get(K key) {
    Step known = steps.get(key);
    return known == null ? add(key) : known;
  }

  /** The steps that are kept, the one that was used last at the end. */
  Collection<Step> kept() {
    return steps.values();
  }

  private Step add(K key) {
    Step step = record.apply(key);
    steps.put(key, step);
    Iterator<K> oldest = steps.keySet().iterator();
    while (steps.size() > KEPT) {
      oldest.next();
      oldest.remove();
    }
    return step;
  }
}
