package org.lanewise.nn.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lanewise.engine.Shape;
import org.lanewise.engine.Tensor;

final class DataSetTest {
  /** Example i is (i, i + 0.5), its target 10 i. */
  private static DataSet counted(int size) {
    Tensor inputs = Tensor.zeros(size, 2);
    Tensor targets = Tensor.zeros(size);
    for (int i = 0; i < size; i++) {
      inputs.array()[2 * i] = i;
      inputs.array()[2 * i + 1] = i + 0.5f;
      targets.array()[i] = 10 * i;
    }
    return DataSet.of(inputs, targets);
  }

  @Test
  void knowsItsSizeAndShapes() {
    DataSet data = DataSet.of(Tensor.zeros(4, 2, 3), Tensor.zeros(4, 5));
    assertThat(data.size()).isEqualTo(4);
    assertThat(data.inputShape()).isEqualTo(Shape.of(2, 3));
    assertThat(data.targetShape()).isEqualTo(Shape.of(5));
    assertThat(data.classes()).isZero();
    assertThat(DataSet.of(Tensor.zeros(4), Tensor.zeros(4)).inputShape()).isEqualTo(Shape.SCALAR);
  }

  @Test
  void labelsAreScalarTargets() {
    DataSet data = DataSet.labeled(Tensor.zeros(3, 2), new int[] {2, 0, 1}, 3);
    assertThat(data.targetShape()).isEqualTo(Shape.SCALAR);
    assertThat(data.targets().toArray()).containsExactly(2, 0, 1);
    assertThat(data.classes()).isEqualTo(3);
  }

  @Test
  void targetsOfTheWrongCountAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DataSet.of(Tensor.zeros(3, 2), Tensor.zeros(4, 1)))
        .withMessage("data set: expected a target for each of 3 examples, was shape [4, 1]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DataSet.of(Tensor.zeros(1, 2), Tensor.scalar(1)))
        .withMessage("data set: expected a target for each of 1 examples, was shape []");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DataSet.labeled(Tensor.zeros(3, 2), new int[] {0, 1}, 2))
        .withMessage("data set: expected a label for each of 3 examples, was 2");
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 3, Integer.MAX_VALUE, Integer.MIN_VALUE})
  void labelsOutOfRangeAreRefused(int label) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DataSet.labeled(Tensor.zeros(2, 2), new int[] {0, label}, 3))
        .withMessage("data set: expected labels from 0 to 2, label 1 was " + label);
  }

  @Test
  void oneClassIsNoChoice() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DataSet.labeled(Tensor.zeros(1, 2), new int[] {0}, 1))
        .withMessage("data set: expected at least 2 classes, was 1");
  }

  @Test
  void noExamplesAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DataSet.of(Tensor.zeros(0, 2), Tensor.zeros(0)))
        .withMessage("data set: expected at least one example, was shape [0, 2]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DataSet.labeled(Tensor.scalar(1), new int[] {0}, 2))
        .withMessage("data set: expected at least one example, was shape []");
  }

  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
  void numbersThatAreNotFiniteAreFoundWhenAskedFor(float value) {
    DataSet data = counted(4);
    assertThat(data.requireFinite()).isSameAs(data);
    data.inputs().array()[5] = value;
    assertThatIllegalArgumentException()
        .isThrownBy(data::requireFinite)
        .withMessage(
            "data set: expected finite numbers, input element 1 of example 2 was " + value);
    // A view counts its own examples.
    assertThatIllegalArgumentException()
        .isThrownBy(() -> data.slice(1, 4).requireFinite())
        .withMessageContaining("input element 1 of example 1");
    data.inputs().array()[5] = 0;
    data.targets().array()[3] = value;
    assertThatIllegalArgumentException()
        .isThrownBy(data::requireFinite)
        .withMessage(
            "data set: expected finite numbers, target element 0 of example 3 was " + value);
  }

  @Test
  void slicesAreViews() {
    DataSet data = DataSet.labeled(counted(5).inputs(), new int[] {0, 1, 2, 0, 1}, 3);
    DataSet slice = data.slice(1, 4).slice(1, 3);
    assertThat(slice.size()).isEqualTo(2);
    assertThat(slice.inputs().toArray()).containsExactly(2, 2.5f, 3, 3.5f);
    assertThat(slice.targets().toArray()).containsExactly(2, 0);
    assertThat(slice.classes()).isEqualTo(3);
    data.inputs().array()[4] = -1;
    assertThat(slice.inputs().get(0, 0)).isEqualTo(-1);
  }

  @Test
  void selectsCopiesOfExamples() {
    DataSet data =
        DataSet.labeled(counted(5).inputs(), new int[] {0, 1, 2, 0, 1}, 3)
            .weighted(Tensor.vector(1, 2, 3, 4, 5));
    DataSet selected = data.select(4, 0, 4);
    data.inputs().array()[8] = -1;
    assertThat(selected.inputs().toArray()).containsExactly(4, 4.5f, 0, 0.5f, 4, 4.5f);
    assertThat(selected.targets().toArray()).containsExactly(1, 0, 1);
    assertThat(selected.classes()).isEqualTo(3);
    Tensor weights = Tensor.zeros(3);
    selected.copy(new int[] {0, 1, 2}, 0, List.of(), List.of(), weights);
    assertThat(weights.toArray()).containsExactly(5, 1, 5);
    assertThatIllegalArgumentException()
        .isThrownBy(data::select)
        .withMessage("data set: expected at least one example, was none");
    assertThatExceptionOfType(IndexOutOfBoundsException.class)
        .isThrownBy(() -> data.select(1, 5))
        .withMessage("Index 5 out of bounds for length 5");
  }

  @Test
  void shufflesExamplesWithTheirTargets() {
    DataSet shuffled = counted(50).shuffled(3);
    Set<Float> seen = new HashSet<>();
    for (int i = 0; i < 50; i++) {
      seen.add(shuffled.targets().get(i));
      assertThat(shuffled.targets().get(i)).isEqualTo(10 * shuffled.inputs().get(i, 0));
    }
    assertThat(seen).hasSize(50);
    assertThat(shuffled.targets().toArray()).isNotEqualTo(counted(50).targets().toArray());
    assertThat(shuffled.targets().sameElements(counted(50).shuffled(3).targets())).isTrue();
    assertThat(shuffled.targets().sameElements(counted(50).shuffled(4).targets())).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"10, 0.2, 2", "2, 0.01, 1", "2, 0.99, 1", "1000, 0.3335, 334", "7, 0.5, 4"})
  void splitsAtRandom(int size, double share, int held) {
    Split split = counted(size).split(share, 8);
    assertThat(split.validation().size()).isEqualTo(held);
    assertThat(
            Stream.of(split.training(), split.validation())
                .flatMapToDouble(
                    part -> IntStream.range(0, part.size()).mapToDouble(i -> part.targets().get(i)))
                .sorted()
                .toArray())
        .containsExactly(IntStream.range(0, size).mapToDouble(i -> 10 * i).toArray());
  }

  @Test
  void splitsHoldBackTheSameShareOfEachClass() {
    // Sorted by class, as such a file often is: 600, 300, 90 and 10 examples.
    int[] labels = new int[1000];
    Arrays.fill(labels, 600, 900, 1);
    Arrays.fill(labels, 900, 990, 2);
    Arrays.fill(labels, 990, 1000, 3);
    Split split = DataSet.labeled(counted(1000).inputs(), labels, 4).split(0.1, 5);
    assertThat(counts(split.validation())).containsExactly(60, 30, 9, 1);
    assertThat(counts(split.training())).containsExactly(540, 270, 81, 9);
    assertThat(split.validation().targets().toArray())
        .satisfies(targets -> assertThat(targets).isNotEqualTo(sorted(targets)));
  }

  private static float[] sorted(float[] x) {
    float[] y = x.clone();
    Arrays.sort(y);
    return y;
  }

  private static long[] counts(DataSet data) {
    long[] counts = new long[data.classes()];
    for (float label : data.targets().toArray()) {
      counts[(int) label]++;
    }
    return counts;
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 1, -0.1, Double.NaN})
  void sharesThatAreNoneAreRefused(double share) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> counted(5).split(share, 1))
        .withMessage("split: expected a share between 0 and 1, both excluded, was " + share);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> counted(1).split(0.5, 1))
        .withMessage("split: expected at least 2 examples, was 1");
  }

  @ParameterizedTest
  @CsvSource({"-1, 2", "0, 6", "2, 2", "3, 1", "5, 5"})
  void slicesOutOfRangeAreRefused(int from, int to) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> counted(5).slice(from, to))
        .withMessage("data set: expected 0 <= from < to <= 5, was " + from + " and " + to);
  }

  @Test
  void copiesExamplesInAnOrder() {
    DataSet data = counted(6).weighted(Tensor.vector(0, 1, 2, 3, 4, 5)).slice(1, 6);
    Tensor inputs = Tensor.zeros(2, 2);
    Tensor targets = Tensor.zeros(2);
    Tensor weights = Tensor.zeros(targets.size());
    data.copy(new int[] {4, 2, 0, 1, 3}, 1, List.of(inputs), List.of(targets), weights);
    assertThat(inputs.toArray()).containsExactly(3, 3.5f, 1, 1.5f);
    assertThat(targets.toArray()).containsExactly(30, 10);
    assertThat(weights.toArray()).containsExactly(3, 1);
  }

  @Test
  void weightsAreOneForEachExampleFiniteAndNotNegative() {
    DataSet data = counted(3);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> data.weighted(Tensor.vector(1, 2)))
        .withMessage("data set: expected a weight for each of 3 examples, was shape [2]");
    for (float wrong : new float[] {-1, Float.NaN, Float.POSITIVE_INFINITY}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> data.weighted(Tensor.vector(1, wrong, 1)))
          .withMessage(
              String.format(
                  Locale.ROOT,
                  "data set: expected finite weights of at least 0, weight 1 was %s",
                  wrong));
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> data.weighted(Tensor.zeros(3)))
        .withMessage("data set: expected a weight above 0, was none");
  }
}
