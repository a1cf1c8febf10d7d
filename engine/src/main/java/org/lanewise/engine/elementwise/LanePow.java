package org.lanewise.engine.elementwise;

import static java.lang.Float.NEGATIVE_INFINITY;
import static java.lang.Float.NaN;
import static java.lang.Float.POSITIVE_INFINITY;
import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.IntVector.broadcast;
import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.GE;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.I2F;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.LT;
import static jdk.incubator.vector.VectorOperators.NE;
import static org.lanewise.engine.vector.Lanes.FLOATS;
import static org.lanewise.engine.vector.Lanes.INTS;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;

/**
 * The lanes' power function, as {@link ScalarPow} defines it.
 *
 * <p>All of it is one method, which the compiler finds too long to inline: a call passes its
 * vectors as objects, and takes ten times as long as an exponential. In parts it would be slower
 * still, because the compiler stops inlining methods once a loop has grown to some forty vector
 * operations.
 */
final class LanePow {
  private LanePow() {}

  /** {@link ScalarPow#pow} of every lane. */
  static FloatVector pow(FloatVector x, FloatVector y) {
    FloatVector zero = broadcast(FLOATS, 0f);
    FloatVector one = broadcast(FLOATS, 1f);
    FloatVector infinity = broadcast(FLOATS, POSITIVE_INFINITY);
    // a = |x| = 2^e mantissa, e still in place, a subnormal scaled first.
    FloatVector a = x.abs();
    FloatVector unit = broadcast(FLOATS, 0x1p23f);
    VectorMask<Float> subnormal = a.compare(LT, broadcast(FLOATS, Float.MIN_NORMAL));
    IntVector bits = a.blend(a.mul(unit), subnormal).reinterpretAsInts();
    IntVector exponent = bits.sub(broadcast(INTS, ScalarPow.LEAST_BITS));
    exponent = exponent.and(broadcast(INTS, ScalarLog.EXPONENT_MASK));
    FloatVector mantissa = bits.sub(exponent).reinterpretAsFloats();
    FloatVector e = (FloatVector) exponent.convert(I2F, 0);
    e = e.blend(e.sub(broadcast(FLOATS, 23 * 0x1p23f)), subnormal);
    VectorMask<Float> upper = mantissa.compare(GE, broadcast(FLOATS, ScalarPow.UPPER));
    FloatVector c = one.blend(broadcast(FLOATS, ScalarPow.MIDDLE), upper);
    e =
        e.fma(
            broadcast(FLOATS, 0x1p-23f),
            zero.blend(broadcast(FLOATS, ScalarPow.LOG2_MIDDLE), upper));
    // -s = -(mantissa - c) / (mantissa + c), the low part from the quotient's remainder.
    FloatVector numerator = mantissa.sub(c);
    FloatVector sum = mantissa.add(c);
    FloatVector sumLow = mantissa.sub(sum.sub(c));
    FloatVector reciprocal = broadcast(FLOATS, -1f).div(sum);
    FloatVector s = numerator.mul(reciprocal);
    FloatVector sLow = s.fma(sumLow, s.fma(sum, numerator)).mul(reciprocal);
    // atanh(s) = s (1 + w), w = z t, the roundings of z and w kept.
    FloatVector z = s.mul(s);
    FloatVector zLow = s.fma(s, zero.sub(z)).add(s.add(s).mul(sLow));
    FloatVector t = broadcast(FLOATS, 0x1.2806eep-3f).fma(z, broadcast(FLOATS, 0x1.999592p-3f));
    t = t.fma(z, broadcast(FLOATS, 0x1.555556p-2f));
    FloatVector w = z.mul(t);
    FloatVector wLow = zLow.fma(t, z.fma(t, zero.sub(w)));
    // log2(a) = e + first (1 + w), first = 2 / ln 2 * s.
    FloatVector minusFactor = broadcast(FLOATS, -ScalarPow.FACTOR_HIGH);
    FloatVector first = s.mul(minusFactor);
    FloatVector firstLow = s.fma(minusFactor, s.mul(broadcast(FLOATS, ScalarPow.FACTOR_HIGH)));
    firstLow = s.fma(broadcast(FLOATS, -ScalarPow.FACTOR_LOW), firstLow);
    firstLow = sLow.fma(minusFactor, firstLow);
    FloatVector log = first.fma(w, first);
    FloatVector low = first.fma(w, first.sub(log)).add(first.fma(wLow, firstLow));
    FloatVector total = e.add(log);
    low = low.add(e.sub(total).add(log));
    // 2^(y log2(a)).
    FloatVector product = y.mul(total);
    FloatVector productLow = y.fma(low, y.fma(total, zero.sub(product)));
    FloatVector rounder = broadcast(FLOATS, ScalarExp.TWO_SCALES);
    FloatVector shifted = product.add(rounder);
    FloatVector r = product.sub(shifted.sub(rounder)).add(productLow);
    FloatVector q = broadcast(FLOATS, 0x1.4173aep-13f);
    q = q.fma(r, broadcast(FLOATS, 0x1.5f0986p-10f));
    q = q.fma(r, broadcast(FLOATS, 0x1.3b2ddap-7f));
    q = q.fma(r, broadcast(FLOATS, 0x1.c6af7ap-5f));
    q = q.fma(r, broadcast(FLOATS, 0x1.ebfbdcp-3f));
    q = q.fma(r, broadcast(FLOATS, 0x1.62e43p-1f));
    IntVector n = shifted.reinterpretAsInts();
    IntVector half = n.lanewise(LSHR, 1).lanewise(LSHL, ScalarExp.EXPONENT_SHIFT);
    FloatVector scale = half.reinterpretAsFloats();
    FloatVector rest = n.lanewise(LSHL, ScalarExp.EXPONENT_SHIFT).sub(half).reinterpretAsFloats();
    FloatVector power = q.mul(r).fma(scale, scale).mul(rest);
    // Where a is zero, infinite or NaN the sign of y (log2 a) decides; so where that is large.
    product = product.blend(y.mul(a), a.compare(LT, infinity).not());
    FloatVector minusInfinity = broadcast(FLOATS, NEGATIVE_INFINITY);
    product = product.blend(y.mul(minusInfinity), a.compare(EQ, zero));
    power = power.blend(zero, product.compare(LT, broadcast(FLOATS, -151f)));
    power = power.blend(infinity, product.compare(GT, broadcast(FLOATS, 129f)));
    power = power.blend(product, product.compare(NE, product));
    // What |y| exceeds the nearest even integer by (where that is a float): 1 for an odd y.
    FloatVector size = y.abs();
    FloatVector integers = broadcast(FLOATS, ScalarPow.INTEGERS);
    FloatVector even = size.mul(broadcast(FLOATS, 0.5f)).add(integers).sub(integers);
    FloatVector excess = even.fma(broadcast(FLOATS, -2f), size).abs();
    FloatVector fraction = excess.sub(excess.add(integers).sub(integers)).abs();
    VectorMask<Float> negative = x.compare(LT, zero).and(a.compare(LT, infinity));
    power = power.blend(broadcast(FLOATS, NaN), fraction.compare(GT, zero).and(negative));
    IntVector sign = x.reinterpretAsInts().and(broadcast(INTS, Integer.MIN_VALUE));
    FloatVector signed = power.reinterpretAsInts().or(sign).reinterpretAsFloats();
    power = power.blend(signed, excess.compare(EQ, one));
    power = power.blend(x, y.compare(EQ, one));
    return power.blend(one, y.compare(EQ, zero));
  }
}
