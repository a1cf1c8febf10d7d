package org.lanewise.nn.schedule;

import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.lanewise.nn.check.Checks;

/**
 * The factor of the optimizer's learning rate as training goes on: 1 leaves it as it is.
 *
 * <p>A schedule is a function of the {@link Progress}. Its t counts the steps before the one whose
 * factor is asked for, from 0; {@link #perEpoch} makes it count epochs instead. Schedules are
 * composed: {@code warmup(500).then(cosine(10_000))}.
 */
@FunctionalInterface
public interface Schedule {
  /**
   * The factor of the next step.
   *
   * @param progress how far training has come
   * @return the factor, at least 0
   */
  double at(Progress progress);

  /**
   * The momentum of the next step.
   *
   * @param progress how far training has come
   * @return the momentum itself, not a factor; by default none, which leaves the optimizer's own
   */
  default OptionalDouble momentum(Progress progress) {
    return OptionalDouble.empty();
  }

  /**
   * How many steps it takes until it no longer changes.
   *
   * @return the number of steps; by default none, as of a schedule without an end
   */
  default OptionalLong length() {
    return OptionalLong.empty();
  }

  /**
   * This until its end and then another, whose t starts at 0 there.
   *
   * @param next the schedule that follows
   * @return the schedule
   * @throws IllegalArgumentException if this has no end; {@link #lasting} gives it one
   */
  default Schedule then(Schedule next) {
    return new Then(this, next);
  }

  /**
   * This with an end, at which another may follow.
   *
   * @param steps the number of steps, at least 1
   * @return the schedule
   * @throws IllegalArgumentException if there are no steps
   */
  default Schedule lasting(long steps) {
    return new Lasting(this, steps);
  }

  /**
   * The product of this and another schedule; the momentum is that of the first that has one.
   *
   * @param other the other
   * @return the schedule
   */
  default Schedule times(Schedule other) {
    return new Times(this, other);
  }

  /**
   * This with the epochs done as its t, so that it changes between epochs only. It comes last: what
   * is composed out of it counts steps.
   *
   * @return the schedule
   */
  default Schedule perEpoch() {
    return new PerEpoch(this);
  }

  /**
   * This with a schedule of momentum beside it.
   *
   * @param momentum a schedule whose values are the momentum itself, from 0 to below 1
   * @return the schedule
   */
  default Schedule withMomentum(Schedule momentum) {
    return new WithMomentum(this, momentum);
  }

  /**
   * The same factor all the time.
   *
   * @param factor the factor, at least 0
   * @return the schedule
   * @throws IllegalArgumentException if the factor is below 0 or not finite
   */
  static Schedule constant(double factor) {
    Checks.notNegative("constant", "a factor", factor);
    return piecewise(factor);
  }

  /**
   * A straight line from one factor at t = 0 to another at t = steps, which then stays.
   *
   * @param from the first factor, at least 0
   * @param to the last factor, at least 0
   * @param steps the number of steps, at least 1
   * @return the schedule
   * @throws IllegalArgumentException if a number is out of its range
   */
  static Schedule linear(double from, double to, long steps) {
    return new Linear(from, to, steps);
  }

  /**
   * Warm-up: (t + 1) / (steps + 1), so that 1 is reached just when the schedule after it starts.
   *
   * @param steps the number of steps, at least 1
   * @return the schedule
   * @throws IllegalArgumentException if there are no steps
   */
  static Schedule warmup(long steps) {
    Steps.require("warmup", steps);
    return linear(1.0 / (steps + 1.0), 1, steps);
  }

  /**
   * Power scheduling: 1 / (1 + t/s).
   *
   * @param steps s, after which the learning rate is a half, then a third at 2s; above 0
   * @return the schedule
   * @throws IllegalArgumentException if s is not above 0
   */
  static Schedule power(double steps) {
    return power(steps, 1);
  }

  /**
   * Power scheduling: 1 / (1 + t/s)<sup>c</sup>.
   *
   * @param steps s, above 0
   * @param power c, above 0; 1 is usual
   * @return the schedule
   * @throws IllegalArgumentException if one is not above 0
   */
  static Schedule power(double steps, double power) {
    return new Power(steps, power);
  }

  /**
   * Exponential scheduling: 0.1<sup>t/s</sup>, a tenth every s steps.
   *
   * @param steps s, above 0
   * @return the schedule
   * @throws IllegalArgumentException if s is not above 0
   */
  static Schedule exponential(double steps) {
    return exponential(0.1, steps);
  }

  /**
   * Exponential scheduling: factor<sup>t/s</sup>.
   *
   * @param factor what the learning rate is multiplied by every s steps, above 0
   * @param steps s, above 0
   * @return the schedule
   * @throws IllegalArgumentException if one is not above 0
   */
  static Schedule exponential(double factor, double steps) {
    return new Exponential(factor, steps);
  }

  /**
   * Piecewise constant scheduling, as in {@code piecewise(1).from(5, 0.5).from(15, 0.1)}.
   *
   * @param factor the factor from t = 0 on, at least 0
   * @return the schedule, to be continued
   * @throws IllegalArgumentException if the factor is below 0 or not finite
   */
  static Piecewise piecewise(double factor) {
    return Piecewise.startingWith(factor);
  }

  /**
   * Half a cosine from 1 at t = 0 to 0 at t = steps, which then stays.
   *
   * <p>Source: Loshchilov and Hutter, <i>SGDR: stochastic gradient descent with warm restarts</i>,
   * 2017, equation 5.
   *
   * @param steps the number of steps, at least 1
   * @return the schedule
   * @throws IllegalArgumentException if there are no steps
   */
  static Schedule cosine(long steps) {
    return new Cosine(steps, 0);
  }

  /**
   * Half a cosine from 1 at t = 0 to a last factor at t = steps, which then stays.
   *
   * @param steps the number of steps, at least 1
   * @param last the last factor, at least 0
   * @return the schedule
   * @throws IllegalArgumentException if a number is out of its range
   */
  static Schedule cosine(long steps, double last) {
    return new Cosine(steps, last);
  }

  /**
   * Half a cosine from 1 to 0, begun again and again, each time longer.
   *
   * <p>Source: Loshchilov and Hutter, <i>SGDR: stochastic gradient descent with warm restarts</i>,
   * 2017.
   *
   * @param first the steps of the first one, at least 1
   * @param multiplier how many times as long the next one is, at least 1
   * @return the schedule
   * @throws IllegalArgumentException if one is below 1
   */
  static Schedule cosineRestarts(long first, int multiplier) {
    return new CosineRestarts(first, multiplier);
  }

  /**
   * 1cycle scheduling: the factor rises in a straight line from 0.1 to 1 during the first half and
   * falls back in the second, and in the last tenth of the steps to 0.0001; meanwhile the momentum
   * falls from 0.95 to 0.85, rises back, and stays. The learning rate of the optimizer is the
   * largest.
   *
   * <p>Source: Smith, <i>A disciplined approach to neural network hyper-parameters</i>, 2018.
   *
   * @param steps the steps of the whole training, at least 10
   * @return the schedule
   * @throws IllegalArgumentException if there are fewer than 10 steps
   */
  static Schedule oneCycle(long steps) {
    if (steps < 10) {
      throw new IllegalArgumentException("one_cycle: expected at least 10 steps, was " + steps);
    }
    long half = (steps - steps / 10 - 1) / 2;
    return linear(0.1, 1, half)
        .then(linear(1, 0.1, half))
        .then(linear(0.1, 0.0001, steps - 1 - 2 * half))
        .withMomentum(linear(0.95, 0.85, half).then(linear(0.85, 0.95, half)).then(constant(0.95)));
  }

  /**
   * Performance scheduling: multiplies by a factor whenever the reported numbers have not fallen
   * below their lowest, by at least a ten-thousandth of it, for some reports in a row. {@link
   * Performance} takes another threshold, a cooldown and a least factor.
   *
   * @param factor the factor, above 0 and below 1; 0.5 or 0.1 are usual
   * @param patience the number of reports in a row, at least 1
   * @return the schedule
   * @throws IllegalArgumentException if a number is out of its range
   */
  static Performance performance(double factor, int patience) {
    return new Performance(factor, patience, 1e-4, 0, 0);
  }
}
