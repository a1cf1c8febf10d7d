package org.lanewise.bench.peer;

import static org.bytedeco.openblas.global.openblas_nolapack.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasRowMajor;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasTrans;
import static org.bytedeco.openblas.global.openblas_nolapack.cblas_sgemm;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.openblas.global.openblas_nolapack;
import org.lanewise.bench.compare.Contestant;
import org.lanewise.bench.compare.Machine;
import org.lanewise.bench.compare.MatrixProductWork;
import org.lanewise.bench.compare.Task;
import org.lanewise.bench.compare.Work;

/** OpenBLAS itself, on operands outside the heap, with the kernels that the processor has. */
@SuppressWarnings("restricted") // Asking the library is a call of native code.
public final class OpenBlas implements Contestant {
  private static final int LONGEST_LINE = 1000;

  /** For the service loader. */
  public OpenBlas() {}

  @Override
  public String name() {
    return "OpenBLAS";
  }

  /**
   * OpenBLAS chooses slow kernels on processors that are newer than itself, and some others can be
   * faster than those it chooses.
   */
  static Map<String, String> environmentOf(int threads) {
    Map<String, String> environment = new HashMap<>();
    String number = Integer.toString(threads);
    environment.put("OPENBLAS_NUM_THREADS", number);
    environment.put("OMP_NUM_THREADS", number);
    environment.put("MKL_NUM_THREADS", number);
    if (System.getenv("OPENBLAS_CORETYPE") == null) {
      String flags = " " + Machine.cpu("flags") + " ";
      if (flags.contains(" avx512f ")) {
        environment.put("OPENBLAS_CORETYPE", "SKYLAKEX");
      } else if (flags.contains(" avx2 ")) {
        boolean amd = Machine.cpu("vendor_id").equals("AuthenticAMD");
        environment.put("OPENBLAS_CORETYPE", amd ? "ZEN" : "HASWELL");
      }
    }
    return environment;
  }

  @Override
  public Map<String, String> environment(int threads) {
    return environmentOf(threads);
  }

  /** The loaded library's description of itself, which its Java binding does not ask for. */
  static String loaded() {
    // The binding lies beside the library, which is loaded by now.
    Path library = Path.of(Loader.load(openblas_nolapack.class)).resolveSibling("libopenblas.so.0");
    SymbolLookup symbols = SymbolLookup.libraryLookup(library, Arena.global());
    return said(symbols, "openblas_get_config");
  }

  private static String said(SymbolLookup symbols, String function) {
    MethodHandle handle =
        Linker.nativeLinker()
            .downcallHandle(
                symbols.findOrThrow(function), FunctionDescriptor.of(ValueLayout.ADDRESS));
    try {
      return ((MemorySegment) handle.invokeExact()).reinterpret(LONGEST_LINE).getString(0);
    } catch (Throwable e) {
      throw new IllegalStateException("openblas: " + function, e);
    }
  }

  @Override
  public String version() {
    return loaded();
  }

  @Override
  public boolean does(Work work, int threads) {
    return work instanceof MatrixProductWork;
  }

  @Override
  public Task open(Work work, int threads) {
    MatrixProductWork product = (MatrixProductWork) work;
    int m = product.m();
    int n = product.n();
    int k = product.k();
    FloatPointer a = aligned(product.a());
    FloatPointer b = aligned(product.b());
    FloatPointer c = aligned(new float[m * n]);
    return new Task() {
      @Override
      public void run() {
        cblas_sgemm(
            CblasRowMajor,
            product.left() ? CblasTrans : CblasNoTrans,
            product.right() ? CblasTrans : CblasNoTrans,
            m,
            n,
            k,
            1,
            a,
            product.left() ? m : k,
            b,
            product.right() ? k : n,
            0,
            c,
            n);
      }

      @Override
      public float[] results() {
        run();
        float[] results = new float[m * n];
        c.get(results);
        return results;
      }
    };
  }

  /** A copy outside the heap that starts with a cache line. */
  private static FloatPointer aligned(float[] values) {
    FloatPointer pointer = new FloatPointer(values.length + 16L);
    long past = pointer.address() % 64 / Float.BYTES;
    return pointer.position((16 - past) % 16).put(values);
  }
}
