package org.lanewise.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.junit.jupiter.api.Test;

class TensorTest {
  @Test
  void aTensorOverAWholeArrayDoesNotCopyIt() {
    float[] values = {1, 2, 3, 4, 5, 6};
    Tensor tensor = Tensor.of(values, 2, 3);
    values[5] = 9;

    assertThat(tensor.array()).isSameAs(values);
    assertThat(tensor.offset()).isZero();
    assertThat(tensor.shape()).isEqualTo(Shape.of(2, 3));
    assertThat(tensor.size()).isEqualTo(6);
    assertThat(tensor.get(1, 2)).isEqualTo(9);
    assertThat(tensor.get(0, 1)).isEqualTo(2);
  }

  @Test
  void aViewStartsWithinItsArray() {
    Tensor tensor = Tensor.view(new float[] {0, 1, 2, 3, 4, 5}, 2, Shape.of(3));

    assertThat(tensor.offset()).isEqualTo(2);
    assertThat(tensor.toArray()).containsExactly(2, 3, 4);
    assertThat(tensor.get(0)).isEqualTo(2);
    assertThat(Tensor.view(new float[3], 3, Shape.of(0)).toArray()).isEmpty();
    assertThat(Tensor.view(new float[] {1, 7}, 1, Shape.SCALAR).item()).isEqualTo(7);
  }

  @Test
  void aViewMustLieWithinItsArray() {
    float[] array = new float[6];
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Tensor.view(array, 3, Shape.of(2, 2)))
        .withMessage("tensor: shape [2, 2] needs 4 elements from offset 3, the array has 6");
    assertThatIllegalArgumentException().isThrownBy(() -> Tensor.view(array, -1, Shape.of(2)));
    assertThatIllegalArgumentException().isThrownBy(() -> Tensor.view(array, 7, Shape.of(0)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Tensor.view(array, Integer.MAX_VALUE, Shape.of(2)))
        .withMessageContaining("offset 2147483647");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Tensor.view(array, 1, Shape.of(Integer.MAX_VALUE)));
  }

  @Test
  void anArrayMustHaveAsManyElementsAsTheShape() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Tensor.of(new float[5], 2, 3))
        .withMessage("tensor: shape [2, 3] has 6 elements, given were 5");
    assertThatIllegalArgumentException().isThrownBy(() -> Tensor.of(new float[7], 2, 3));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Tensor.of(new float[0], 65536, 65536))
        .withMessageContaining("at most 2147483647 elements");
  }

  @Test
  void onlyATensorOverAWholeArrayHasOneOfItsOwn() {
    float[] values = {1, 2, 3, 4, 5, 6};
    assertThat(Tensor.view(values, 0, Shape.of(3, 2)).array()).isSameAs(values);
    assertThat(Tensor.zeros(0, 2).array()).isEmpty();

    Tensor part = Tensor.view(values, 2, Shape.of(3));
    assertThat(part.storage()).isSameAs(values);
    assertThat(part.copy().array()).containsExactly(3, 4, 5);
    assertThatIllegalStateException()
        .isThrownBy(part::array)
        .withMessage(
            "tensor: shape [3] is elements 2 to 5 of an array of 6, expected a whole array:"
                + " toArray() copies its elements, storage() and offset() say where they are");
    assertThatIllegalStateException().isThrownBy(Tensor.view(values, 0, Shape.of(5))::array);
  }

  @Test
  void doublesAreRoundedToTheNearestFloat() {
    double[] values = {1 + 0x1p-24, 1 + 0x1.8p-24, 1e39, -0.0, 1e-50, Double.NaN};
    float[] rounded = {1, 1 + 0x1p-23f, Float.POSITIVE_INFINITY, -0f, 0, Float.NaN};

    assertThat(Tensor.of(values, 2, 3).sameElements(Tensor.of(rounded, 2, 3))).isTrue();
    assertThat(Tensor.of(values, Shape.of(3, 2)).sameElements(Tensor.of(rounded, 3, 2))).isTrue();
    assertThat(Tensor.vector(values).sameElements(Tensor.vector(rounded))).isTrue();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Tensor.of(values, 2, 2))
        .withMessage("tensor: shape [2, 2] has 4 elements, given were 6");
  }

  @Test
  void matricesCopyTheirRows() {
    float[] row = {1, 2};
    Tensor matrix = Tensor.matrix(row, new float[] {3, 4}, new float[] {5, 6});
    row[0] = 9;

    assertThat(matrix.shape()).isEqualTo(Shape.of(3, 2));
    assertThat(matrix.toArray()).containsExactly(1, 2, 3, 4, 5, 6);
    assertThat(Tensor.matrix(new float[0], new float[0]).shape()).isEqualTo(Shape.of(2, 0));
  }

  @Test
  void matricesNeedRowsOfOneLength() {
    assertThatIllegalArgumentException()
        .isThrownBy(Tensor::matrix)
        .withMessage("tensor: expected at least one row, was none");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Tensor.matrix(new float[2], new float[2], new float[3]))
        .withMessage("tensor: expected rows of 2 elements, row 2 has 3");
  }

  @Test
  void vectorsCopyTheirElements() {
    float[] values = {1, 2};
    Tensor vector = Tensor.vector(values);
    values[0] = 9;

    assertThat(vector.toArray()).containsExactly(1, 2);
    assertThat(vector.shape()).isEqualTo(Shape.of(2));
    assertThat(Tensor.vector().shape()).isEqualTo(Shape.of(0));
  }

  @Test
  void tensorsOfOneValue() {
    assertThat(Tensor.scalar(3).shape()).isEqualTo(Shape.SCALAR);
    assertThat(Tensor.scalar(3).item()).isEqualTo(3);
    assertThat(Tensor.scalar(3).get()).isEqualTo(3);
    assertThat(Tensor.zeros(2, 2).toArray()).containsExactly(0, 0, 0, 0);
    assertThat(Tensor.zeros(Shape.of(0)).toArray()).isEmpty();
    assertThat(Tensor.full(-1, Shape.of(3)).toArray()).containsExactly(-1, -1, -1);
  }

  @Test
  void onlyOneElementIsAnItem() {
    assertThat(Tensor.of(new float[] {4}, 1, 1).item()).isEqualTo(4);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Tensor.zeros(2, 1).item())
        .withMessage("item: expected one element, was shape [2, 1]");
    assertThatIllegalArgumentException().isThrownBy(() -> Tensor.zeros(0).item());
  }

  @Test
  void anElementIsNamedByAsManyPositionsAsThereAreAxes() {
    Tensor tensor = Tensor.zeros(2, 3);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> tensor.get(1))
        .withMessage("tensor: expected 2 positions for shape [2, 3], was 1");
    assertThatExceptionOfType(IndexOutOfBoundsException.class)
        .isThrownBy(() -> tensor.get(0, 3))
        .withMessageContaining("3");
    assertThatExceptionOfType(IndexOutOfBoundsException.class)
        .isThrownBy(() -> tensor.get(-1, 0))
        .withMessageContaining("-1");
  }

  @Test
  void aReshapedTensorSharesItsElements() {
    Tensor tensor = Tensor.view(new float[] {9, 1, 2, 3, 4, 9}, 1, Shape.of(4));
    Tensor reshaped = tensor.reshape(Shape.of(2, 2));
    tensor.storage()[4] = 7;

    assertThat(reshaped.get(1, 1)).isEqualTo(7);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> tensor.reshape(Shape.of(2, 3)))
        .withMessage("reshape: shape [4] has 4 elements, [2, 3] has 6");
  }

  @Test
  void aCopyHasElementsOfItsOwn() {
    Tensor tensor = Tensor.view(new float[] {9, 1, 2, 9}, 1, Shape.of(1, 2));
    Tensor copy = tensor.copy();
    tensor.storage()[1] = 5;

    assertThat(copy.toArray()).containsExactly(1, 2);
    assertThat(copy.shape()).isEqualTo(Shape.of(1, 2));
  }

  @Test
  void elementsAreCopiedFromATensorOfTheSameShape() {
    float[] array = {9, 0, 0, 9};
    Tensor target = Tensor.view(array, 1, Shape.of(2));
    target.copyFrom(Tensor.view(new float[] {7, 8, 1, 2}, 2, Shape.of(2)));

    assertThat(array).containsExactly(9, 1, 2, 9);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> target.copyFrom(Tensor.zeros(2, 1)))
        .withMessage("copy: expected shape [2], was [2, 1]");
    assertThat(array).containsExactly(9, 1, 2, 9);
  }

  @Test
  void elementsAreTheSameByTheirBits() {
    Tensor tensor = Tensor.vector(1, Float.NaN, 0);

    assertThat(tensor.sameElements(Tensor.vector(1, Float.NaN, 0))).isTrue();
    assertThat(tensor.sameElements(Tensor.view(new float[] {5, 1, Float.NaN, 0}, 1, Shape.of(3))))
        .isTrue();
    assertThat(tensor.sameElements(Tensor.vector(1, Float.intBitsToFloat(0xffc01234), 0))).isTrue();
    assertThat(tensor.sameElements(Tensor.vector(1, Float.NaN, -0f))).isFalse();
    assertThat(tensor.sameElements(Tensor.vector(1, 2, 0))).isFalse();
    assertThat(tensor.sameElements(tensor.reshape(Shape.of(3, 1)))).isFalse();
  }

  @Test
  void textShowsTheShapeAndTheFirstElements() {
    assertThat(Tensor.scalar(1.5f)).hasToString("Tensor[] {1.5}");
    assertThat(Tensor.zeros(0, 2)).hasToString("Tensor[0, 2] {}");
    assertThat(Tensor.matrix(new float[] {1, 2}, new float[] {3, 4}))
        .hasToString("Tensor[2, 2] {1.0, 2.0, 3.0, 4.0}");
    assertThat(Tensor.zeros(9))
        .hasToString("Tensor[9] {0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, …}");
  }

  @Test
  void isMadeOfAnArrayAndAShape() {
    float[] values = {1, 2, 3, 4, 5, 6};
    Tensor tensor = Tensor.of(values, Shape.of(2, 3));
    assertThat(tensor.get(1, 0)).isEqualTo(4);
    assertThat(tensor.array()).isSameAs(values);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Tensor.of(values, Shape.of(2, 2)))
        .withMessage("tensor: shape [2, 2] has 4 elements, given were 6");
  }
}
