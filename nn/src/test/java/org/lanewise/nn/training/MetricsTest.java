package org.lanewise.nn.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.lanewise.engine.Tensor;

final class MetricsTest {
  @Test
  void averagesOverExamplesAndNotOverBatches() {
    Metrics metrics = new Metrics();
    metrics.add(3, List.of("loss", "accuracy"), scalars(1.0, 1.0));
    metrics.add(1, List.of("loss", "accuracy"), scalars(5.0, 0.0));
    assertThat(metrics.examples()).isEqualTo(4);
    assertThat(metrics.loss()).isCloseTo(2, within(1e-15));
    assertThat(metrics.accuracy()).isCloseTo(0.75, within(1e-15));
    assertThat(metrics.get("loss")).isEqualTo(metrics.loss());
    assertThat(metrics.names()).containsExactly("loss", "accuracy");
    assertThat(metrics).hasToString("loss 2.0000, accuracy 0.7500");
  }

  @Test
  void saysWhatThereIs() {
    Metrics metrics = new Metrics();
    metrics.add(2, List.of("loss"), scalars(0.5));
    assertThatIllegalArgumentException()
        .isThrownBy(metrics::accuracy)
        .withMessage("metrics: there is no accuracy, expected one of [loss]");
  }

  @Test
  void skippedStepsAreCountedAndLeftOut() {
    Metrics metrics = new Metrics();
    metrics.add(3, List.of("loss"), scalars(1.0));
    metrics.addGradientNorm(2);
    metrics.leaveOut(3, List.of("loss"));
    metrics.skipStep();
    assertThat(metrics.examples()).isEqualTo(6);
    assertThat(metrics.skippedSteps()).isEqualTo(1);
    assertThat(metrics.loss()).isEqualTo(1);
    assertThat(metrics.gradientNorm()).isEqualTo(2);
    assertThat(metrics.last("loss")).isNaN();
    assertThat(metrics).hasToString("loss 1.0000, gradient_norm 2.0000, steps skipped 1");
  }

  @Test
  void areNanIfAllWasLeftOut() {
    Metrics metrics = new Metrics();
    metrics.leaveOut(3, List.of("loss"));
    assertThat(metrics.loss()).isNaN();
  }

  private static Tensor[] scalars(double... values) {
    return Arrays.stream(values)
        .mapToObj(each -> Tensor.scalar((float) each))
        .toArray(Tensor[]::new);
  }
}
