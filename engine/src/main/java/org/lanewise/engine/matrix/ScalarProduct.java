package org.lanewise.engine.matrix;

import java.util.Arrays;
import org.lanewise.engine.parallel.PerThread;

/**
 * The matrix product of one thread as plain loops: what all others compute, bit by bit.
 *
 * <p>Some rows of B and a row of C, each in an array of its own, are all that the innermost loop
 * reads. So all arrays have one index, and HotSpot's compiler makes vectors of the loop; where
 * indices differ it does not, as the arrays might overlap.
 */
final class ScalarProduct implements Runnable {
  /** The terms that are added at once. */
  private static final int TERMS = 8;

  /** The rows and columns of C that are computed at once: some of B and C stay in caches. */
  private static final int ROWS = 64;

  private static final int COLUMNS = 512;

  private static final PerThread<Scratch> SCRATCH = new PerThread<>(Scratch::new);

  private final int m;
  private final int n;
  private final int k;
  private final MatrixView a;
  private final MatrixView b;
  private final MatrixView c;

  /** C = A · B for m, n and k of at least 1; each element is one chain of fma, from zero on. */
  ScalarProduct(int m, int n, int k, MatrixView a, MatrixView b, MatrixView c) {
    this.m = m;
    this.n = n;
    this.k = k;
    this.a = a;
    this.b = b;
    this.c = c;
  }

  @Override
  public void run() {
    Scratch scratch = SCRATCH.get();
    for (int j = 0; j < n; j += COLUMNS) {
      int columns = Math.min(COLUMNS, n - j);
      for (int i = 0; i < m; i += ROWS) {
        int rows = Math.min(ROWS, m - i);
        multiply(scratch, i, j, rows, columns);
        for (int row = 0; row < rows; row++) {
          System.arraycopy(scratch.sums[row], 0, c.array(), c.at(i + row, j), columns);
        }
      }
    }
  }

  /** Computes a block of C. */
  private void multiply(Scratch scratch, int i, int j, int rows, int columns) {
    for (int row = 0; row < rows; row++) {
      Arrays.fill(scratch.sums[row], 0, columns, 0f);
    }
    for (int p = 0; p < k; p += TERMS) {
      int terms = Math.min(TERMS, k - p);
      copy(p, j, terms, columns, scratch.terms);
      for (int row = 0; row < rows; row++) {
        float[] sum = scratch.sums[row];
        int at = a.at(i + row, p);
        if (terms == TERMS) {
          addTerms(a.array(), at, a.columnStride(), scratch.terms, sum, columns);
        } else {
          for (int term = 0; term < terms; term++) {
            addTerm(a.array()[at + term * a.columnStride()], scratch.terms[term], sum, columns);
          }
        }
      }
    }
  }

  /** Copies parts of some rows of B. */
  private void copy(int p, int j, int terms, int columns, float[][] rows) {
    for (int term = 0; term < terms; term++) {
      int from = b.at(p + term, j);
      if (b.columnStride() == 1) {
        System.arraycopy(b.array(), from, rows[term], 0, columns);
      } else {
        copyColumn(b.array(), from, b.columnStride(), rows[term], columns);
      }
    }
  }

  private static void copyColumn(float[] x, int from, int stride, float[] y, int n) {
    for (int i = 0; i < n; i++) {
      y[i] = x[from + i * stride];
    }
  }

  private static void addTerm(float x, float[] b, float[] sum, int n) {
    for (int j = 0; j < n; j++) {
      sum[j] = Math.fma(x, b[j], sum[j]);
    }
  }

  private static void addTerms(float[] x, int at, int stride, float[][] b, float[] sum, int n) {
    float x0 = x[at];
    float x1 = x[at + stride];
    float x2 = x[at + 2 * stride];
    float x3 = x[at + 3 * stride];
    float x4 = x[at + 4 * stride];
    float x5 = x[at + 5 * stride];
    float x6 = x[at + 6 * stride];
    float x7 = x[at + 7 * stride];
    float[] b0 = b[0];
    float[] b1 = b[1];
    float[] b2 = b[2];
    float[] b3 = b[3];
    float[] b4 = b[4];
    float[] b5 = b[5];
    float[] b6 = b[6];
    float[] b7 = b[7];
    for (int j = 0; j < n; j++) {
      float y = Math.fma(x0, b0[j], sum[j]);
      y = Math.fma(x1, b1[j], y);
      y = Math.fma(x2, b2[j], y);
      y = Math.fma(x3, b3[j], y);
      y = Math.fma(x4, b4[j], y);
      y = Math.fma(x5, b5[j], y);
      y = Math.fma(x6, b6[j], y);
      sum[j] = Math.fma(x7, b7[j], y);
    }
  }

  /** A thread's rows of B and of C. */
  private static final class Scratch {
    private final float[][] terms = new float[TERMS][COLUMNS];
    private final float[][] sums = new float[ROWS][COLUMNS];
  }
}
