package org.lanewise.bench.compare;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The environment variables that steer native libraries. What they choose is a part of the
 * comparison, so nothing that happens to be set on a machine reaches them.
 */
public final class NativeSettings {
  private static final List<String> PREFIXES =
      List.of("OPENBLAS_", "GOTO_", "OMP_", "GOMP_", "KMP_", "MKL_", "DNNL_", "ONEDNN_", "ATEN_");

  private static final String CORE_TYPE = "OPENBLAS_CORETYPE";

  private NativeSettings() {}

  /** Takes what is preset for a native library out of an environment. */
  static void clear(Map<String, String> environment) {
    environment.keySet().removeIf(name -> PREFIXES.stream().anyMatch(name::startsWith));
  }

  /**
   * The variables for a number of threads, in all libraries that have such a variable.
   *
   * @param threads the threads to compute with
   * @return the variables
   */
  public static Map<String, String> threads(int threads) {
    String number = Integer.toString(threads);
    return Map.of(
        "OPENBLAS_NUM_THREADS", number, "OMP_NUM_THREADS", number, "MKL_NUM_THREADS", number);
  }

  /**
   * The same, and the kernels of OpenBLAS that fit this processor.
   *
   * @param threads the threads to compute with
   * @return the variables
   */
  public static Map<String, String> openBlas(int threads) {
    Map<String, String> environment = new HashMap<>(threads(threads));
    coreType(Machine.cpu("vendor_id"), Machine.cpu("flags"))
        .ifPresent(type -> environment.put(CORE_TYPE, type));
    return environment;
  }

  /**
   * OpenBLAS chooses slow kernels on processors that are newer than itself, and some others can be
   * faster than those it chooses.
   *
   * @param vendor the maker as Linux names it
   * @param flags the names of what the processor can do, with spaces between them
   * @return the name of the kernels, or nothing where OpenBLAS is to choose
   */
  static Optional<String> coreType(String vendor, String flags) {
    Set<String> has = Set.copyOf(List.of(flags.split(" ", -1)));
    if (has.containsAll(List.of("avx512f", "avx512bw", "avx512dq", "avx512vl"))) {
      return Optional.of("SKYLAKEX");
    }
    if (has.containsAll(List.of("avx2", "fma"))) {
      return Optional.of(vendor.equals("AuthenticAMD") ? "ZEN" : "HASWELL");
    }
    return Optional.empty();
  }
}
