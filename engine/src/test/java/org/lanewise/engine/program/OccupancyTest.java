package org.lanewise.engine.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class OccupancyTest {
  private record Taken(int from, int to, int start, int end) {
    boolean meets(int first, int last) {
      return from <= last && first <= to;
    }
  }

  private static boolean isFree(List<Taken> all, int from, int to, int start, int places) {
    return all.stream()
        .noneMatch(each -> each.meets(from, to) && each.start < start + places && start < each.end);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 64, 100})
  void placesAreTheLowestThatAreFree(int steps) {
    for (int seed = 0; seed < 50; seed++) {
      Random random = new Random(seed);
      Occupancy occupancy = new Occupancy(60);
      List<Taken> all = new ArrayList<>();
      for (int i = 0; i < 60; i++) {
        int from = random.nextInt(steps);
        int to = from + random.nextInt(steps - from);
        int places = 1 + random.nextInt(9);
        int start = occupancy.lowestFree(from, to, places);
        int expected =
            IntStream.iterate(0, place -> place + 1)
                .filter(place -> isFree(all, from, to, place, places))
                .findFirst()
                .orElseThrow();
        assertThat(start).as("seed %d, %d", seed, i).isEqualTo(expected);
        occupancy.take(from, to, start, places);
        all.add(new Taken(from, to, start, start + places));
      }
    }
  }
}
