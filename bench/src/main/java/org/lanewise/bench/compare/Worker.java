package org.lanewise.bench.compare;

import com.sun.management.ThreadMXBean;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The JVM of one contestant and one work: does what the lines on its standard input say and answers
 * each with one line.
 */
public final class Worker {
  private static final int ALLOCATION_RUNS = 50;

  private final Task task;

  /** How often the task is repeated between two looks at the clock. */
  private long repetitions = 1;

  private Worker(Task task) {
    this.task = task;
  }

  /**
   * Opens the task and obeys.
   *
   * @param arguments the contestant, the number of the row and the number of threads
   */
  public static void main(String[] arguments) {
    Answers.whileRunning(answers -> obey(arguments, answers));
  }

  private static void obey(String[] arguments, Answers answers) throws IOException {
    Contestant contestant = Contestants.named(arguments[0]);
    Worker worker =
        new Worker(
            contestant.open(
                Row.all().get(Integer.parseInt(arguments[1])).work(),
                Integer.parseInt(arguments[2])));
    answers.say(contestant.version());
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      answers.say(worker.answer(line));
    }
  }

  private String answer(String line) throws IOException {
    String[] words = line.split(" ", 2);
    return switch (words[0]) {
      case "results" -> {
        Files.write(Path.of(words[1]), bytes(task.results()));
        yield "written";
      }
      case "measure" -> Double.toString(measure(Double.parseDouble(words[1])));
      case "allocation" -> Double.toString(allocation());
      default -> throw new IllegalArgumentException("worker: there is no command " + line);
    };
  }

  private static byte[] bytes(float[] values) {
    ByteBuffer buffer = ByteBuffer.allocate(Float.BYTES * values.length);
    buffer.asFloatBuffer().put(values);
    return buffer.array();
  }

  /** Repeats the task for some seconds; the nanoseconds of one repetition. */
  private double measure(double seconds) {
    double whole = seconds * 1e9;
    long count = 0;
    long start = System.nanoTime();
    long spent = 0;
    do {
      for (long i = 0; i < repetitions; i++) {
        task.run();
      }
      count += repetitions;
      spent = System.nanoTime() - start;
    } while (spent < whole);
    double one = (double) spent / count;
    // A twentieth of the time at once: then the clock costs nothing and the end is met.
    repetitions = Math.max(1, (long) (whole / 20 / one));
    return one;
  }

  /** The bytes that one repetition allocates on the heap, on all threads. */
  private double allocation() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long itself = -allocatedBetween(threads, 0);
    return (double) (allocatedBetween(threads, ALLOCATION_RUNS) + itself) / ALLOCATION_RUNS;
  }

  private long allocatedBetween(ThreadMXBean threads, int runs) {
    long before = threads.getTotalThreadAllocatedBytes();
    for (int i = 0; i < runs; i++) {
      task.run();
    }
    return threads.getTotalThreadAllocatedBytes() - before;
  }
}
