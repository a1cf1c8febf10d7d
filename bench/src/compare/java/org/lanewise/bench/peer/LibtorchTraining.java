package org.lanewise.bench.peer;

import static org.bytedeco.pytorch.global.torch.batch_norm;
import static org.bytedeco.pytorch.global.torch.cross_entropy_loss;
import static org.bytedeco.pytorch.global.torch.elu_;
import static org.bytedeco.pytorch.global.torch.grad;
import static org.bytedeco.pytorch.global.torch.linear;
import static org.bytedeco.pytorch.global.torch.ones;
import static org.bytedeco.pytorch.global.torch.zeros;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.IValueVector;
import org.bytedeco.pytorch.Method;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;
import org.lanewise.bench.compare.Results;
import org.lanewise.bench.compare.Task;
import org.lanewise.bench.compare.TrainingWork;
import org.lanewise.nn.network.Parameters;

/**
 * The training step: autograd's gradients without accumulating them, then clipping and the update
 * by the fused kernels that PyTorch's own optimizers use with {@code fused=True}.
 */
final class LibtorchTraining {
  private static final double MOMENTUM = 0.01;
  private static final double EPSILON = 0.001;

  /** A dense layer, and the batch normalization and activation after it but for the last. */
  private record Layer(
      Tensor weight,
      TensorOptional bias,
      TensorOptional gamma,
      TensorOptional beta,
      TensorOptional mean,
      TensorOptional variance,
      boolean last) {

    Tensor forward(Tensor x) {
      Tensor product = linear(x, weight, bias);
      return last
          ? product
          : elu_(batch_norm(product, gamma, beta, mean, variance, true, MOMENTUM, EPSILON, false));
    }
  }

  private final List<Layer> layers = new ArrayList<>();
  private final List<Tensor> parameters = new ArrayList<>();
  private final TensorVector trained;
  private final Method update;
  private final float[] examples;
  private final long[] labels;
  private final Tensor x;
  private final Tensor y;
  private final FloatPointer inputs;

  LibtorchTraining(TrainingWork work) {
    int[] units = work.layers();
    Parameters initial = work.network().initialize(0);
    for (int i = 1; i < units.length; i++) {
      layers.add(layer(initial, i, units[i - 1], units[i], i == units.length - 1));
    }
    trained = new TensorVector(parameters.toArray(Tensor[]::new));
    update = FusedUpdate.of(work.rule(), parameters);
    examples = work.examples();
    labels = Arrays.stream(work.labels()).asLongStream().toArray();
    x = zeros(work.batch(), units[0]);
    inputs = x.data_ptr_float();
    y = org.bytedeco.pytorch.global.torch.tensor(labels);
  }

  private Layer layer(Parameters initial, int number, int inputs, int units, boolean last) {
    // Both sides draw the same kernel; libtorch keeps it transposed.
    Tensor weight =
        Libtorch.tensor(initial.get("dense" + number + "/kernel").toArray(), inputs, units)
            .t()
            .contiguous();
    Tensor gamma = ones(units);
    Tensor beta = zeros(units);
    Tensor bias = zeros(units);
    parameters.addAll(last ? List.of(weight, bias) : List.of(weight, bias, gamma, beta));
    parameters.forEach(parameter -> parameter.set_requires_grad(true));
    return new Layer(
        weight,
        new TensorOptional(bias),
        new TensorOptional(gamma),
        new TensorOptional(beta),
        new TensorOptional(zeros(units)),
        new TensorOptional(ones(units)),
        last);
  }

  Task task() {
    return Results.ofSteps(this::step);
  }

  @SuppressWarnings("try") // The scope frees what is made while it is open.
  private float step() {
    try (PointerScope scope = new PointerScope()) {
      inputs.put(examples);
      y.data_ptr_long().put(labels);
      Tensor h = x;
      for (Layer layer : layers) {
        h = layer.forward(h);
      }
      Tensor loss = cross_entropy_loss(h, y);
      TensorVector gradients = grad(new TensorVector(loss), trained);
      IValue[] arguments = new IValue[parameters.size()];
      for (int i = 0; i < arguments.length; i++) {
        arguments[i] = new IValue(gradients.get(i));
      }
      update.apply(new IValueVector(arguments));
      return loss.item_float();
    }
  }
}
