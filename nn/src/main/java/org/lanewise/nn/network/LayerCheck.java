package org.lanewise.nn.network;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.lanewise.autodiff.GradientCheck;
import org.lanewise.autodiff.GradientReport;
import org.lanewise.autodiff.Tape;
import org.lanewise.autodiff.Variable;
import org.lanewise.engine.Shape;
import org.lanewise.engine.Tensor;
import org.lanewise.engine.operation.Draw;
import org.lanewise.engine.random.Distribution;
import org.lanewise.engine.random.RandomStream;
import org.lanewise.nn.layer.Layer;
import org.lanewise.nn.layer.Mode;
import org.lanewise.nn.layer.Parameter;

/**
 * A check of the gradients of a layer, one of your own above all: those by its examples and by each
 * of its parameters, in training and in inference, by {@link GradientCheck} to second order.
 *
 * <pre>{@code
 * LayerCheck.of(new MyLayer(3), 5).assertPasses();
 * }</pre>
 *
 * <p>Learned parameters are drawn from the standard normal distribution whatever their initializer
 * says, because ones and zeros hide mistakes; statistics from 0.5 to 1.5. Penalties of the layer
 * are added to what it gives. Layers that make noise draw the same in every evaluation.
 *
 * @param layer the layer
 * @param examples the batch that it is checked at, [batch, example shape…]; not close to its kinks
 * @param seed the seed of parameters, draws and the check
 */
public record LayerCheck(Layer layer, Tensor examples, long seed) {
  private static final int BATCH = 3;

  /**
   * The check at three examples of a shape, with elements from 0.1 to 1.1 and as many below 0.
   *
   * @param layer the layer
   * @param example the dimensions of an example
   * @return the check
   */
  public static LayerCheck of(Layer layer, int... example) {
    Tensor examples = Tensor.zeros(Network.batched(BATCH, Shape.of(example)).dimensions());
    RandomStream.of(0).fill(Distribution.uniform(-1, 1), examples.array(), 0, examples.size());
    for (int i = 0; i < examples.size(); i++) {
      // Many layers have a kink at 0.
      examples.array()[i] += examples.array()[i] < 0 ? -0.1f : 0.1f;
    }
    return new LayerCheck(layer, examples, 0);
  }

  /**
   * This check with other parameters, draws and samples.
   *
   * @param newSeed any number
   * @return the changed check
   */
  public LayerCheck seed(long newSeed) {
    return new LayerCheck(layer, examples, newSeed);
  }

  /**
   * Checks in both modes.
   *
   * @throws AssertionError if a gradient is wrong; the message is the report
   * @throws IllegalArgumentException if the layer does not take the examples, or gives another
   *     shape than it promises
   */
  public void assertPasses() {
    for (Mode mode : Mode.values()) {
      GradientReport report = check(mode);
      if (!report.passes()) {
        throw new AssertionError(layer.kind() + " in " + mode + ": " + report);
      }
    }
  }

  /**
   * Checks in one mode. Input 0 of the report is the examples; the parameters follow in their
   * order.
   *
   * @param mode training or inference
   * @return what was found
   * @throws IllegalArgumentException if the layer does not take the examples, or gives another
   *     shape than it promises
   */
  public GradientReport check(Mode mode) {
    Shape promised = Network.batched(examples.shape().dimension(0), layer.outputShape(example()));
    List<Tensor> point = new ArrayList<>(List.of(examples));
    for (Parameter parameter : parameters()) {
      Distribution distribution =
          parameter.trainable() ? Distribution.normal() : Distribution.uniform(0.5, 1.5);
      Tensor drawn = Tensor.zeros(parameter.shape().dimensions());
      RandomStream.of(seed)
          .child(parameter.name())
          .fill(distribution, drawn.array(), 0, drawn.size());
      point.add(drawn);
    }
    return GradientCheck.of(inputs -> record(mode, inputs, promised))
        .seed(seed)
        .check(point.toArray(Tensor[]::new));
  }

  private Shape example() {
    int[] dimensions = examples.shape().dimensions();
    int[] one = new int[dimensions.length - 1];
    System.arraycopy(dimensions, 1, one, 0, one.length);
    return Shape.of(one);
  }

  private List<Parameter> parameters() {
    return layer.parameters(example());
  }

  private Variable record(Mode mode, List<Variable> inputs, Shape promised) {
    Variable x = inputs.getFirst();
    Tape tape = x.tape();
    Variable step = tape.constant(Tensor.zeros(Draw.COUNTER));
    Optional<Draws> draws =
        mode == Mode.TRAINING ? Optional.of(new Draws(seed, step)) : Optional.empty();
    NetworkRecorder recorder = new NetworkRecorder(tape, mode, Frozen.NOTHING, draws);
    List<Parameter> parameters = parameters();
    for (int i = 0; i < parameters.size(); i++) {
      recorder.add(parameters.get(i).in(layer.kind()), inputs.get(i + 1));
    }
    Variable y = layer.record(recorder.scope(layer.kind()), x);
    if (!y.shape().equals(promised)) {
      throw new IllegalArgumentException(
          layer.kind() + ": expected the promised shape " + promised + ", was " + y.shape());
    }
    return recorder.finish(List.of(y)).penalties().stream().reduce(y, Variable::add);
  }
}
