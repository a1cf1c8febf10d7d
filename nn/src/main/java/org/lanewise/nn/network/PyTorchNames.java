package org.lanewise.nn.network;

import java.util.Map;
import org.lanewise.nn.network.ParameterMapping.Stored;

/** Our parameters among those of PyTorch's modules. */
final class PyTorchNames {
  private static final Map<String, Stored> NAMES =
      Map.of(
          "kernel", new Stored("weight", true),
          "bias", new Stored("bias", false),
          "gamma", new Stored("weight", false),
          "beta", new Stored("bias", false),
          "running_mean", new Stored("running_mean", false),
          "running_variance", new Stored("running_var", false),
          "alpha", new Stored("weight", false),
          "table", new Stored("weight", false));

  private PyTorchNames() {}

  static Stored find(String parameter) {
    int end = parameter.lastIndexOf('/') + 1;
    Stored stored = NAMES.get(parameter.substring(end));
    if (stored == null) {
      throw new IllegalArgumentException(
          "mapping: expected a parameter that PyTorch has as well, was " + parameter);
    }
    String module = parameter.substring(0, end).replace('/', '.');
    return new Stored(module + stored.name(), stored.transposed());
  }
}
