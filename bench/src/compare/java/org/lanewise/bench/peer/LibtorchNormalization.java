package org.lanewise.bench.peer;

import static org.bytedeco.pytorch.global.torch.batch_norm;
import static org.bytedeco.pytorch.global.torch.elu_;
import static org.bytedeco.pytorch.global.torch.grad;

import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;
import org.lanewise.bench.compare.NormalizationWork;
import org.lanewise.bench.compare.Results;
import org.lanewise.bench.compare.Task;

/** Bias, batch normalization and ELU with autograd's gradients, which are not accumulated. */
final class LibtorchNormalization implements Task {
  private final Tensor x;
  private final Tensor gy;
  private final Tensor bias;
  private final Tensor gamma;
  private final Tensor beta;

  LibtorchNormalization(NormalizationWork work) {
    x = variable(work.x(), work.rows(), work.columns());
    gy = Libtorch.tensor(work.gy(), work.rows(), work.columns());
    bias = variable(work.vector(1), work.columns());
    gamma = variable(work.vector(2), work.columns());
    beta = variable(work.vector(3), work.columns());
  }

  private static Tensor variable(float[] values, long... sizes) {
    return Libtorch.tensor(values, sizes).set_requires_grad(true);
  }

  @Override
  @SuppressWarnings("try") // The scope frees what is made while it is open.
  public void run() {
    try (PointerScope scope = new PointerScope()) {
      gradients(forward());
    }
  }

  private Tensor forward() {
    TensorOptional none = new TensorOptional();
    Tensor normalized =
        batch_norm(
            x.add(bias),
            new TensorOptional(gamma),
            new TensorOptional(beta),
            none,
            none,
            true,
            0,
            NormalizationWork.EPSILON,
            false);
    return elu_(normalized);
  }

  private TensorVector gradients(Tensor y) {
    return grad(
        new TensorVector(y),
        new TensorVector(x, gamma, beta, bias),
        new TensorVector(gy),
        new BoolOptional(),
        false,
        false);
  }

  @Override
  @SuppressWarnings("try") // The scope frees what is made while it is open.
  public float[] results() {
    try (PointerScope scope = new PointerScope()) {
      Tensor y = forward();
      TensorVector gradients = gradients(y);
      return Results.concatenate(
          List.of(
              Libtorch.array(y.detach()),
              Libtorch.array(gradients.get(0)),
              Libtorch.array(gradients.get(1)),
              Libtorch.array(gradients.get(2))));
    }
  }
}
