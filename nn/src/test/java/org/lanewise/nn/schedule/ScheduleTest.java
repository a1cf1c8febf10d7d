package org.lanewise.nn.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
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
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ScheduleTest {
  private static double at(Schedule schedule, long step) {
    return schedule.at(Progress.START.steps(step));
  }

  @Test
  void onePhaseFollowsAnother() {
    Schedule schedule = warmup(4).then(constant(1).lasting(2)).then(cosine(10));
    assertThat(at(schedule, 0)).isEqualTo(0.2);
    assertThat(at(schedule, 3)).isEqualTo(0.8);
    assertThat(at(schedule, 4)).isEqualTo(1);
    assertThat(at(schedule, 6)).isEqualTo(1);
    assertThat(at(schedule, 11)).isCloseTo(0.5, within(1e-15));
    assertThat(at(schedule, 16)).isZero();
    assertThat(at(schedule, 1_000_000)).isZero();
    assertThat(schedule.length()).hasValue(16);
  }

  @Test
  void aScheduleMadeToEndStaysThere() {
    Schedule schedule = exponential(10).lasting(5);
    assertThat(at(schedule, 5)).isEqualTo(at(exponential(10), 5));
    assertThat(at(schedule, 50)).isEqualTo(at(exponential(10), 5));
  }

  @Test
  void countsStepsOrEpochs() {
    Progress progress = new Progress(1000, 3, List.of());
    assertThat(power(1).at(progress)).isEqualTo(1 / 1001.0);
    assertThat(power(1).perEpoch().at(progress)).isEqualTo(0.25);
    assertThat(oneCycle(10).perEpoch().momentum(progress)).isPresent();
  }

  @Test
  void schedulesAreMultiplied() {
    Schedule product = linear(1, 0.5, 10).times(performance(0.5, 1));
    Progress progress = new Progress(10, 2, List.of(1.0, 1.0));
    assertThat(product.at(progress)).isEqualTo(0.25);
    assertThat(product.momentum(progress)).isEmpty();
    assertThat(product.times(oneCycle(10)).momentum(progress)).hasValue(0.95);
    assertThat(oneCycle(10).times(product).momentum(Progress.START)).hasValue(0.95);
  }

  @Test
  void phasesKeepTheirMomentum() {
    Schedule schedule = constant(1).lasting(5).then(oneCycle(10));
    assertThat(schedule.momentum(Progress.START)).isEmpty();
    assertThat(schedule.momentum(Progress.START.steps(5))).hasValue(0.95);
    assertThat(oneCycle(20).lasting(3).momentum(Progress.START.steps(30)))
        .isEqualTo(oneCycle(20).momentum(Progress.START.steps(3)));
  }

  @Test
  void aNumberThatIsNoneIsNoImprovement() {
    Progress progress = new Progress(0, 2, List.of(1.0, Double.NaN));
    assertThat(performance(0.5, 1).at(progress)).isEqualTo(0.5);
  }

  private static double after(Performance schedule, Double... reports) {
    return schedule.at(new Progress(0, reports.length, List.of(reports)));
  }

  @Test
  void aHairsBreadthIsNoImprovement() {
    assertThat(after(performance(0.5, 1), 1.0, 1 - 1e-12)).isEqualTo(0.5);
    assertThat(after(performance(0.5, 1), 1.0, 1 - 2e-4)).isEqualTo(1);
    assertThat(after(performance(0.5, 1).threshold(0), 1.0, 1 - 1e-12)).isEqualTo(1);
    // What is lowest sinks only by improvements, so that many small ones together count as one.
    assertThat(after(performance(0.5, 3).threshold(0.1), 1.0, 0.95, 0.91, 0.89)).isEqualTo(1);
  }

  @Test
  void theThresholdOfNegativeReportsIsBelowThemToo() {
    assertThat(after(performance(0.5, 1), -10.0, -10.0)).isEqualTo(0.5);
    assertThat(after(performance(0.5, 1), -10.0, -9.9999)).isEqualTo(0.5);
    assertThat(after(performance(0.5, 1), -10.0, -10.01)).isEqualTo(1);
  }

  @Test
  void reportsAfterAReductionAreNotCountedForAWhile() {
    Performance schedule = performance(0.5, 1).cooldown(2);
    assertThat(after(schedule, 1.0, 1.0)).isEqualTo(0.5);
    assertThat(after(schedule, 1.0, 1.0, 1.0, 1.0)).isEqualTo(0.5);
    assertThat(after(schedule, 1.0, 1.0, 1.0, 1.0, 1.0)).isEqualTo(0.25);
    assertThat(after(schedule.leastFactor(0.3), 1.0, 1.0, 1.0, 1.0, 1.0)).isEqualTo(0.3);
  }

  @Test
  void performanceNeedsReports() {
    assertThat(performance(0.5, 1).at(Progress.START)).isEqualTo(1);
    assertThatIllegalStateException()
        .isThrownBy(() -> performance(0.5, 1).at(Progress.START.nextEpoch()))
        .withMessage(
            "performance: expected a number to be reported after each epoch, such as the"
                + " validation loss, there was none after 1");
  }

  @Test
  void refusesStepsOutOfOrder() {
    Piecewise schedule = piecewise(1).from(5, 0.5);
    refuses(
        "piecewise: expected steps in ascending order, 5 comes after 5",
        () -> schedule.from(5, 0.1));
    refuses(
        "piecewise: expected steps in ascending order, -1 comes after 0",
        () -> piecewise(1).from(-1, 0.1));
    refuses(
        "progress: expected steps and epochs of at least 0, was -1 and 0", () -> at(schedule, -1));
  }

  @Test
  void refusesToFollowWhatHasNoEnd() {
    refuses(
        "schedule: expected a schedule with an end before another, was Power[steps=5.0,"
            + " power=1.0]; lasting(steps) gives it one",
        () -> power(5).then(constant(1)));
    assertThatIllegalArgumentException().isThrownBy(() -> warmup(5).perEpoch().then(constant(1)));
  }

  @ParameterizedTest
  @ValueSource(longs = {0, -3})
  void refusesToTakeNoSteps(long steps) {
    refuses("linear: expected at least one step, was " + steps, () -> linear(1, 0, steps));
    refuses("warmup: expected at least one step, was " + steps, () -> warmup(steps));
    refuses("cosine: expected at least one step, was " + steps, () -> cosine(steps));
    refuses(
        "cosine_restarts: expected at least one step, was " + steps,
        () -> cosineRestarts(steps, 1));
    refuses("lasting: expected at least one step, was " + steps, () -> constant(1).lasting(steps));
    refuses("one_cycle: expected at least 10 steps, was " + steps, () -> oneCycle(steps));
    refuses(
        "power: expected steps above 0 and finite as a float, was " + (double) steps,
        () -> power((double) steps));
    refuses(
        "exponential: expected steps above 0 and finite as a float, was " + (double) steps,
        () -> exponential((double) steps));
    refuses(
        "performance: expected a patience of at least 1, was " + steps,
        () -> performance(0.5, (int) steps));
    refuses(
        "performance: expected a cooldown of at least 0, was " + (steps - 1),
        () -> performance(0.5, 1).cooldown((int) steps - 1));
    refuses(
        "cosine_restarts: expected a multiplier of at least 1, was " + steps,
        () -> cosineRestarts(5, (int) steps));
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.1, Double.NaN, Double.POSITIVE_INFINITY})
  void refusesFactors(double factor) {
    String expected = ": expected a factor of at least 0 and finite as a float, was " + factor;
    refuses("constant" + expected, () -> constant(factor));
    refuses("piecewise" + expected, () -> piecewise(1).from(3, factor));
    refuses("linear" + expected, () -> linear(factor, 1, 3));
    refuses("linear" + expected, () -> linear(1, factor, 3));
    refuses("cosine" + expected, () -> cosine(3, factor));
    refuses(
        "performance: expected a factor above 0 and below 1, was " + factor,
        () -> performance(factor, 1));
    refuses(
        "performance: expected a threshold from 0 to below 1, was " + factor,
        () -> performance(0.5, 1).threshold(factor));
    refuses(
        "performance: expected a least factor from 0 to 1, was " + factor,
        () -> performance(0.5, 1).leastFactor(factor));
    refuses(
        "exponential: expected a factor above 0 and finite as a float, was " + factor,
        () -> exponential(factor, 3));
    refuses(
        "power: expected a power above 0 and finite as a float, was " + factor,
        () -> power(3, factor));
  }

  private static void refuses(String message, ThrowingCallable made) {
    assertThatIllegalArgumentException().isThrownBy(made).withMessage(message);
  }
}
