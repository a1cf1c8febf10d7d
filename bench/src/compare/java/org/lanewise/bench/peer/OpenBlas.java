package org.lanewise.bench.peer;

import static org.bytedeco.openblas.global.openblas_nolapack.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasRowMajor;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasTrans;
import static org.bytedeco.openblas.global.openblas_nolapack.cblas_sgemm;

import java.util.Map;
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
    int left = product.left() ? CblasTrans : CblasNoTrans;
    int right = product.right() ? CblasTrans : CblasNoTrans;
    int m = product.m();
    int n = product.n();
    int k = product.k();
    return new NativeProduct(
        product,
        (a, strideA, b, strideB, c) ->
            cblas_sgemm(CblasRowMajor, left, right, m, n, k, 1, a, strideA, b, strideB, 0, c, n));
  }
}
