package org.lanewise.bench.compare;

import java.util.List;
import org.lanewise.bench.compare.TrainingWork.Rule;

/** What is timed in a JVM that has computed nothing before. */
enum ColdTable {
  /** Training steps, from the start of the JVM. */
  TRAINING(
      "from the start of the JVM to the end of training step",
      new TrainingWork("784-300-100-10", 50, Rule.ADAM),
      List.of(1, 10, 100, 1000, 2000, 5000, 10_000)),

  /** Predictions of one example, from the creation of what predicts, its library being loaded. */
  PREDICTION(
      "from the creation of a predictor to the end of prediction",
      new PredictionWork("784-300-100-10", 1),
      List.of(1, 2, 10, 100, 1000));

  private final String title;
  private final Work work;
  private final List<Integer> marks;

  ColdTable(String title, Work work, List<Integer> marks) {
    this.title = title;
    this.work = work;
    this.marks = marks;
  }

  /** Between which two moments time passes. */
  String title() {
    return title;
  }

  Work work() {
    return work;
  }

  /** The repetitions whose ends are timed, up to so many. */
  int[] marks(int steps) {
    return marks.stream().mapToInt(Integer::intValue).filter(mark -> mark <= steps).toArray();
  }

  /** Whether time passes from the start of the JVM. */
  boolean fromStart() {
    return this == TRAINING;
  }

  /** Whether the slowest repetition is told. */
  boolean hasSlowest() {
    return this == PREDICTION;
  }

  @Override
  public String toString() {
    return "cold " + work.name();
  }

  /** Those who do this work alone on one thread. */
  List<Contestant> contestants(List<Contestant> all) {
    return all.stream().filter(contestant -> contestant.does(work, 1)).toList();
  }
}
