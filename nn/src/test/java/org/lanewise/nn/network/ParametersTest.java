package org.lanewise.nn.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.lanewise.engine.Tensor;

final class ParametersTest {
  private final Parameters parameters = new Parameters();

  ParametersTest() {
    parameters.add("b/kernel", Tensor.of(new float[] {1, 2}, 1, 2));
    parameters.add("a/bias", Tensor.vector(3));
  }

  @Test
  void keepsTensorsInTheirOrder() {
    assertThat(parameters.names()).containsExactly("b/kernel", "a/bias");
    assertThat(parameters.contains("a/bias")).isTrue();
    assertThat(parameters.contains("a")).isFalse();
    assertThat(parameters.get("a/bias").item()).isEqualTo(3);
    assertThat(parameters).hasToString("Parameters {b/kernel [1, 2], a/bias [1]}");
    assertThat(new Parameters()).hasToString("Parameters {}");
  }

  @Test
  void aCopyHasTensorsOfItsOwn() {
    Parameters copy = parameters.copy();
    assertThat(copy.sameElements(parameters)).isTrue();
    parameters.get("a/bias").array()[0] = 4;
    assertThat(copy.get("a/bias").item()).isEqualTo(3);
    assertThat(copy.sameElements(parameters)).isFalse();
  }

  @Test
  void sameElementsLooksAtNamesAndBits() {
    Parameters other = new Parameters();
    other.add("a/bias", Tensor.vector(3));
    assertThat(parameters.sameElements(other)).isFalse();
    other.add("b/kernel", Tensor.of(new float[] {1, 2}, 1, 2));
    assertThat(parameters.sameElements(other)).as("another order").isFalse();
    Parameters reshaped = new Parameters();
    reshaped.add("b/kernel", Tensor.vector(1, 2));
    reshaped.add("a/bias", Tensor.vector(3));
    assertThat(parameters.sameElements(reshaped)).as("another shape").isFalse();
    Parameters nan = new Parameters();
    nan.add("x", Tensor.vector(Float.NaN, 0f));
    Parameters minus = new Parameters();
    minus.add("x", Tensor.vector(Float.NaN, -0f));
    assertThat(nan.sameElements(nan.copy())).isTrue();
    assertThat(nan.sameElements(minus)).isFalse();
  }

  @Test
  void refusesNamesThatAreTakenOrUnknown() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> parameters.add("a/bias", Tensor.vector(1)))
        .withMessage("parameters: the name a/bias is taken");
    assertThat(parameters.get("a/bias").item()).isEqualTo(3);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> parameters.get("c"))
        .withMessage("parameters: there is no c, expected one of [b/kernel, a/bias]");
  }
}
