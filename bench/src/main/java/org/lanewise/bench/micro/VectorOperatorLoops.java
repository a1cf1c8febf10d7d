package org.lanewise.bench.micro;

import static jdk.incubator.vector.VectorOperators.EXP;
import static jdk.incubator.vector.VectorOperators.LOG;
import static jdk.incubator.vector.VectorOperators.TANH;
import static org.lanewise.engine.vector.Lanes.COUNT;
import static org.lanewise.engine.vector.Lanes.FLOATS;

import jdk.incubator.vector.FloatVector;
import org.lanewise.engine.operation.Elementwise;

/** Elementary functions by the JDK's own vector operators, each in a loop of its own. */
public final class VectorOperatorLoops {
  private VectorOperatorLoops() {}

  /**
   * Whether the JDK has an operator for a function.
   *
   * @param function the function
   * @return true if {@link #run} takes it
   */
  public static boolean has(Elementwise function) {
    return function == Elementwise.EXP
        || function == Elementwise.LOG
        || function == Elementwise.TANH;
  }

  /**
   * Computes a function of whole vectors.
   *
   * @param function the function
   * @param x the arguments, a multiple of the lanes
   * @param y where the results go
   */
  public static void run(Elementwise function, float[] x, float[] y) {
    switch (function) {
      case EXP -> exp(x, y);
      case LOG -> log(x, y);
      case TANH -> tanh(x, y);
      default -> throw new IllegalArgumentException("the JDK has no operator for " + function);
    }
  }

  private static void exp(float[] x, float[] y) {
    for (int i = 0; i < x.length; i += COUNT) {
      FloatVector.fromArray(FLOATS, x, i).lanewise(EXP).intoArray(y, i);
    }
  }

  private static void log(float[] x, float[] y) {
    for (int i = 0; i < x.length; i += COUNT) {
      FloatVector.fromArray(FLOATS, x, i).lanewise(LOG).intoArray(y, i);
    }
  }

  private static void tanh(float[] x, float[] y) {
    for (int i = 0; i < x.length; i += COUNT) {
      FloatVector.fromArray(FLOATS, x, i).lanewise(TANH).intoArray(y, i);
    }
  }
}
