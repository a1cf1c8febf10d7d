package org.lanewise.nn;

import org.lanewise.engine.Tensor;
import org.lanewise.engine.random.Distribution;
import org.lanewise.engine.random.RandomStream;

/** Tensors that tests are made with: each is a function of a seed and a shape. */
public final class Samples {
  private Samples() {}

  /** Standard normal draws. */
  public static Tensor normal(long seed, int... dimensions) {
    return draw(Distribution.normal(), seed, dimensions);
  }

  /** Draws from low to high. */
  public static Tensor uniform(double low, double high, long seed, int... dimensions) {
    return draw(Distribution.uniform(low, high), seed, dimensions);
  }

  /** Standard normal draws, moved a tenth away from 0: many activations have a kink there. */
  public static Tensor awayFromZero(long seed, int... dimensions) {
    Tensor x = normal(seed, dimensions);
    for (int i = 0; i < x.size(); i++) {
      x.array()[i] += x.array()[i] < 0 ? -0.1f : 0.1f;
    }
    return x;
  }

  /** Integers from 0 to rows − 1, each as likely as the others. */
  public static Tensor positions(int rows, long seed, int... dimensions) {
    Tensor x = uniform(0, rows, seed, dimensions);
    for (int i = 0; i < x.size(); i++) {
      x.array()[i] = (int) x.array()[i];
    }
    return x;
  }

  private static Tensor draw(Distribution distribution, long seed, int... dimensions) {
    Tensor x = Tensor.zeros(dimensions);
    RandomStream.of(seed).fill(distribution, x.array(), 0, x.size());
    return x;
  }
}
