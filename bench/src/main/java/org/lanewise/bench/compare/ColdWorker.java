package org.lanewise.bench.compare;

import java.util.function.Supplier;

/** A JVM that times its own first repetitions. */
public final class ColdWorker {
  private ColdWorker() {}

  /**
   * Does the work of a table once and says the times, then the contestant's version.
   *
   * @param arguments the contestant, the table and the most steps
   */
  public static void main(String[] arguments) {
    SinceStart clock = SinceStart.ofThisJvm();
    Answers.whileRunning(
        answers -> {
          Contestant contestant = Contestants.named(arguments[0]);
          ColdTable table = ColdTable.valueOf(arguments[1]);
          int[] marks = table.marks(Integer.parseInt(arguments[2]));
          Supplier<Task> creation = contestant.prepare(table.work(), 1);
          double origin = table.fromStart() ? 0 : clock.milliseconds();
          Task task = creation.get();
          ColdTimes times = ColdTimes.of(task::run, marks, () -> clock.milliseconds() - origin);
          answers.say(times.line());
          answers.say(contestant.version());
        });
  }
}
