package org.lanewise.bench.peer;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.jni.JniUtils;
import java.util.HashMap;
import java.util.Map;
import org.lanewise.bench.compare.Contestant;
import org.lanewise.bench.compare.LoadedLibrary;
import org.lanewise.bench.compare.MatrixProductWork;
import org.lanewise.bench.compare.NativeSettings;
import org.lanewise.bench.compare.Task;
import org.lanewise.bench.compare.TorchConfiguration;
import org.lanewise.bench.compare.TrainingWork;
import org.lanewise.bench.compare.Work;

/** PyTorch's C++ library through DJL; its matrix products are MKL's. */
public final class DjlPytorch implements Contestant {
  private static final String ENGINE = "PyTorch";

  /** For the service loader. */
  public DjlPytorch() {}

  @Override
  public String name() {
    return "DJL, MKL";
  }

  @Override
  public Map<String, String> environment(int threads) {
    Map<String, String> environment = new HashMap<>(NativeSettings.threads(threads));
    environment.put("DJL_OFFLINE", "true");
    return environment;
  }

  @Override
  public String version() {
    return "DJL "
        + Engine.getDjlVersion()
        + ", libtorch "
        + Engine.getEngine(ENGINE).getVersion()
        + ", "
        + TorchConfiguration.kernels(
            LoadedLibrary.named("libtorch_cpu").string("_ZN2at11show_configB5cxx11Ev"));
  }

  @Override
  public boolean does(Work work, int threads) {
    return work instanceof MatrixProductWork || work instanceof TrainingWork;
  }

  @Override
  public Task open(Work work, int threads) {
    NDManager manager = NDManager.newBaseManager(ENGINE);
    JniUtils.setNumThreads(threads);
    return switch (work) {
      case MatrixProductWork product -> product(manager, product);
      case TrainingWork training ->
          new DjlTraining(Engine.getEngine(ENGINE), manager, training).task();
      default -> throw new IllegalArgumentException("DJL: expected a work it does, was " + work);
    };
  }

  private static Task product(NDManager manager, MatrixProductWork product) {
    int m = product.m();
    int n = product.n();
    int k = product.k();
    NDArray a = operand(manager, product.a(), m, k, product.left());
    NDArray b = operand(manager, product.b(), k, n, product.right());
    return new Task() {
      @Override
      public void run() {
        a.matMul(b).close();
      }

      @Override
      public float[] results() {
        return a.matMul(b).toFloatArray();
      }
    };
  }

  private static NDArray operand(
      NDManager manager, float[] values, int rows, int columns, boolean transposed) {
    return transposed
        ? manager.create(values, new Shape(columns, rows)).transpose()
        : manager.create(values, new Shape(rows, columns));
  }
}
