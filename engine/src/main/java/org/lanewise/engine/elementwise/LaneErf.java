package org.lanewise.engine.elementwise;

import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LT;
import static org.lanewise.engine.vector.Lanes.FLOATS;

import jdk.incubator.vector.FloatVector;

/**
 * The lanes' error function, as {@link ScalarErf} defines it: both of its forms are computed in
 * every lane and one of them is chosen.
 */
final class LaneErf {
  private LaneErf() {}

  /** {@link ScalarErf#erf} of every lane. */
  static FloatVector erf(FloatVector x) {
    FloatVector small = small(x);
    FloatVector largest = broadcast(FLOATS, ScalarErf.LARGEST);
    FloatVector a = x.abs();
    FloatVector t =
        a.blend(largest, a.compare(GT, largest)).sub(broadcast(FLOATS, ScalarErf.CENTER));
    FloatVector large = broadcast(FLOATS, 1f).sub(complement(t));
    large = large.blend(large.neg(), x.compare(LT, broadcast(FLOATS, 0f)));
    return large.blend(small, a.compare(LT, broadcast(FLOATS, ScalarErf.SMALL)));
  }

  /** {@code erf(x)} for {@code |x| <= SMALL}. */
  private static FloatVector small(FloatVector x) {
    FloatVector z = x.mul(x);
    FloatVector q = broadcast(FLOATS, 0x1.2f80b4p-14f);
    q = q.fma(z, broadcast(FLOATS, -0x1.9a3de0p-11f));
    q = q.fma(z, broadcast(FLOATS, 0x1.52ac24p-8f));
    q = q.fma(z, broadcast(FLOATS, -0x1.b7cde0p-6f));
    q = q.fma(z, broadcast(FLOATS, 0x1.ce2aa6p-4f));
    q = q.fma(z, broadcast(FLOATS, -0x1.812734p-2f));
    q = q.fma(z, broadcast(FLOATS, 0x1.06eba8p-3f));
    return q.fma(x, x);
  }

  /** {@code 1 - erf(CENTER + t)} up to {@code LARGEST}, from {@code SMALL} on. */
  private static FloatVector complement(FloatVector t) {
    FloatVector t2 = t.mul(t);
    FloatVector even = broadcast(FLOATS, -0x1.afd0e2p-21f);
    even = even.fma(t2, broadcast(FLOATS, 0x1.f6c3cp-17f));
    even = even.fma(t2, broadcast(FLOATS, -0x1.58af7ep-14f));
    even = even.fma(t2, broadcast(FLOATS, -0x1.d5a84p-13f));
    even = even.fma(t2, broadcast(FLOATS, 0x1.66a54ep-9f));
    even = even.fma(t2, broadcast(FLOATS, 0x1.0b38a8p-7f));
    even = even.fma(t2, broadcast(FLOATS, 0x1.4c0c92p-8f));
    even = even.fma(t2, broadcast(FLOATS, 0x1.886498p-12f));
    FloatVector odd = broadcast(FLOATS, -0x1.0b76cep-20f);
    odd = odd.fma(t2, broadcast(FLOATS, -0x1.b053fcp-17f));
    odd = odd.fma(t2, broadcast(FLOATS, 0x1.094396p-12f));
    odd = odd.fma(t2, broadcast(FLOATS, -0x1.329dcap-11f));
    odd = odd.fma(t2, broadcast(FLOATS, -0x1.7f93p-8f));
    odd = odd.fma(t2, broadcast(FLOATS, -0x1.00781ap-7f));
    odd = odd.fma(t2, broadcast(FLOATS, -0x1.07fc1ap-9f));
    return odd.fma(t, even);
  }
}
