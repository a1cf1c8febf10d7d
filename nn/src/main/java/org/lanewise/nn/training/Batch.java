package org.lanewise.nn.training;

import java.util.ArrayList;
import java.util.List;

/**
 * A batch of an epoch.
 *
 * @param start its first example in the order of the epoch
 * @param kind the kind of batch that its step is recorded for
 * @param place its place among the batches of its step, from 0
 * @param share its share in the examples of its step
 */
record Batch(int start, Kind kind, int place, double share) {
  /**
   * The kind of batch that a step is recorded for.
   *
   * @param size the number of examples
   * @param last whether the batch is the last of its step
   */
  record Kind(int size, boolean last) {}

  /** All examples at once. */
  static Batch whole(int examples) {
    return new Batch(0, new Kind(examples, true), 0, 1);
  }

  /**
   * The batches of an epoch, some of which make a step together; the last step may have fewer. If
   * one example is left over it joins the last batch.
   */
  static List<Batch> plan(int examples, int size, int batchesOfStep) {
    List<Integer> ends = new ArrayList<>();
    for (int start = 0; start < examples; start = ends.getLast()) {
      int left = examples - start;
      ends.add(left == size + 1 && size > 1 ? examples : Math.min(start + size, examples));
    }
    List<Batch> batches = new ArrayList<>();
    for (int first = 0; first < ends.size(); first += batchesOfStep) {
      int end = Math.min(first + batchesOfStep, ends.size());
      int stepStart = first == 0 ? 0 : ends.get(first - 1);
      double all = ends.get(end - 1) - stepStart;
      int start = stepStart;
      for (int i = first; i < end; i++) {
        int count = ends.get(i) - start;
        batches.add(new Batch(start, new Kind(count, i == end - 1), i - first, count / all));
        start = ends.get(i);
      }
    }
    return batches;
  }
}
