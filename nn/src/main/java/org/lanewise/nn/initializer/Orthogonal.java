package org.lanewise.nn.initializer;

import org.lanewise.engine.Shape;
import org.lanewise.engine.Tensor;
import org.lanewise.engine.random.Distribution;
import org.lanewise.engine.random.RandomStream;
import org.lanewise.nn.check.Checks;

/**
 * Draws a matrix with orthogonal columns of one length, every such matrix equally likely (Haar's
 * measure): a layer that starts with it turns its inputs and neither stretches nor squeezes them.
 * Of a matrix with more columns than rows the rows are orthogonal.
 *
 * <p>All axes but the last are taken together as rows, so a convolution's kernel [receptive field…,
 * inputs, outputs] has orthogonal filters.
 *
 * <p>Source: Saxe, McClelland and Ganguli, <i>Exact solutions to the nonlinear dynamics of learning
 * in deep linear neural networks</i>, 2014. Made from normal draws by Gram and Schmidt's process in
 * double precision, each vector orthogonalized twice, which leaves it orthogonal to rounding
 * (Giraud et al., <i>Rounding error analysis of the classical Gram-Schmidt orthogonalization
 * process</i>, 2005). It takes time in proportion to the larger times the square of the smaller
 * dimension.
 *
 * @param gain the length of the vectors, above 0 and finite as a float
 */
public record Orthogonal(double gain) implements Initializer {
  /**
   * Checks the gain.
   *
   * @throws IllegalArgumentException if the gain is not above 0 and finite as a float
   */
  public Orthogonal {
    Checks.positive("orthogonal", "a gain", gain);
  }

  /**
   * Draws a matrix.
   *
   * @throws IllegalArgumentException if the shape has fewer than two axes
   */
  @Override
  public Tensor initialize(Shape shape, RandomStream stream) {
    if (shape.rank() < 2) {
      throw new IllegalArgumentException(
          "orthogonal: expected a shape of at least two axes, was " + shape);
    }
    Tensor weights = Tensor.zeros(shape);
    if (weights.size() == 0) {
      return weights;
    }
    int columns = shape.dimension(-1);
    int rows = weights.size() / columns;
    double[][] vectors = orthonormal(Math.min(rows, columns), Math.max(rows, columns), stream);
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        double element = columns <= rows ? vectors[column][row] : vectors[row][column];
        weights.array()[row * columns + column] = (float) (gain * element);
      }
    }
    return weights;
  }

  private static double[][] orthonormal(int count, int length, RandomStream stream) {
    double[][] vectors = new double[count][length];
    float[] draws = new float[length];
    RandomStream next = stream;
    for (int i = 0; i < count; i++) {
      next = next.fill(Distribution.normal(), draws, 0, length);
      double[] vector = vectors[i];
      for (int k = 0; k < length; k++) {
        vector[k] = draws[k];
      }
      for (int pass = 0; pass < 2; pass++) {
        for (int j = 0; j < i; j++) {
          subtract(dot(vectors[j], vector), vectors[j], vector);
        }
        double norm = Math.sqrt(dot(vector, vector));
        for (int k = 0; k < length; k++) {
          vector[k] /= norm;
        }
      }
    }
    return vectors;
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int k = 0; k < a.length; k++) {
      sum += a[k] * b[k];
    }
    return sum;
  }

  private static void subtract(double factor, double[] a, double[] from) {
    for (int k = 0; k < a.length; k++) {
      from[k] -= factor * a[k];
    }
  }
}
