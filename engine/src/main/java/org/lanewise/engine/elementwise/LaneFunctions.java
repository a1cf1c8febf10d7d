package org.lanewise.engine.elementwise;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import org.lanewise.engine.operation.Elementwise;
import org.lanewise.engine.vector.Lanes;

/** The lane function of every elementwise operation: the bits of {@link ScalarLoops}. */
public final class LaneFunctions {
  private LaneFunctions() {}

  /** The function of an operation. */
  public static LaneFunction of(Elementwise operation) {
    return switch (operation) {
      case ADD -> (x, x1, x2) -> x.add(x1);
      case SUBTRACT -> (x, x1, x2) -> x.sub(x1);
      case MULTIPLY -> (x, x1, x2) -> x.mul(x1);
      case DIVIDE -> (x, x1, x2) -> x.div(x1);
      case POW -> (x, x1, x2) -> LanePow.pow(x, x1);
      case MAXIMUM -> (x, x1, x2) -> x.max(x1);
      case MINIMUM -> (x, x1, x2) -> x.min(x1);
      case EQUAL -> (x, x1, x2) -> number(x.compare(VectorOperators.EQ, x1));
      case NOT_EQUAL -> (x, x1, x2) -> number(x.compare(VectorOperators.NE, x1));
      case LESS -> (x, x1, x2) -> number(x.compare(VectorOperators.LT, x1));
      case LESS_EQUAL -> (x, x1, x2) -> number(x.compare(VectorOperators.LE, x1));
      case GREATER -> (x, x1, x2) -> number(x.compare(VectorOperators.GT, x1));
      case GREATER_EQUAL -> (x, x1, x2) -> number(x.compare(VectorOperators.GE, x1));
      case SELECT -> (x, x1, x2) -> x2.blend(x1, x.compare(VectorOperators.NE, 0f));
      case CLIP -> (x, x1, x2) -> x.max(x1).min(x2);
      case NEGATE -> (x, x1, x2) -> x.neg();
      case ABS -> (x, x1, x2) -> x.abs();
      case SIGN -> (x, x1, x2) -> sign(x);
      case SQRT -> (x, x1, x2) -> x.sqrt();
      case RSQRT -> (x, x1, x2) -> FloatVector.broadcast(Lanes.FLOATS, 1f).div(x.sqrt());
      case EXP -> (x, x1, x2) -> LaneExp.exp(x);
      case EXPM1 -> (x, x1, x2) -> LaneExp.expm1(x);
      case LOG -> (x, x1, x2) -> LaneLog.log(x);
      case LOG1P -> (x, x1, x2) -> LaneLog.log1p(x);
      case TANH -> (x, x1, x2) -> LaneTanh.tanh(x);
      case LOGISTIC -> (x, x1, x2) -> LaneLogistic.logistic(x);
      case LOGISTIC_SLOPE -> (x, x1, x2) -> LaneLogistic.slope(x);
      case ERF -> (x, x1, x2) -> LaneErf.erf(x);
      case NORMAL_CDF -> (x, x1, x2) -> LaneNormal.cdf(x);
      case NORMAL_PDF -> (x, x1, x2) -> LaneNormal.pdf(x);
      case STOP_GRADIENT -> (x, x1, x2) -> x;
    };
  }

  private static FloatVector number(VectorMask<Float> condition) {
    return FloatVector.zero(Lanes.FLOATS).blend(1f, condition);
  }

  /** Zeros and NaN are their own sign. */
  private static FloatVector sign(FloatVector x) {
    return x.blend(1f, x.compare(VectorOperators.GT, 0f))
        .blend(-1f, x.compare(VectorOperators.LT, 0f));
  }
}
