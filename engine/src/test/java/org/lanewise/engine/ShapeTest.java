package org.lanewise.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShapeTest {
  @Test
  void aScalarHasNoDimensionsAndOneElement() {
    assertThat(Shape.of()).isSameAs(Shape.SCALAR).hasToString("[]");
    assertThat(Shape.SCALAR.rank()).isZero();
    assertThat(Shape.SCALAR.size()).isOne();
    assertThat(Shape.SCALAR.strides()).isEmpty();
  }

  @Test
  void sizeIsTheProductOfTheDimensions() {
    Shape shape = Shape.of(2, 3, 4);

    assertThat(shape.rank()).isEqualTo(3);
    assertThat(shape.size()).isEqualTo(24);
    assertThat(shape.dimensions()).containsExactly(2, 3, 4);
    assertThat(shape.strides()).containsExactly(12, 4, 1);
    assertThat(shape).hasToString("[2, 3, 4]");
  }

  @Test
  void aDimensionOfZeroMeansNoElements() {
    assertThat(Shape.of(0).size()).isZero();
    assertThat(Shape.of(3, 0, 5).size()).isZero();
    assertThat(Shape.of(3, 0, 5).strides()).containsExactly(5, 5, 1);
  }

  @Test
  void shapesAreEqualByTheirDimensions() {
    assertThat(Shape.of(2, 3)).isEqualTo(Shape.of(2, 3)).hasSameHashCodeAs(Shape.of(2, 3));
    assertThat(Shape.of(2, 3))
        .isNotEqualTo(Shape.of(3, 2))
        .isNotEqualTo(Shape.of(6))
        .isNotEqualTo(Shape.of(2, 3, 1))
        .isNotEqualTo("[2, 3]");
    assertThat(Shape.of(0, 2)).isNotEqualTo(Shape.of(2, 0));
  }

  @Test
  void dimensionsAreCopiedInAndOut() {
    int[] dimensions = {2, 3};
    Shape shape = Shape.of(dimensions);
    dimensions[0] = 9;
    shape.dimensions()[1] = 9;
    shape.strides()[0] = 9;

    assertThat(shape).isEqualTo(Shape.of(2, 3));
    assertThat(shape.strides()).containsExactly(3, 1);
  }

  @Test
  void negativeDimensionsAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Shape.of(2, -1))
        .withMessage("shape: expected dimensions of at least 0, was [2, -1]");
  }

  @Test
  void elementCountsReachTheLargestInt() {
    assertThat(Shape.of(Integer.MAX_VALUE).size()).isEqualTo(Integer.MAX_VALUE);
    assertThat(Shape.of(32767, 65537, 1).size()).isEqualTo(32767 * 65537);
  }

  /** Also where int or long arithmetic would wrap to a count that looks fine, or a 0 hides it. */
  @Test
  void elementCountsBeyondAreRefused() {
    int[][] tooLarge = {
      {32768, 65536},
      {65536, 65536},
      {Integer.MAX_VALUE, 2},
      {65537, 65537},
      {1 << 30, 1 << 30, 1 << 4},
      {Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE},
      {65536, 65536, 0},
    };
    for (int[] dimensions : tooLarge) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Shape.of(dimensions))
          .withMessageStartingWith("shape: expected at most 2147483647 elements, was [")
          .withMessageContaining(String.valueOf(dimensions[0]));
    }
  }

  @Test
  void axesCountFromEitherEnd() {
    Shape shape = Shape.of(2, 3, 4);

    assertThat(shape.axis("sum", 0)).isEqualTo(0);
    assertThat(shape.axis("sum", 2)).isEqualTo(2);
    assertThat(shape.axis("sum", -1)).isEqualTo(2);
    assertThat(shape.axis("sum", -3)).isEqualTo(0);
    assertThat(shape.dimension(1)).isEqualTo(3);
    assertThat(shape.dimension(-1)).isEqualTo(4);
  }

  @ParameterizedTest
  @ValueSource(ints = {3, -4, Integer.MAX_VALUE, Integer.MIN_VALUE})
  void axesOutOfRangeAreRefused(int axis) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Shape.of(2, 3, 4).axis("sum", axis))
        .withMessage(
            "sum: axis " + axis + " is out of range for shape [2, 3, 4], expected -3 to 2");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Shape.of(2, 3, 4).dimension(axis))
        .withMessageStartingWith("shape: axis " + axis);
  }

  @Test
  void aScalarHasNoAxis() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Shape.SCALAR.axis("sum", 0))
        .withMessage("sum: axis 0 is out of range for shape [], expected no axis at all");
  }

  @Test
  void oneDimensionCanBeReplaced() {
    assertThat(Shape.of(2, 3).with(-1, 7)).isEqualTo(Shape.of(2, 7));
    assertThat(Shape.of(2, 3).with(0, 0)).isEqualTo(Shape.of(0, 3));
    assertThatIllegalArgumentException().isThrownBy(() -> Shape.of(2, 3).with(2, 7));
    assertThatIllegalArgumentException().isThrownBy(() -> Shape.of(2, 3).with(0, -1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Shape.of(2, 3).with(0, Integer.MAX_VALUE))
        .withMessageContaining("[2147483647, 3]");
  }

  @Test
  void shapesBroadcastFromTheLastAxis() {
    assertThat(broadcast(Shape.of(5, 1), Shape.of(1, 7))).isEqualTo(Shape.of(5, 7));
    assertThat(broadcast(Shape.of(3, 1, 4), Shape.of(2, 1))).isEqualTo(Shape.of(3, 2, 4));
    assertThat(broadcast(Shape.SCALAR, Shape.of(2, 3))).isEqualTo(Shape.of(2, 3));
    assertThat(broadcast(Shape.of(2, 3), Shape.of(2, 3))).isEqualTo(Shape.of(2, 3));
    assertThat(broadcast(Shape.of(1), Shape.of(0))).isEqualTo(Shape.of(0));
    assertThat(broadcast(Shape.of(4, 1), Shape.of(0))).isEqualTo(Shape.of(4, 0));
  }

  private static Shape broadcast(Shape a, Shape b) {
    Shape common = a.broadcast("add", b);
    assertThat(b.broadcast("add", a)).as("%s and %s the other way round", a, b).isEqualTo(common);
    return common;
  }

  @Test
  void shapesThatDoNotBroadcastAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Shape.of(2, 3).broadcast("add", Shape.of(2)))
        .withMessage(
            "add: shapes [2, 3] and [2] do not broadcast: expected dimensions that agree or are 1,"
                + " counted from the last");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Shape.of(0).broadcast("add", Shape.of(2)))
        .withMessageContaining("[0] and [2]");
  }

  @Test
  void aBroadcastThatGrowsTooLargeIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Shape.of(65536, 1).broadcast("add", Shape.of(65536)))
        .withMessageContaining("at most 2147483647 elements")
        .withMessageContaining("[65536, 65536]");
  }
}
