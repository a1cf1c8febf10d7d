package org.lanewise.bench.compare;

/**
 * Not a peer but the limit of an update: a loop written by hand over the same seven streams as Adam
 * (parameter, m, v and gradient read, the first three written) with hardly any arithmetic.
 */
final class StreamingLoop implements Contestant {
  @Override
  public String name() {
    return "hand-written streaming loop";
  }

  @Override
  public String version() {
    return "four streams read and three written, without root and division";
  }

  @Override
  public boolean does(Work work, int threads) {
    return work instanceof AdamWork && threads == 1;
  }

  @Override
  public boolean hasResults() {
    return false;
  }

  @Override
  public Task open(Work work, int threads) {
    float[] g = ((AdamWork) work).gradient();
    float[] p = new float[g.length];
    float[] m = new float[g.length];
    float[] v = new float[g.length];
    return new Task() {
      @Override
      public void run() {
        stream(p, m, v, g);
      }

      @Override
      public float[] results() {
        return new float[0];
      }
    };
  }

  private static void stream(float[] p, float[] m, float[] v, float[] g) {
    for (int i = 0; i < g.length; i++) {
      float mean = 0.9f * m[i] + 0.1f * g[i];
      float square = 0.999f * v[i] + 0.001f * g[i];
      m[i] = mean;
      v[i] = square;
      p[i] -= 0.001f * mean + square;
    }
  }
}
