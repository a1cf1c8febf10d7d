package org.lanewise.nn.training;

import java.util.Comparator;
import java.util.stream.IntStream;
import org.lanewise.engine.random.RandomStream;

/**
 * Examples to learn from, and others that are held back to validate on.
 *
 * @param training the examples to learn from
 * @param validation the examples that are held back
 */
public record Split(DataSet training, DataSet validation) {
  /** Holds back at even distances in a shuffled order, sorted by class if there are classes. */
  static Split of(DataSet data, double share, long seed) {
    requireShare(share);
    if (data.size() < 2) {
      throw new IllegalArgumentException("split: expected at least 2 examples, was 1");
    }
    int count = Math.clamp(Math.round(data.size() * share), 1, data.size() - 1);
    int[] shuffled = order(data, seed);
    int[] byClass = byClass(data, shuffled);
    boolean[] held = new boolean[data.size()];
    for (int i = 0; i < held.length; i++) {
      held[byClass[i]] = (i + 1L) * count / held.length > (long) i * count / held.length;
    }
    return new Split(
        data.select(IntStream.of(shuffled).filter(example -> !held[example]).toArray()),
        data.select(IntStream.of(shuffled).filter(example -> held[example]).toArray()));
  }

  /** Refuses a share that leaves nothing on one side. */
  static void requireShare(double share) {
    if (!(share > 0 && share < 1)) {
      throw new IllegalArgumentException(
          "split: expected a share between 0 and 1, both excluded, was " + share);
    }
  }

  static int[] order(DataSet data, long seed) {
    return RandomStream.of(seed).child("split").permutation(data.size());
  }

  private static int[] byClass(DataSet data, int[] shuffled) {
    if (data.classes() == 0) {
      return shuffled;
    }
    return IntStream.of(shuffled)
        .boxed()
        .sorted(Comparator.comparing(example -> data.targets().get(example)))
        .mapToInt(Integer::intValue)
        .toArray();
  }
}
