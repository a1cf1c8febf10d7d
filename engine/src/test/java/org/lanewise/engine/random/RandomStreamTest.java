package org.lanewise.engine.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class RandomStreamTest {
  private static final long SEED = 77;
  private static final Distribution UNIFORM = Distribution.uniform(0, 1);

  private static final List<Distribution> DISTRIBUTIONS =
      List.of(
          UNIFORM,
          Distribution.normal(1, 2),
          Distribution.truncatedNormal(0, 0.1),
          Distribution.bernoulli(0.3));

  @Test
  void wordsAreThoseOfTheDocumentedBlocks() {
    RandomStream stream = new RandomStream(0x299f31d0_a4093822L, 0x03707344_13198a2eL, 0);
    // Block 0x05a308d3_243f6a88 of the stream holds the words of that counter.
    long block = 0x05a308d3_243f6a88L;
    int[] expected = new int[4];
    Philox.block(block, stream.stream(), stream.seed(), expected, 0);
    int[] words = new int[8];
    RandomStream.words(stream.seed(), stream.stream(), block << 2, words, 4);
    assertThat(Arrays.copyOf(words, 4)).containsExactly(expected);
    int[] zeros = new int[8];
    RandomStream.words(0, 0, 0, zeros, 4);
    assertThat(zeros).startsWith(0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8);
  }

  @Test
  void partsEqualTheWhole() {
    int n = 1100;
    for (Distribution distribution : DISTRIBUTIONS) {
      for (long start : new long[] {0, 1, 6, 255, 1L << 33, -500}) {
        RandomStream stream = new RandomStream(SEED, 5, start);
        float[] whole = new float[n];
        stream.fill(distribution, whole, 0, n);
        for (int step : new int[] {1, 3, 4, 255, 256, 257, 700}) {
          float[] parts = new float[n + 2];
          for (int i = 0; i < n; i += step) {
            stream.skip(i).fill(distribution, parts, i + 1, Math.min(step, n - i));
          }
          assertThat(Arrays.copyOfRange(parts, 1, n + 1))
              .as("%s from %d by %d", distribution, start, step)
              .containsExactly(whole);
          assertThat(parts[0]).isZero();
          assertThat(parts[n + 1]).isZero();
        }
      }
    }
  }

  @Test
  void fillReturnsTheStreamAfterIt() {
    RandomStream stream = RandomStream.of(SEED).skip(3);
    assertThat(stream.fill(UNIFORM, new float[10], 2, 7)).isEqualTo(stream.skip(7));
    assertThat(stream.skip(7)).isEqualTo(new RandomStream(SEED, 0, 10));
    assertThat(stream.fill(UNIFORM, new float[0], 0, 0)).isEqualTo(stream);
  }

  @Test
  void drawsDoNotChangeOverVersions() {
    float[] y = new float[2];
    RandomStream stream = RandomStream.of(42).child("hidden1/kernel").child(7);
    stream.fill(Distribution.normal(), y, 0, 2);
    assertThat(stream.stream()).isEqualTo(0x12e0_0272_f01c_2ad5L);
    assertThat(y).containsExactly(-0.026320294f, 0.15587814f);
    assertThat(RandomStream.of(42).permutation(8)).containsExactly(2, 5, 1, 7, 4, 3, 0, 6);
  }

  @Test
  void childrenDependOnTheStreamAndNotOnItsCounter() {
    RandomStream parent = RandomStream.of(SEED);
    assertThat(parent.skip(100).child("a")).isEqualTo(parent.child("a"));
    assertThat(parent.skip(100).child(1)).isEqualTo(parent.child(1));
    assertThat(parent.child("a").child(1)).isNotEqualTo(parent.child("b").child(1));
    assertThat(parent.child("a")).isNotEqualTo(RandomStream.of(SEED + 1).child("a"));
  }

  @Test
  void childrenDiffer() {
    RandomStream parent = RandomStream.of(SEED);
    List<RandomStream> streams = new ArrayList<>(List.of(parent));
    for (int i = 0; i < 1000; i++) {
      streams.add(parent.child(i));
      streams.add(parent.child(-1 - i));
      streams.add(parent.child("layer" + i));
    }
    for (String name :
        new String[] {"", "\0", "\0\0\0\0", "a", "a\0", "ab", "ba", "abcd", "abcde"}) {
      streams.add(parent.child(name));
    }
    streams.add(parent.child("abcd").child("e"));
    streams.add(parent.child("abcd").child(""));
    Set<Long> numbers = new HashSet<>();
    streams.forEach(stream -> numbers.add(stream.stream()));
    assertThat(numbers).hasSameSizeAs(streams);
    assertThat(streams).allMatch(stream -> stream.seed() == SEED && stream.counter() == 0);
  }

  @Test
  void streamsAreNotCorrelated() {
    int n = 200_000;
    RandomStream parent = RandomStream.of(SEED);
    List<RandomStream> streams =
        List.of(
            parent,
            parent.skip(1),
            parent.skip(2),
            parent.skip(4),
            new RandomStream(SEED, 1, 0),
            RandomStream.of(SEED + 1),
            RandomStream.of(SEED + (1L << 32)),
            parent.child(0),
            parent.child(1),
            parent.child("0"),
            parent.child(0).child(0));
    List<float[]> draws = new ArrayList<>();
    for (RandomStream stream : streams) {
      float[] y = new float[n];
      stream.fill(UNIFORM, y, 0, n);
      draws.add(y);
    }
    for (int i = 0; i < draws.size(); i++) {
      for (int j = 0; j < i; j++) {
        assertThat(Statistics.correlation(draws.get(i), draws.get(j)))
            .as("%s and %s", streams.get(i), streams.get(j))
            .isCloseTo(0, within(Statistics.FARTHEST_Z));
      }
    }
  }

  @Test
  void permutationHoldsEveryNumberOnce() {
    for (int n : new int[] {0, 1, 2, 5, 255, 256, 257, 10_000}) {
      int[] y = RandomStream.of(SEED).skip(n).permutation(n);
      int[] sorted = y.clone();
      Arrays.sort(sorted);
      assertThat(sorted).as("n %d", n).containsExactly(IntStream.range(0, n).toArray());
      assertThat(RandomStream.of(SEED).skip(n).permutation(n)).containsExactly(y);
    }
  }

  @Test
  void everyOrderIsEquallyLikely() {
    int rounds = 240_000;
    int[] counts = new int[256];
    RandomStream stream = RandomStream.of(SEED);
    for (int i = 0; i < rounds; i++) {
      int[] y = stream.permutation(4);
      counts[y[0] << 6 | y[1] << 4 | y[2] << 2 | y[3]]++;
      stream = stream.skip(4);
    }
    int[] seen = Arrays.stream(counts).filter(count -> count > 0).toArray();
    assertThat(seen).hasSize(24);
    // The chi-square distribution with 23 degrees of freedom exceeds 92 with a probability of
    // 3e-10.
    assertThat(chiSquare(seen, rounds)).as("seed %d", SEED).isLessThan(92);
  }

  @Test
  void boundedIntegersRepeatSurplusWords() {
    // Of 2^32 words 2^30 are too many for 3 · 2^29 integers; kept, they would prefer some residues
    // by 3 : 2.
    int bound = 3 << 29;
    int rounds = 300_000;
    int[] counts = new int[3];
    int[] words = new int[rounds + Philox.WORDS];
    RandomStream stream = RandomStream.of(SEED);
    RandomStream.words(stream.seed(), stream.stream(), 0, words, rounds);
    for (int i = 0; i < rounds; i++) {
      int y = stream.bounded(words[i], bound, i);
      assertThat(y).isBetween(0, bound - 1);
      counts[y % 3]++;
    }
    // With 2 degrees of freedom the probability is exp(-x / 2): 1e-9 at 41.4.
    assertThat(chiSquare(counts, rounds)).as("seed %d", SEED).isLessThan(41.4);
  }

  @Test
  void badArguments() {
    RandomStream stream = RandomStream.of(SEED);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> stream.skip(-1))
        .withMessage("skip: expected n >= 0, was -1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> stream.permutation(-2))
        .withMessage("permutation: expected n >= 0, was -2");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> stream.fill(UNIFORM, new float[3], 0, -1))
        .withMessage("fill: expected n >= 0, was -1");
    int[][] misfits = {{2, 2}, {-1, 1}, {4, 0}, {0, 4}, {Integer.MAX_VALUE, Integer.MAX_VALUE}};
    for (int[] misfit : misfits) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> stream.fill(UNIFORM, new float[3], misfit[0], misfit[1]))
          .withMessage(
              "fill: expected offset + n within the array, was offset %d, n %d, length 3",
              misfit[0], misfit[1]);
    }
  }

  private static double chiSquare(int[] counts, int rounds) {
    double expected = (double) rounds / counts.length;
    return Arrays.stream(counts).mapToDouble(c -> (c - expected) * (c - expected) / expected).sum();
  }
}
