package org.lanewise.bench.peer;

import static org.bytedeco.pytorch.global.torch.zeros;
import static org.bytedeco.pytorch.global.torch.zeros_like;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.JitModule;
import org.bytedeco.pytorch.Method;
import org.bytedeco.pytorch.QualifiedName;
import org.bytedeco.pytorch.Tensor;
import org.lanewise.bench.compare.TrainingWork.Rule;

/**
 * Clipping by global norm and an optimizer's step over all parameters at once, by the operators
 * that PyTorch's Python optimizers call. The C++ optimizers know one parameter at a time; the
 * binding reaches these operators through TorchScript alone.
 */
@SuppressWarnings("InlineFormatString") // Scripts read better beside each other.
final class FusedUpdate {
  private static final String CLIPPING =
      """
      def update(self, %s):
          grads = %s
          params = %s
          m = %s
          total = torch.linalg_vector_norm(torch.stack(torch._foreach_norm(grads, 2)), 2)
          torch._foreach_mul_(grads, torch.clamp(1.0 / (total + 1e-6), max=1.0))
      """;

  private static final String ADAM =
      """
          v = %s
          steps = %s
          torch._foreach_add_(steps, 1)
          torch._fused_adam_(params, grads, m, v, [], steps, lr=%s, beta1=0.9, beta2=0.999,
              weight_decay=0.0, eps=1e-7, amsgrad=False, maximize=False)
          return params, grads, m, v, steps
      """;

  private static final String MOMENTUM =
      """
          torch._fused_sgd_(params, grads, m, weight_decay=0.0, momentum=0.9, lr=%s, dampening=0.0,
              nesterov=False, maximize=False, is_first_step=False)
          return params, grads, m
      """;

  private FusedUpdate() {}

  /** A method of TorchScript that takes the gradients, in the order of the parameters. */
  static Method of(Rule rule, List<Tensor> parameters) {
    JitModule module = new JitModule(new QualifiedName("Update"));
    for (int i = 0; i < parameters.size(); i++) {
      Tensor parameter = parameters.get(i).detach();
      module.register_buffer("p" + i, parameter);
      module.register_buffer("m" + i, zeros_like(parameter));
      module.register_buffer("v" + i, zeros_like(parameter));
      module.register_buffer("t" + i, zeros(new long[0]));
    }
    int n = parameters.size();
    String head =
        String.format(
            Locale.ROOT,
            CLIPPING,
            each(n, "g%d: Tensor"),
            list(n, "g%d"),
            list(n, "self.p%d"),
            list(n, "self.m%d"));
    // What is returned is what the interpreter must not take for dead code.
    String body =
        switch (rule) {
          case ADAM ->
              String.format(
                  Locale.ROOT, ADAM, list(n, "self.v%d"), list(n, "self.t%d"), rule.learningRate());
          case MOMENTUM -> String.format(Locale.ROOT, MOMENTUM, rule.learningRate());
        };
    module.define(head + body);
    return module.get_method("update");
  }

  private static String list(int n, String format) {
    return "[" + each(n, format) + "]";
  }

  private static String each(int n, String format) {
    return IntStream.range(0, n)
        .mapToObj(i -> String.format(Locale.ROOT, format, i))
        .collect(Collectors.joining(", "));
  }
}
