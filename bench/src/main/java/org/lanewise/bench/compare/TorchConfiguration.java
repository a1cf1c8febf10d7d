package org.lanewise.bench.compare;

import java.util.List;
import java.util.stream.Collectors;

/** PyTorch's description of itself, as {@code torch.__config__.show()} prints it. */
public final class TorchConfiguration {
  private static final List<String> KERNELS =
      List.of("CPU capability usage: ", "Intel(R) oneAPI Math Kernel", "Intel(R) MKL-DNN");

  private TorchConfiguration() {}

  /**
   * What it computes with.
   *
   * @param description the whole description: one item a line, each after a hyphen
   * @return the items that tell the kernels, with commas between them
   */
  public static String kernels(String description) {
    return description
        .lines()
        .map(line -> line.strip().replaceFirst("^- ", ""))
        .filter(item -> KERNELS.stream().anyMatch(item::startsWith))
        .collect(Collectors.joining(", "));
  }
}
