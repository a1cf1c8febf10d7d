package org.lanewise.engine.program;

import java.util.Arrays;

/**
 * The places that are taken from some step to another, to find some that are free for a time.
 *
 * <p>A search goes through all that is taken, in the order of places. For as many values as a
 * program of some thousand layers has that is a small part of planning, because the numbers lie
 * next to each other in memory.
 */
final class Occupancy {
  private int count;

  // What was taken, by its start.
  private final int[] starts;
  private final int[] ends;
  private final int[] froms;
  private final int[] tos;

  /** Nothing is taken yet, and no more than {@code most} times will places be. */
  Occupancy(int most) {
    starts = new int[most];
    ends = new int[most];
    froms = new int[most];
    tos = new int[most];
  }

  /** The lowest start of so many places that are all free from one step to another. */
  int lowestFree(int from, int to, int places) {
    int start = 0;
    for (int i = 0; i < count && starts[i] < start + places; i++) {
      if (froms[i] <= to && from <= tos[i]) {
        start = Math.max(start, ends[i]);
      }
    }
    return start;
  }

  /** Takes places from one step to another. */
  void take(int from, int to, int start, int places) {
    int found = Arrays.binarySearch(starts, 0, count, start);
    int at = found < 0 ? -1 - found : found;
    insert(starts, at, start);
    insert(ends, at, start + places);
    insert(froms, at, from);
    insert(tos, at, to);
    count++;
  }

  private void insert(int[] numbers, int at, int number) {
    System.arraycopy(numbers, at, numbers, at + 1, count - at);
    numbers[at] = number;
  }
}
