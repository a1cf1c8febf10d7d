package org.lanewise.nn.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.lanewise.nn.schedule.Schedule.constant;
import static org.lanewise.nn.schedule.Schedule.cosine;
import static org.lanewise.nn.schedule.Schedule.cosineRestarts;
import static org.lanewise.nn.schedule.Schedule.exponential;
import static org.lanewise.nn.schedule.Schedule.linear;
import static org.lanewise.nn.schedule.Schedule.oneCycle;
import static org.lanewise.nn.schedule.Schedule.performance;
import static org.lanewise.nn.schedule.Schedule.piecewise;
import static org.lanewise.nn.schedule.Schedule.power;
import static org.lanewise.nn.schedule.Schedule.warmup;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.lanewise.nn.golden.GoldenCase;
import org.lanewise.nn.golden.GoldenFile;

/** Every schedule's values. */
final class GoldenSchedulesTest {
  /** Golden values have 10 digits; some were made by 60 products, one after the other. */
  private static final double TOLERANCE = 1e-9;

  private static List<GoldenCase> cases() {
    return GoldenFile.read("schedules");
  }

  private static Schedule schedule(String name) {
    return switch (name) {
      case "constant" -> constant(1);
      case "linear" -> linear(0.25, 0.01, 40);
      case "warmup" -> warmup(10);
      case "power" -> power(20);
      case "power_c" -> power(20, 0.5);
      case "exponential" -> exponential(20);
      case "piecewise" -> piecewise(1).from(5, 0.5).from(20, 0.25).from(21, 0.125);
      case "cosine" -> cosine(60);
      case "cosine_last" -> cosine(60, 0.1);
      case "cosine_restarts" -> cosineRestarts(8, 2);
      case "cosine_restarts_same" -> cosineRestarts(13, 1);
      case "warmup_then_exponential" -> warmup(10).then(exponential(0.9, 1));
      case "one_cycle" -> oneCycle(60);
      case "performance" -> performance(0.5, 3);
      case "performance_limited" ->
          performance(0.5, 2).threshold(0.08).cooldown(2).leastFactor(0.2);
      default -> throw new AssertionError("which schedule is " + name + "?");
    };
  }

  @ParameterizedTest
  @MethodSource("cases")
  void hasItsValues(GoldenCase golden) {
    Schedule schedule = schedule(golden.name());
    double[] expected = golden.get("y").values();
    boolean reports = golden.tensors().containsKey("reports");
    Progress progress = Progress.START;
    for (int t = 0; t < expected.length; t++) {
      if (reports && t > 0) {
        progress = progress.nextEpoch().report(golden.get("reports").values()[t - 1]);
      }
      Progress now = progress.steps(t);
      assertThat(schedule.at(now)).as("step %d", t).isCloseTo(expected[t], within(TOLERANCE));
      assertThat(schedule.momentum(now).isPresent())
          .isEqualTo(golden.tensors().containsKey("momentum"));
      if (schedule.momentum(now).isPresent()) {
        assertThat(schedule.momentum(now).getAsDouble())
            .as("momentum of step %d", t)
            .isCloseTo(golden.get("momentum").values()[t], within(TOLERANCE));
      }
    }
  }
}
