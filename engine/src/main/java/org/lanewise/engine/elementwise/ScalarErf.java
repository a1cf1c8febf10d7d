package org.lanewise.engine.elementwise;

/**
 * The error function.
 *
 * <p>Below {@value #SMALL} an odd minimax polynomial, above it one less a minimax polynomial of the
 * complementary error function about {@value #CENTER}. Every step is one exactly defined IEEE 754
 * operation, so the bits depend on the argument alone.
 */
final class ScalarErf {
  static final float SMALL = 1.1f;
  static final float CENTER = 2.515625f;
  static final float LARGEST = 3.9375f;

  private ScalarErf() {}

  /**
   * The error function {@code 2 / sqrt(pi) * integral of e^(-t^2) from 0 to x}; maximum error 1.22
   * ULP, measured over all floats.
   *
   * <p>Odd bit for bit, {@code erf(±0) = ±0}, {@code erf(±Inf) = ±1}, NaN gives NaN. From 3.9375 on
   * the result is ±1.
   */
  static float erf(float x) {
    float a = Math.abs(x);
    if (a < SMALL) {
      return small(x);
    }
    float y = 1f - complement((a > LARGEST ? LARGEST : a) - CENTER);
    return x < 0f ? -y : y;
  }

  /** {@code erf(x)} for {@code |x| <= SMALL}. */
  private static float small(float x) {
    float z = x * x;
    float q = 0x1.2f80b4p-14f;
    q = Math.fma(q, z, -0x1.9a3de0p-11f);
    q = Math.fma(q, z, 0x1.52ac24p-8f);
    q = Math.fma(q, z, -0x1.b7cde0p-6f);
    q = Math.fma(q, z, 0x1.ce2aa6p-4f);
    q = Math.fma(q, z, -0x1.812734p-2f);
    q = Math.fma(q, z, 0x1.06eba8p-3f);
    return Math.fma(q, x, x);
  }

  /** {@code 1 - erf(CENTER + t)} up to {@code LARGEST}, from {@code SMALL} on. */
  private static float complement(float t) {
    float t2 = t * t;
    float even = -0x1.afd0e2p-21f;
    even = Math.fma(even, t2, 0x1.f6c3cp-17f);
    even = Math.fma(even, t2, -0x1.58af7ep-14f);
    even = Math.fma(even, t2, -0x1.d5a84p-13f);
    even = Math.fma(even, t2, 0x1.66a54ep-9f);
    even = Math.fma(even, t2, 0x1.0b38a8p-7f);
    even = Math.fma(even, t2, 0x1.4c0c92p-8f);
    even = Math.fma(even, t2, 0x1.886498p-12f);
    float odd = -0x1.0b76cep-20f;
    odd = Math.fma(odd, t2, -0x1.b053fcp-17f);
    odd = Math.fma(odd, t2, 0x1.094396p-12f);
    odd = Math.fma(odd, t2, -0x1.329dcap-11f);
    odd = Math.fma(odd, t2, -0x1.7f93p-8f);
    odd = Math.fma(odd, t2, -0x1.00781ap-7f);
    odd = Math.fma(odd, t2, -0x1.07fc1ap-9f);
    return Math.fma(odd, t, even);
  }
}
