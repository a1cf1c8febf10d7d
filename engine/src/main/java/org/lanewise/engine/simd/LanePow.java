package org.lanewise.engine.simd;

import static org.lanewise.engine.simd.Splat.splat;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/**
 * The power function of two vectors.
 *
 * <p>{@code |x|^y = 2^(y log2 |x|)}. The logarithm and its product with {@code y} are carried as
 * unevaluated sums of two floats, a high and a low part (Dekker, 1971), because an error in the
 * product grows up to 128-fold in the result. With {@code |x| = 2^e m} and {@code s = (m - 1) / (m
 * + 1)} the logarithm is {@code e + 2 / ln 2 (s + s^3 / 3 + ...)}. Nothing branches and every step
 * is one exactly defined IEEE 754 operation, so the bits depend on the arguments alone.
 */
public final class LanePow {
  /** 2 / ln 2 in two parts. */
  private static final float FACTOR_HIGH = 0x1.715476p1f;

  private static final float FACTOR_LOW = 0x1.4ae0cp-25f;

  /** 1/3 in two parts. */
  private static final float THIRD_HIGH = 0x1.555556p-2f;

  private static final float THIRD_LOW = (float) (1 / 3.0 - THIRD_HIGH);

  /** Minimax fit of what follows 1/3 in (atanh(s) / s - 1) / s^2, a polynomial in s^2. */
  private static final float TAIL_5 = 0x1.999ap-3f;

  private static final float TAIL_7 = 0x1.24527cp-3f;
  private static final float TAIL_9 = 0x1.dfa254p-4f;

  /** From here on every float is an integer. */
  private static final float INTEGERS = 0x1p23f;

  private LanePow() {}

  /**
   * The power {@code x^y}; maximum error 1.1 ULP, measured over random arguments.
   *
   * <p>The special cases are those of {@link Math#pow}: {@code x^±0 = 1} even for NaN; {@code x^1 =
   * x}; a negative x has a power only for an integer y, negative for an odd one; a zero or infinite
   * x gives a zero or an infinity, negative for a negative x and an odd y; {@code (±1)^±Inf} is
   * NaN, and so is every other power with a NaN.
   */
  public static FloatVector pow(FloatVector x, FloatVector y) {
    // What |y| exceeds the nearest even integer by (where that is a float): ±1 for an odd y.
    FloatVector size = y.abs();
    FloatVector halves = size.mul(0.5f).add(INTEGERS).sub(INTEGERS);
    FloatVector excess = halves.fma(splat(-2f), size);
    VectorMask<Float> odd = excess.abs().compare(VectorOperators.EQ, 1f);
    FloatVector fraction = excess.sub(excess.add(LaneExp.ROUNDER).sub(LaneExp.ROUNDER));
    VectorMask<Float> none =
        x.compare(VectorOperators.LT, 0f)
            .and(x.compare(VectorOperators.GT, Float.NEGATIVE_INFINITY))
            .and(fraction.abs().compare(VectorOperators.GT, 0f));
    FloatVector magnitude = magnitude(x.abs().blend(Float.NaN, none), y);
    FloatVector power = magnitude.blend(LaneTanh.withSignOf(x, magnitude), odd);
    power = power.blend(x, y.compare(VectorOperators.EQ, 1f));
    return power.blend(1f, y.compare(VectorOperators.EQ, 0f));
  }

  /** {@code a^y} for {@code a >= 0} or NaN; where y is zero any value. */
  private static FloatVector magnitude(FloatVector a, FloatVector y) {
    VectorMask<Float> subnormal = a.compare(VectorOperators.LT, Float.MIN_NORMAL);
    IntVector bits = a.blend(a.mul(0x1p23f), subnormal).reinterpretAsInts();
    IntVector exponent = bits.sub(LaneLog.SQRT_HALF_BITS).and(LaneLog.EXPONENT_MASK);
    FloatVector m = bits.sub(exponent).reinterpretAsFloats();
    FloatVector e = LaneLog.toFloats(exponent).mul(0x1p-23f);
    e = e.blend(e.sub(23f), subnormal);
    // s + sLow = (m - 1) / (m + 1), the low part from the remainder of the rounded quotient.
    FloatVector numerator = m.sub(1f);
    FloatVector sum = m.add(1f);
    FloatVector sumLow = numerator.sub(sum.sub(2f));
    FloatVector reciprocal = splat(1f).div(sum);
    FloatVector s = numerator.mul(reciprocal);
    FloatVector minus = s.neg();
    FloatVector sLow = minus.fma(sumLow, minus.fma(sum, numerator)).mul(reciprocal);
    return powerOf(a, e, s, sLow, y);
  }

  /** {@code a^y} from {@code log2(a) = e + log2((1 + s) / (1 - s))}. */
  private static FloatVector powerOf(
      FloatVector a, FloatVector e, FloatVector s, FloatVector sLow, FloatVector y) {
    FloatVector z = s.mul(s);
    FloatVector zLow = s.fma(s, z.neg()).add(s.add(s).mul(sLow));
    // atanh(s) / s - 1 = z t with t = 1/3 + z (1/5 + ...), t and w = z t in two parts.
    FloatVector q = splat(TAIL_9).fma(z, splat(TAIL_7)).fma(z, splat(TAIL_5));
    FloatVector t = q.fma(z, splat(THIRD_HIGH));
    FloatVector tLow = q.fma(z, splat(THIRD_HIGH).sub(t)).add(THIRD_LOW);
    FloatVector w = z.mul(t);
    FloatVector wLow = zLow.fma(t, z.fma(tLow, z.fma(t, w.neg())));
    // log2(m) = first (1 + w), first = 2 / ln 2 * s.
    FloatVector first = s.mul(FACTOR_HIGH);
    FloatVector firstLow = s.fma(splat(FACTOR_HIGH), first.neg());
    firstLow = sLow.fma(splat(FACTOR_HIGH), s.fma(splat(FACTOR_LOW), firstLow));
    FloatVector log = first.fma(w, first);
    FloatVector low = first.fma(w, first.sub(log)).add(first.fma(wLow, firstLow.fma(w, firstLow)));
    FloatVector total = e.add(log);
    return powerOfTwo(a, total, low.add(e.sub(total).add(log)), y);
  }

  /** {@code 2^(y (log + low))}, {@code log} taken from {@code a} where that is zero, Inf or NaN. */
  private static FloatVector powerOfTwo(
      FloatVector a, FloatVector log, FloatVector low, FloatVector y) {
    FloatVector total = log.blend(a, a.compare(VectorOperators.LT, Float.POSITIVE_INFINITY).not());
    total = total.blend(Float.NEGATIVE_INFINITY, a.compare(VectorOperators.EQ, 0f));
    FloatVector product = y.mul(total);
    return exp2(product, y.fma(low, y.fma(total, product.neg())));
  }

  /** {@code 2^(x + low)}, {@code low} small beside x; it is ignored where x is out of range. */
  private static FloatVector exp2(FloatVector x, FloatVector low) {
    FloatVector shifted = x.add(LaneExp.TWO_SCALES);
    FloatVector r = x.sub(shifted.sub(LaneExp.TWO_SCALES)).add(low);
    FloatVector q = splat(0x1.4173aep-13f);
    q = q.fma(r, splat(0x1.5f0986p-10f));
    q = q.fma(r, splat(0x1.3b2ddap-7f));
    q = q.fma(r, splat(0x1.c6af7ap-5f));
    q = q.fma(r, splat(0x1.ebfbdcp-3f));
    q = q.fma(r, splat(0x1.62e43p-1f));
    FloatVector y = LaneExp.scaled(q.mul(r), shifted);
    y = y.blend(0f, x.compare(VectorOperators.LT, -151f));
    return y.blend(Float.POSITIVE_INFINITY, x.compare(VectorOperators.GT, 129f));
  }
}
