package org.lanewise.bench.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.lanewise.bench.compare.TrainingWork.Rule;
import org.lanewise.engine.operation.Elementwise;

/**
 * A row of the comparison: a work and the number of threads that do it.
 *
 * @param work the work
 * @param threads the threads that ours and the peers compute with
 */
record Row(Work work, int threads) {
  private static final Work WIDE_STEP = new TrainingWork("784-1024-1024-1024-10", 256, Rule.ADAM);

  /** All rows, in the order of the tables. */
  static List<Row> all() {
    List<Row> rows = new ArrayList<>();
    matrixProducts().forEach(work -> rows.add(new Row(work, 1)));
    trainingSteps().forEach(work -> rows.add(new Row(work, 1)));
    predictions().forEach(work -> rows.add(new Row(work, 1)));
    rows.add(new Row(new NormalizationWork(4096, 1024), 1));
    functions().forEach(work -> rows.add(new Row(work, 1)));
    rows.add(new Row(new AdamWork(10_000_000), 1));
    rows.add(new Row(MatrixProductWork.cube(1024), 2));
    rows.add(new Row(WIDE_STEP, 2));
    return rows;
  }

  private static Stream<Work> matrixProducts() {
    Stream<Work> cubes =
        Stream.of(16, 32, 64, 96, 128, 256, 512, 1024, 2048).map(MatrixProductWork::cube);
    Stream<Work> layers =
        Stream.of(
            new MatrixProductWork(50, 300, 784, false, false),
            new MatrixProductWork(784, 300, 50, true, false),
            new MatrixProductWork(50, 784, 300, false, true),
            new MatrixProductWork(50, 100, 300, false, false),
            new MatrixProductWork(300, 100, 50, true, false),
            new MatrixProductWork(50, 300, 100, false, true));
    return Stream.concat(cubes, layers);
  }

  private static Stream<Work> trainingSteps() {
    return Stream.of(
        new TrainingWork("784-300-100-10", 50, Rule.MOMENTUM),
        new TrainingWork("784-300-100-10", 50, Rule.ADAM),
        new TrainingWork("784-300-100-10", 256, Rule.MOMENTUM),
        new TrainingWork("784-300-100-10", 256, Rule.ADAM),
        WIDE_STEP,
        new TrainingWork("784-32-32-10", 32, Rule.MOMENTUM),
        new TrainingWork("784-32-32-10", 32, Rule.ADAM));
  }

  private static Stream<Work> predictions() {
    return Stream.of(
        new PredictionWork("32-64-32-1", 1),
        new PredictionWork("784-300-100-10", 1),
        new PredictionWork("784-300-100-10", 16),
        new PredictionWork("784-300-100-10", 64));
  }

  private static Stream<Work> functions() {
    return Stream.of(
        new FunctionWork(Elementwise.EXP, -5, 5),
        new FunctionWork(Elementwise.LOG, 0.1, 10),
        new FunctionWork(Elementwise.TANH, -4, 4),
        new FunctionWork(Elementwise.LOGISTIC, -8, 8),
        new FunctionWork(Elementwise.ERF, -4, 4));
  }

  /** As it is looked for and told. */
  @Override
  public String toString() {
    return work.name() + (threads == 1 ? "" : ", " + threads + " threads");
  }
}
