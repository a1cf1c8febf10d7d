package org.lanewise.nn.layer;

import java.util.ArrayList;
import java.util.List;
import org.lanewise.autodiff.Variable;
import org.lanewise.engine.Shape;
import org.lanewise.engine.Tensor;
import org.lanewise.engine.random.RandomStream;
import org.lanewise.nn.initializer.Initializer;

/**
 * A dense layer whose weights are learned as a length and a direction: y = x · kernel + bias where
 * the kernel of a unit is g v / ‖v‖.
 *
 * <p>Parameters: {@code direction} v [inputs, units], drawn as the kernel would be; {@code length}
 * g [units], which starts at lengths that such a kernel's units have, so that the layer starts as
 * the dense layer would; and, with a bias, {@code bias} [units]. A unit's v must not be 0.
 *
 * <p>Source: Salimans and Kingma, <i>Weight normalization</i>, 2016, equation 2.
 *
 * @param dense the dense layer
 */
public record WeightNorm(Dense dense) implements Layer {
  @Override
  public String kind() {
    return "weight_norm";
  }

  @Override
  public Shape outputShape(Shape input) {
    if (input.rank() != 1) {
      throw new IllegalArgumentException(
          "weight_norm: expected examples that are vectors, was shape " + input);
    }
    return dense.outputShape(input);
  }

  @Override
  public List<Parameter> parameters(Shape input) {
    List<Parameter> parameters = new ArrayList<>();
    for (Parameter parameter : dense.parameters(input)) {
      if (parameter.name().equals("kernel")) {
        Shape kernel = parameter.shape();
        parameters.add(Parameter.trainable("direction", kernel, dense.initializer()));
        parameters.add(
            Parameter.trainable(
                "length", Shape.of(dense.units()), new Lengths(dense.initializer(), kernel)));
      } else {
        parameters.add(parameter);
      }
    }
    return parameters;
  }

  /** The product is scaled instead of the kernel: a batch is smaller as a rule. */
  @Override
  public Variable record(Recording recording, Variable x) {
    Variable direction = recording.parameter("direction");
    Variable factor = direction.square().sum(0).rsqrt().multiply(recording.parameter("length"));
    Variable product = x.matmul(direction).multiply(factor);
    return dense.bias() ? product.add(recording.parameter("bias")) : product;
  }

  /**
   * Draws a kernel and gives the lengths of its columns. The direction of a normal kernel says
   * nothing of its length, so lengths of another draw are as good as its own.
   */
  private record Lengths(Initializer initializer, Shape kernel) implements Initializer {
    @Override
    public Tensor initialize(Shape shape, RandomStream stream) {
      Tensor drawn = initializer.initialize(kernel, stream);
      int units = kernel.dimension(1);
      Tensor lengths = Tensor.zeros(shape);
      for (int unit = 0; unit < units; unit++) {
        double squares = 0;
        for (int i = unit; i < drawn.size(); i += units) {
          double weight = drawn.storage()[drawn.offset() + i];
          squares += weight * weight;
        }
        if (squares == 0) {
          throw new IllegalArgumentException(
              "weight_norm: expected an initializer that gives no unit weights of 0 alone, was "
                  + initializer);
        }
        lengths.array()[unit] = (float) Math.sqrt(squares);
      }
      return lengths;
    }
  }
}
