package org.lanewise.nn;

import org.lanewise.engine.Shape;
import org.lanewise.nn.activation.Celu;
import org.lanewise.nn.activation.Elu;
import org.lanewise.nn.activation.Gelu;
import org.lanewise.nn.activation.GeluTanh;
import org.lanewise.nn.activation.Glu;
import org.lanewise.nn.activation.HardSigmoid;
import org.lanewise.nn.activation.HardSwish;
import org.lanewise.nn.activation.LeakyRelu;
import org.lanewise.nn.activation.LogSoftmax;
import org.lanewise.nn.activation.Logistic;
import org.lanewise.nn.activation.Mish;
import org.lanewise.nn.activation.PRelu;
import org.lanewise.nn.activation.RRelu;
import org.lanewise.nn.activation.Relu;
import org.lanewise.nn.activation.Relu6;
import org.lanewise.nn.activation.Selu;
import org.lanewise.nn.activation.Softmax;
import org.lanewise.nn.activation.Softplus;
import org.lanewise.nn.activation.Softsign;
import org.lanewise.nn.activation.Swish;
import org.lanewise.nn.activation.Tanh;
import org.lanewise.nn.initializer.Initializer;
import org.lanewise.nn.layer.Dense;
import org.lanewise.nn.layer.Embedding;
import org.lanewise.nn.layer.Flatten;
import org.lanewise.nn.layer.Identity;
import org.lanewise.nn.layer.Layer;
import org.lanewise.nn.layer.Parallel;
import org.lanewise.nn.layer.Reshape;
import org.lanewise.nn.layer.Residual;
import org.lanewise.nn.layer.Sequence;
import org.lanewise.nn.layer.TiedDense;
import org.lanewise.nn.noise.AlphaDropout;
import org.lanewise.nn.noise.Dropout;
import org.lanewise.nn.noise.GaussianDropout;
import org.lanewise.nn.noise.GaussianNoise;
import org.lanewise.nn.normalization.BatchNorm;
import org.lanewise.nn.normalization.BatchRenorm;
import org.lanewise.nn.normalization.LayerNorm;
import org.lanewise.nn.normalization.RmsNorm;

/** The layers, by the names that networks are written with; made to be imported statically. */
public final class Layers {
  private Layers() {}

  /**
   * A fully connected layer with Glorot's uniform initialization and a bias.
   *
   * @param units the number of outputs, at least 1
   * @return the layer
   */
  public static Dense dense(int units) {
    return new Dense(units, Initializer.glorotUniform(), true);
  }

  /**
   * Batch normalization with momentum 0.99 and ε 0.001.
   *
   * @return the layer
   */
  public static BatchNorm batchNorm() {
    return new BatchNorm(0.99, 0.001, true, true);
  }

  /**
   * Batch renormalization with momentum 0.99, ε 0.001, r<sub>max</sub> 3 and d<sub>max</sub> 5.
   *
   * @return the layer
   */
  public static BatchRenorm batchRenorm() {
    return batchNorm().renormalized(3, 5);
  }

  /**
   * Layer normalization with ε 0.001.
   *
   * @return the layer
   */
  public static LayerNorm layerNorm() {
    return new LayerNorm(0.001, true, true);
  }

  /**
   * Root mean square normalization with ε 10<sup>−6</sup>.
   *
   * @return the layer
   */
  public static RmsNorm rmsNorm() {
    return new RmsNorm(1e-6);
  }

  /**
   * Dropout, with what is kept scaled up in training.
   *
   * @param rate the probability that an element is dropped, from 0 to below 1
   * @return the layer
   */
  public static Dropout dropout(double rate) {
    return new Dropout(rate);
  }

  /**
   * Alpha dropout, for self-normalizing networks.
   *
   * @param rate the probability that an element is dropped, from 0 to below 1
   * @return the layer
   */
  public static AlphaDropout alphaDropout(double rate) {
    return new AlphaDropout(rate);
  }

  /**
   * Gaussian noise that is added in training.
   *
   * @param stddev the standard deviation, above 0
   * @return the layer
   */
  public static GaussianNoise gaussianNoise(double stddev) {
    return new GaussianNoise(stddev);
  }

  /**
   * Gaussian noise that is multiplied with in training, as strong as that of dropout.
   *
   * @param rate the rate of the dropout, from 0 to below 1
   * @return the layer
   */
  public static GaussianDropout gaussianDropout(double rate) {
    return new GaussianDropout(rate);
  }

  /**
   * The logistic function.
   *
   * @return the layer
   */
  public static Logistic logistic() {
    return new Logistic();
  }

  /**
   * The logistic function by its other name, as Keras and PyTorch call it: {@link #logistic}.
   *
   * @return the layer, whose kind is {@code logistic}
   */
  public static Logistic sigmoid() {
    return logistic();
  }

  /**
   * The hyperbolic tangent.
   *
   * @return the layer
   */
  public static Tanh tanh() {
    return new Tanh();
  }

  /**
   * The softsign x / (1 + |x|).
   *
   * @return the layer
   */
  public static Softsign softsign() {
    return new Softsign();
  }

  /**
   * The softplus log(1 + e<sup>x</sup>).
   *
   * @return the layer
   */
  public static Softplus softplus() {
    return new Softplus();
  }

  /**
   * The hard sigmoid: x / 6 + 1/2 held between 0 and 1.
   *
   * @return the layer
   */
  public static HardSigmoid hardSigmoid() {
    return new HardSigmoid();
  }

  /**
   * The rectified linear unit.
   *
   * @return the layer
   */
  public static Relu relu() {
    return new Relu();
  }

  /**
   * The rectified linear unit with a ceiling of 6.
   *
   * @return the layer
   */
  public static Relu6 relu6() {
    return new Relu6();
  }

  /**
   * The leaky rectified linear unit with slope 0.01 below 0.
   *
   * @return the layer
   */
  public static LeakyRelu leakyRelu() {
    return leakyRelu(0.01);
  }

  /**
   * The leaky rectified linear unit.
   *
   * @param alpha the slope below 0, from 0 to 1
   * @return the layer
   */
  public static LeakyRelu leakyRelu(double alpha) {
    return new LeakyRelu(alpha);
  }

  /**
   * The leaky rectified linear unit with a huge leak: slope 0.2 below 0.
   *
   * @return the layer
   */
  public static LeakyRelu hugeLeakyRelu() {
    return leakyRelu(0.2);
  }

  /**
   * The randomized leaky rectified linear unit with slopes from 1/8 to 1/3 below 0.
   *
   * @return the layer
   */
  public static RRelu rRelu() {
    return new RRelu(1 / 8.0, 1 / 3.0);
  }

  /**
   * The parametric rectified linear unit, with an α for each unit that starts at 0.25.
   *
   * @return the layer
   */
  public static PRelu pRelu() {
    return new PRelu(0.25);
  }

  /**
   * The exponential linear unit with α = 1.
   *
   * @return the layer
   */
  public static Elu elu() {
    return elu(1);
  }

  /**
   * The exponential linear unit.
   *
   * @param alpha the limit at −∞ with its sign changed, at least 0
   * @return the layer
   */
  public static Elu elu(double alpha) {
    return new Elu(alpha);
  }

  /**
   * The scaled exponential linear unit.
   *
   * @return the layer
   */
  public static Selu selu() {
    return new Selu();
  }

  /**
   * The continuously differentiable exponential linear unit with α = 1.
   *
   * @return the layer
   */
  public static Celu celu() {
    return celu(1);
  }

  /**
   * The continuously differentiable exponential linear unit.
   *
   * @param alpha the limit at −∞ with its sign changed, above 0
   * @return the layer
   */
  public static Celu celu(double alpha) {
    return new Celu(alpha);
  }

  /**
   * The Gaussian error linear unit, with the error function.
   *
   * @return the layer
   */
  public static Gelu gelu() {
    return new Gelu();
  }

  /**
   * The Gaussian error linear unit, in its approximation by tanh.
   *
   * @return the layer
   */
  public static GeluTanh geluTanh() {
    return new GeluTanh();
  }

  /**
   * The swish x σ(βx).
   *
   * @param beta how steep the gate is, above 0
   * @return the layer
   */
  public static Swish swish(double beta) {
    return new Swish(beta);
  }

  /**
   * The sigmoid linear unit x σ(x): swish with β = 1.
   *
   * @return the layer
   */
  public static Swish silu() {
    return swish(1);
  }

  /**
   * The mish x tanh(log(1 + e<sup>x</sup>)).
   *
   * @return the layer
   */
  public static Mish mish() {
    return new Mish();
  }

  /**
   * The hard swish: x times the hard sigmoid of x.
   *
   * @return the layer
   */
  public static HardSwish hardSwish() {
    return new HardSwish();
  }

  /**
   * The gated linear unit: the first half of an example times the logistic function of the second.
   *
   * @return the layer
   */
  public static Glu glu() {
    return new Glu();
  }

  /**
   * The softmax over the last axis, for a network whose outputs are probabilities.
   *
   * @return the layer
   */
  public static Softmax softmax() {
    return new Softmax();
  }

  /**
   * The logarithm of the softmax over the last axis.
   *
   * @return the layer
   */
  public static LogSoftmax logSoftmax() {
    return new LogSoftmax();
  }

  /**
   * Layers one after the other, as one layer.
   *
   * @param layers the layers, the first is applied first; at least one
   * @return the layer
   * @throws IllegalArgumentException if there are none or two have one name
   */
  public static Sequence sequence(Layer... layers) {
    return Sequence.of(layers);
  }

  /**
   * A residual connection: x + layers(x).
   *
   * @param layers the layers that x skips, the first is applied first; at least one
   * @return the layer
   * @throws IllegalArgumentException if there are none or two have one name
   */
  public static Residual residual(Layer... layers) {
    return new Residual(Sequence.of(layers));
  }

  /**
   * Layers side by side over the same input, their outputs concatenated along the last axis.
   *
   * @param branches the layers; at least one
   * @return the layer
   * @throws IllegalArgumentException if there are none or two have one name
   */
  public static Parallel parallel(Layer... branches) {
    return Parallel.of(branches);
  }

  /**
   * The input, unchanged.
   *
   * @return the layer
   */
  public static Identity identity() {
    return new Identity();
  }

  /**
   * Examples of any shape as vectors.
   *
   * @return the layer
   */
  public static Flatten flatten() {
    return new Flatten();
  }

  /**
   * The elements of an example in another shape.
   *
   * @param dimensions the dimensions of an example afterwards
   * @return the layer
   */
  public static Reshape reshape(int... dimensions) {
    return new Reshape(Shape.of(dimensions));
  }

  /**
   * A table of vectors looked up by position, drawn uniformly between ±0.05.
   *
   * @param rows the number of vectors
   * @param size the number of elements of a vector
   * @return the layer
   */
  public static Embedding embedding(int rows, int size) {
    return new Embedding(rows, size, Initializer.uniform(-0.05, 0.05));
  }

  /**
   * A dense layer with the transposed kernel of another layer and a bias of its own.
   *
   * @param layer the name of the other layer
   * @param units the number of outputs: as many as the other layer has inputs
   * @return the layer
   */
  public static TiedDense tiedDense(String layer, int units) {
    return new TiedDense(layer, units);
  }
}
