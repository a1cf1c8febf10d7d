package org.lanewise.bench.compare;

/** A piece of work that several contestants do. */
public sealed interface Work
    permits AdamWork,
        FunctionWork,
        MatrixProductWork,
        NormalizationWork,
        PredictionWork,
        TrainingWork {
  /**
   * The name of the work in tables.
   *
   * @return the name, no two works having the same
   */
  String name();

  /**
   * How far two contestants' results may lie apart, as a share of the largest result.
   *
   * @return the tolerance
   */
  double tolerance();
}
