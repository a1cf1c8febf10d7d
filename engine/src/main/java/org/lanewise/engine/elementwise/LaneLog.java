package org.lanewise.engine.elementwise;

import static java.lang.Float.NEGATIVE_INFINITY;
import static java.lang.Float.NaN;
import static java.lang.Float.POSITIVE_INFINITY;
import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.IntVector.broadcast;
import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.I2F;
import static jdk.incubator.vector.VectorOperators.LT;
import static org.lanewise.engine.elementwise.ScalarLog.EXPONENT_MASK;
import static org.lanewise.engine.elementwise.ScalarLog.FOUR_BITS;
import static org.lanewise.engine.elementwise.ScalarLog.LN2;
import static org.lanewise.engine.elementwise.ScalarLog.MIN_NORMAL_BITS;
import static org.lanewise.engine.elementwise.ScalarLog.SQRT_HALF_BITS;
import static org.lanewise.engine.elementwise.ScalarLog.SUBNORMAL_SHIFT;
import static org.lanewise.engine.vector.Lanes.FLOATS;
import static org.lanewise.engine.vector.Lanes.INTS;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;

/** The lanes' natural logarithms, as {@link ScalarLog} defines them. */
final class LaneLog {
  private LaneLog() {}

  /** {@link ScalarLog#log} of every lane. */
  static FloatVector log(FloatVector x) {
    IntVector bits = x.reinterpretAsInts();
    IntVector normalized = ((FloatVector) bits.convert(I2F, 0)).reinterpretAsInts();
    normalized = normalized.sub(broadcast(INTS, SUBNORMAL_SHIFT));
    bits = bits.blend(normalized, bits.compare(LT, broadcast(INTS, MIN_NORMAL_BITS)));
    IntVector exponent = exponent(bits);
    FloatVector f = bits.sub(exponent).reinterpretAsFloats().sub(broadcast(FLOATS, 1f));
    // ln 2, to which the root adds nothing unless it is infinite, or NaN as of all below zero.
    FloatVector ln2 = x.sqrt().fma(broadcast(FLOATS, Float.MIN_NORMAL), broadcast(FLOATS, LN2));
    // The exponent of a zero comes out positive.
    ln2 = ln2.blend(broadcast(FLOATS, NEGATIVE_INFINITY), x.compare(EQ, broadcast(FLOATS, 0f)));
    return ((FloatVector) exponent.convert(I2F, 0)).fma(ln2, log1pReduced(f));
  }

  /** {@link ScalarLog#log1p} of every lane. */
  static FloatVector log1p(FloatVector x) {
    // The rounded sum only chooses the exponent; f comes from x itself with one rounding.
    FloatVector one = broadcast(FLOATS, 1f);
    IntVector exponent = exponent(x.add(one).reinterpretAsInts());
    FloatVector scale = broadcast(INTS, FOUR_BITS).sub(exponent).reinterpretAsFloats();
    scale = scale.mul(broadcast(FLOATS, 0.25f));
    // Negated, so that an exponent of zero adds -0, which keeps the sign of x.
    FloatVector y = log1pReduced(x.fma(scale, one.sub(scale).neg()));
    // -e and -ln 2 instead of e and ln 2: again zero adds -0.
    FloatVector e = (FloatVector) broadcast(INTS, 0).sub(exponent).convert(I2F, 0);
    y = e.fma(broadcast(FLOATS, -LN2), y);
    FloatVector infinity = broadcast(FLOATS, POSITIVE_INFINITY);
    FloatVector lowest = broadcast(FLOATS, -1f);
    y = y.blend(infinity, x.compare(EQ, infinity));
    y = y.blend(broadcast(FLOATS, NaN), x.compare(LT, lowest));
    return y.blend(broadcast(FLOATS, NEGATIVE_INFINITY), x.compare(EQ, lowest));
  }

  /** The exponent e of {@code 2^e m}, {@code sqrt(1/2) <= m < sqrt(2)}, in place in the bits. */
  static IntVector exponent(IntVector bits) {
    return bits.sub(broadcast(INTS, SQRT_HALF_BITS)).and(broadcast(INTS, EXPONENT_MASK));
  }

  /** {@code log(1 + f)} for {@code -0.293 <= f <= 0.4143}, within 2^-27 and the last roundings. */
  private static FloatVector log1pReduced(FloatVector f) {
    // Pairs of terms, and pairs of pairs (Estrin, 1960), so that they are computed side by side.
    FloatVector f2 = f.mul(f);
    FloatVector q1 = f.fma(broadcast(FLOATS, -0x1.000226p-2f), broadcast(FLOATS, 0x1.555554p-2f));
    FloatVector q3 = f.fma(broadcast(FLOATS, -0x1.547282p-3f), broadcast(FLOATS, 0x1.99a01ap-3f));
    FloatVector q5 = f.fma(broadcast(FLOATS, -0x1.0d82e2p-3f), broadcast(FLOATS, 0x1.22d954p-3f));
    FloatVector q7 = f.fma(broadcast(FLOATS, -0x1.38c522p-4f), broadcast(FLOATS, 0x1.055e4ap-3f));
    q1 = q3.fma(f2, q1);
    q5 = q7.fma(f2, q5);
    q1 = q5.fma(f2.mul(f2), q1);
    return q1.fma(f, broadcast(FLOATS, -0.5f)).fma(f2, f);
  }
}
