package org.lanewise.bench.compare;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** What a contestant's JVM says to its parent; other lines are the contestant's own output. */
final class Answers {
  /** The start of an answer. */
  static final String GOOD = "> ";

  /** The start of the reason why there is none. */
  static final String FAILURE = "! ";

  private final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);

  /** What may fail. */
  @FunctionalInterface
  interface Job {
    void run(Answers answers) throws Exception;
  }

  /**
   * Does a job, tells its failure, if it fails, and ends the JVM at once: libraries that crash when
   * they are unloaded do not get the chance.
   */
  static void whileRunning(Job job) {
    Answers answers = new Answers();
    try {
      job.run(answers);
      Runtime.getRuntime().halt(0);
    } catch (Throwable e) { // A library that cannot be linked is an error of the JVM.
      e.printStackTrace();
      answers.out.println(FAILURE + reason(e));
      Runtime.getRuntime().halt(1);
    }
  }

  void say(String answer) {
    out.println(GOOD + answer);
  }

  /** The first line of what lies at the bottom of a failure. */
  static String reason(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return firstLine(cause.toString());
  }

  /** The first line of a text, empty for none. */
  static String firstLine(String text) {
    return text.lines().findFirst().orElse("");
  }
}
