package org.lanewise.bench.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class NativeSettingsTest {
  @Test
  void nothingPresetReachesALibrary() {
    Map<String, String> environment =
        new HashMap<>(
            Map.of(
                "OPENBLAS_CORETYPE", "Haswell",
                "MKL_ENABLE_INSTRUCTIONS", "SSE4_2",
                "ONEDNN_MAX_CPU_ISA", "SSE41",
                "ATEN_CPU_CAPABILITY", "default",
                "OMP_NUM_THREADS", "7",
                "PATH", "/bin"));
    NativeSettings.clear(environment);
    assertThat(environment).containsExactly(Map.entry("PATH", "/bin"));
  }

  @ParameterizedTest
  @CsvSource({
    "AuthenticAMD, fma avx2 avx512f avx512dq avx512bw avx512vl, SKYLAKEX",
    "GenuineIntel, fma avx2 avx512f avx512dq avx512bw avx512vl, SKYLAKEX",
    "GenuineIntel, fma avx2 avx512f avx512er, HASWELL",
    "GenuineIntel, avx2 fma, HASWELL",
    "AuthenticAMD, avx2 fma, ZEN",
  })
  void kernelsFitWhatTheProcessorHas(String vendor, String flags, String type) {
    assertThat(NativeSettings.coreType(vendor, flags)).contains(type);
  }

  @Test
  void openBlasChoosesWhereNothingIsKnown() {
    assertThat(NativeSettings.coreType("", "")).isEmpty();
    assertThat(NativeSettings.coreType("GenuineIntel", "avx sse4_2")).isEmpty();
  }

  @Test
  void everyLibraryIsToldItsThreads() {
    assertThat(NativeSettings.openBlas(3))
        .containsAllEntriesOf(NativeSettings.threads(3))
        .containsEntry("OMP_NUM_THREADS", "3");
  }
}
