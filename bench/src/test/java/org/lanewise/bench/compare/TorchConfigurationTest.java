package org.lanewise.bench.compare;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class TorchConfigurationTest {
  @Test
  void keepsTheItemsThatTellTheKernels() {
    String description =
        """
        PyTorch built with:
          - GCC 9.3
          - Intel(R) oneAPI Math Kernel Library Version 2024.2-Product
          - Intel(R) MKL-DNN v3.7.1
          - LAPACK is enabled (usually provided by MKL)
          - CPU capability usage: AVX512
          - Build settings: BLAS_INFO=mkl, USE_MKL=ON
        """;
    assertThat(TorchConfiguration.kernels(description))
        .isEqualTo(
            "Intel(R) oneAPI Math Kernel Library Version 2024.2-Product, Intel(R) MKL-DNN v3.7.1,"
                + " CPU capability usage: AVX512");
  }
}
