package org.lanewise.bench.train;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.function.LongSupplier;
import org.lanewise.nn.training.FitListener;
import org.lanewise.nn.training.History;
import org.lanewise.nn.training.Metrics;

/**
 * The report of a training job: a line an epoch, and on a terminal a line that is redrawn in
 * between. Losses and accuracies of the training images are means over the epoch so far.
 */
final class ProgressReport implements FitListener {
  private static final long REDRAW_NANOS = 100_000_000;
  private static final double NANOS = 1e9;
  private static final int SHORTEST_BAR = 10;
  private static final int LONGEST_BAR = 30;
  private static final String GAP = "  ";

  private final PrintStream out;
  private final OptionalInt columns;
  private final LongSupplier nanoTime;
  private final int epochs;
  private final int examples;
  private final long start;

  private int epoch;
  private long epochStart;
  private long lastStep;
  private long lastDraw;
  private int done;
  private double loss;
  private double accuracy;
  private int drawn;

  /**
   * A report that has not begun its first epoch.
   *
   * @param columns the width of the terminal, empty if {@code out} is none
   * @param nanoTime the clock, in nanoseconds
   * @param epochs the epochs to come
   * @param examples the training examples of an epoch
   */
  ProgressReport(
      PrintStream out, OptionalInt columns, LongSupplier nanoTime, int epochs, int examples) {
    this.out = out;
    this.columns = columns;
    this.nanoTime = nanoTime;
    this.epochs = epochs;
    this.examples = examples;
    this.start = nanoTime.getAsLong();
  }

  @Override
  public void epochBegins(int number) {
    startEpoch();
  }

  @Override
  public void batchEnds(int number, Metrics soFar) {
    step((int) soFar.examples(), soFar.loss(), soFar.accuracy());
  }

  @Override
  public void epochEnds(History.Epoch ended) {
    endEpoch(ended.validation().orElseThrow().accuracy());
  }

  /** Begins the next epoch. */
  void startEpoch() {
    epoch++;
    epochStart = nanoTime.getAsLong();
    lastStep = epochStart;
    lastDraw = epochStart - REDRAW_NANOS;
    done = 0;
    loss = 0;
    accuracy = 0;
  }

  /**
   * Reports where the epoch stands after a training step.
   *
   * @param examplesSoFar the examples seen in this epoch
   * @param meanLoss their mean loss
   * @param meanAccuracy the share of them that was right
   */
  void step(int examplesSoFar, double meanLoss, double meanAccuracy) {
    done = examplesSoFar;
    loss = meanLoss;
    accuracy = meanAccuracy;
    lastStep = nanoTime.getAsLong();
    if (columns.isPresent() && lastStep - lastDraw >= REDRAW_NANOS) {
      lastDraw = lastStep;
      draw(progressLine(columns.getAsInt() - 1));
    }
  }

  /** Ends the epoch with its line, in which the examples a second leave the validation out. */
  void endEpoch(double validationAccuracy) {
    String line =
        String.join(
            GAP,
            epochOfAll(),
            loss(),
            accuracy(),
            String.format(Locale.ROOT, "validation accuracy %.4f", validationAccuracy),
            speed(),
            String.format(Locale.ROOT, "%.1f s", (nanoTime.getAsLong() - epochStart) / NANOS));
    if (columns.isPresent()) {
      draw(line);
      drawn = 0;
    } else {
      out.print(line);
    }
    out.println();
    out.flush();
  }

  /** Writes the last line of the job. */
  static void testAccuracy(PrintStream out, double accuracy) {
    out.println(String.format(Locale.ROOT, "test accuracy: %.4f", accuracy));
    out.flush();
  }

  /** Writes over the line drawn before, of which nothing stays visible. */
  private void draw(String line) {
    out.print("\r" + line + " ".repeat(Math.max(0, drawn - line.length())));
    out.flush();
    drawn = line.length();
  }

  /** The line within an epoch: what does not fit is left out from its end, first of all the bar. */
  private String progressLine(int width) {
    List<String> parts = List.of(loss(), accuracy(), timeLeft(), speed());
    String all = epochOfAll() + GAP + String.join(GAP, parts);
    int room = width - all.length() - "  []".length();
    if (room >= SHORTEST_BAR) {
      String bar = bar(Math.min(room, LONGEST_BAR));
      return epochOfAll() + GAP + bar + GAP + String.join(GAP, parts);
    }
    StringBuilder line = new StringBuilder(epochOfAll());
    for (String part : parts) {
      if (line.length() + GAP.length() + part.length() > width) {
        break;
      }
      line.append(GAP).append(part);
    }
    return line.substring(0, Math.clamp(width, 0, line.length()));
  }

  private String bar(int length) {
    int full = (int) Math.min(length, (long) length * done / examples);
    return "[" + "=".repeat(full) + " ".repeat(length - full) + "]";
  }

  private String epochOfAll() {
    String all = Integer.toString(epochs);
    String now = Integer.toString(epoch);
    return "epoch " + " ".repeat(Math.max(0, all.length() - now.length())) + now + "/" + all;
  }

  private String loss() {
    return String.format(Locale.ROOT, "loss %.4f", loss);
  }

  private String accuracy() {
    return String.format(Locale.ROOT, "accuracy %.4f", accuracy);
  }

  private String speed() {
    double seconds = (lastStep - epochStart) / NANOS;
    return String.format(Locale.ROOT, "%,.0f examples/s", seconds > 0 ? done / seconds : 0);
  }

  /** The time that all epochs still need at the mean speed so far, validations included. */
  private String timeLeft() {
    double finished = (epoch - 1.0) * examples + done;
    double left = (double) epochs * examples - finished;
    long seconds = Math.round((lastStep - start) / NANOS * Math.max(0, left) / finished);
    return seconds < 3600
        ? String.format(Locale.ROOT, "%d:%02d left", seconds / 60, seconds % 60)
        : String.format(
            Locale.ROOT, "%d:%02d:%02d left", seconds / 3600, seconds / 60 % 60, seconds % 60);
  }
}
