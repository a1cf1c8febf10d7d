package org.lanewise.bench.peer;

import static org.bytedeco.openblas.global.openblas_nolapack.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasRowMajor;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasTrans;
import static org.bytedeco.openblas.global.openblas_nolapack.cblas_sgemm;

import java.util.Map;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.openblas.global.openblas_nolapack;
import org.lanewise.bench.compare.Contestant;
import org.lanewise.bench.compare.LoadedLibrary;
import org.lanewise.bench.compare.MatrixProductWork;
import org.lanewise.bench.compare.NativeSettings;
import org.lanewise.bench.compare.Task;
import org.lanewise.bench.compare.Work;

/** OpenBLAS itself, on operands outside the heap, with the kernels that the processor has. */
public final class OpenBlas implements Contestant {
  /** For the service loader. */
  public OpenBlas() {}

  @Override
  public String name() {
    return "OpenBLAS";
  }

  @Override
  public Map<String, String> environment(int threads) {
    return NativeSettings.openBlas(threads);
  }

  /** What the loaded library is and computes with, which its Java binding does not ask for. */
  static String loaded() {
    LoadedLibrary library = LoadedLibrary.named("libopenblas");
    return library.text("openblas_get_config")
        + ", kernels of "
        + library.text("openblas_get_corename");
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
    Loader.load(openblas_nolapack.class);
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
  static FloatPointer aligned(float[] values) {
    FloatPointer pointer = new FloatPointer(values.length + 16L);
    long past = pointer.address() % 64 / Float.BYTES;
    return pointer.position((16 - past) % 16).put(values);
  }
}
