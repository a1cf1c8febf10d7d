package org.lanewise.nn.network;

import java.util.Comparator;
import java.util.Map;

/**
 * Where a network's parameters are found in a file of another program.
 *
 * <pre>{@code
 * Parameters trained =
 *     network.loadParameters(
 *         path, ParameterMapping.pyTorch().layers(Map.of("hidden", "fc1", "output", "fc2")));
 * }</pre>
 */
@FunctionalInterface
public interface ParameterMapping {
  /**
   * Where a parameter is found.
   *
   * @param parameter its full name, as in {@code hidden/kernel}
   * @return the tensor that holds it
   * @throws IllegalArgumentException if there is none in such files
   */
  Stored find(String parameter);

  /**
   * A tensor of a file that holds a parameter.
   *
   * @param name its name in the file
   * @param transposed whether it is the parameter with its two axes exchanged
   */
  record Stored(String name, boolean transposed) {}

  /**
   * Where PyTorch has the parameters of layers that are named like its modules: {@code 0/kernel} is
   * the transpose of {@code 0.weight}. A part of a layer is a module in a module: {@code
   * block/dense1/bias} is {@code block.dense1.bias}.
   *
   * <ul>
   *   <li>Linear: {@code kernel} is the transpose of {@code weight} [out, in], {@code bias} is
   *       {@code bias}.
   *   <li>BatchNorm, LayerNorm: {@code gamma} is {@code weight}, {@code beta} is {@code bias};
   *       {@code running_mean} has that name and {@code running_variance} is {@code running_var}.
   *   <li>PReLU: {@code alpha} is {@code weight}. Embedding: {@code table} is {@code weight}.
   * </ul>
   *
   * <p>Descriptions are not read, so the network has to be given the numbers that PyTorch uses: its
   * batch normalization has an ε of 10<sup>−5</sup>, and its momentum of 0.1 is one of 0.9 here,
   * where momentum is what stays. Its running variance moves towards the unbiased variance of a
   * batch, ours towards the biased one. Inference takes it as it is, so outputs are the same; only
   * training that goes on moves it a little less far.
   *
   * @return the mapping; other parameters are refused
   */
  static ParameterMapping pyTorch() {
    return PyTorchNames::find;
  }

  /**
   * The same mapping for a network whose layers have other names.
   *
   * @param names the names that this mapping knows, by the names of layers, or of parts of layers
   *     as in {@code block/dense1}; others stay as they are
   * @return the mapping
   */
  default ParameterMapping layers(Map<String, String> names) {
    Map<String, String> known = Map.copyOf(names);
    return parameter ->
        find(
            known.keySet().stream()
                .filter(layer -> parameter.startsWith(layer + "/"))
                .max(Comparator.comparingInt(String::length))
                .map(layer -> known.get(layer) + parameter.substring(layer.length()))
                .orElse(parameter));
  }
}
