package org.lanewise.bench.peer;

import static org.bytedeco.pytorch.global.torch.freeze;
import static org.bytedeco.pytorch.global.torch.zeros;

import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.IValueVector;
import org.bytedeco.pytorch.InferenceMode;
import org.bytedeco.pytorch.JitModule;
import org.bytedeco.pytorch.Method;
import org.bytedeco.pytorch.QualifiedName;
import org.bytedeco.pytorch.Tensor;
import org.lanewise.bench.compare.PredictionWork;
import org.lanewise.bench.compare.Task;
import org.lanewise.nn.network.Parameters;

/** A prediction as one frozen TorchScript function, which takes one call from Java. */
final class LibtorchPrediction implements Task {
  @SuppressWarnings("UnusedVariable") // The mode lasts as long as its guard.
  private final InferenceMode guard = new InferenceMode();

  private final float[] examples;
  private final float[] outputs;
  private final Method forward;
  private final FloatPointer input;
  private final IValueVector arguments;

  LibtorchPrediction(PredictionWork work, Parameters parameters, float[] examples) {
    int[] units = work.layers();
    this.examples = examples;
    outputs = new float[work.batch() * units[units.length - 1]];
    JitModule module = new JitModule(new QualifiedName("Network"));
    StringBuilder script = new StringBuilder("def forward(self, x: Tensor):\n");
    for (int i = 1; i < units.length; i++) {
      float[] kernel = parameters.get("dense" + i + "/kernel").toArray();
      float[] bias = parameters.get("dense" + i + "/bias").toArray();
      Tensor weight = Libtorch.tensor(kernel, units[i - 1], units[i]).t().contiguous();
      module.register_buffer("w" + i, weight);
      module.register_buffer("b" + i, Libtorch.tensor(bias, units[i]));
      script.append("    x = torch.linear(x, self.w" + i + ", self.b" + i + ")\n");
      if (i < units.length - 1) {
        script.append("    x = torch.elu_(x)\n");
      }
    }
    module.define(script + "    return x\n");
    module.eval();
    forward = freeze(module).get_method("forward");
    Tensor x = zeros(work.batch(), units[0]);
    input = x.data_ptr_float();
    arguments = new IValueVector(new IValue(x));
  }

  @Override
  @SuppressWarnings("try") // The scope frees what is made while it is open.
  public void run() {
    try (PointerScope scope = new PointerScope()) {
      input.put(examples);
      forward.apply(arguments).toTensor().data_ptr_float().get(outputs);
    }
  }

  @Override
  public float[] results() {
    run();
    return outputs;
  }
}
