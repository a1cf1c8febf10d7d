package org.lanewise.bench.peer;

import static org.bytedeco.pytorch.global.torch.from_blob;
import static org.bytedeco.pytorch.global.torch.mm_outf;
import static org.bytedeco.pytorch.global.torch.set_num_threads;
import static org.bytedeco.pytorch.global.torch.show_config;
import static org.bytedeco.pytorch.global.torch.zeros;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.function.Supplier;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.pytorch.InferenceMode;
import org.bytedeco.pytorch.Tensor;
import org.lanewise.bench.compare.Contestant;
import org.lanewise.bench.compare.MatrixProductWork;
import org.lanewise.bench.compare.NativeSettings;
import org.lanewise.bench.compare.NormalizationWork;
import org.lanewise.bench.compare.PredictionWork;
import org.lanewise.bench.compare.Task;
import org.lanewise.bench.compare.TorchConfiguration;
import org.lanewise.bench.compare.TrainingWork;
import org.lanewise.bench.compare.Work;
import org.lanewise.nn.network.Parameters;

/** PyTorch's C++ library through its JavaCPP binding; its matrix products are OpenBLAS's. */
public final class Libtorch implements Contestant {
  /** For the service loader. */
  public Libtorch() {}

  @Override
  public String name() {
    return "libtorch";
  }

  @Override
  public Map<String, String> environment(int threads) {
    return NativeSettings.openBlas(threads);
  }

  @Override
  public String version() {
    return "libtorch "
        + version("pytorch")
        + ", "
        + TorchConfiguration.kernels(show_config().getString())
        + ", with "
        + OpenBlas.loaded();
  }

  @Override
  public boolean does(Work work, int threads) {
    return work instanceof MatrixProductWork
        || work instanceof TrainingWork
        || work instanceof PredictionWork
        || work instanceof NormalizationWork;
  }

  @Override
  public Supplier<Task> prepare(Work work, int threads) {
    if (work instanceof PredictionWork prediction) {
      set_num_threads(threads);
      Parameters parameters = prediction.parameters();
      float[] examples = prediction.examples();
      return () -> new LibtorchPrediction(prediction, parameters, examples);
    }
    return Contestant.super.prepare(work, threads);
  }

  @Override
  public Task open(Work work, int threads) {
    set_num_threads(threads);
    return switch (work) {
      case MatrixProductWork product -> product(product);
      case TrainingWork training -> new LibtorchTraining(training).task();
      case PredictionWork prediction -> prepare(prediction, threads).get();
      case NormalizationWork normalization -> new LibtorchNormalization(normalization);
      default -> throw new IllegalArgumentException("libtorch: does not do " + work.name());
    };
  }

  private static Task product(MatrixProductWork work) {
    Tensor a =
        work.left()
            ? tensor(work.a(), work.k(), work.m()).t()
            : tensor(work.a(), work.m(), work.k());
    Tensor b =
        work.right()
            ? tensor(work.b(), work.n(), work.k()).t()
            : tensor(work.b(), work.k(), work.n());
    Tensor c = zeros(work.m(), work.n());
    return new Task() {
      @SuppressWarnings("UnusedVariable") // The mode lasts as long as its guard.
      private final InferenceMode guard = new InferenceMode();

      @Override
      public void run() {
        mm_outf(a, b, c).close();
      }

      @Override
      public float[] results() {
        run();
        return array(c);
      }
    };
  }

  /** The version of an artifact of the binding, whose first part is the library's. */
  static String version(String artifact) {
    try {
      return Loader.getVersion("org.bytedeco", artifact);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A copy of values as a tensor. */
  static Tensor tensor(float[] values, long... sizes) {
    try (FloatPointer pointer = new FloatPointer(values);
        Tensor borrowed = from_blob(pointer, sizes)) {
      return borrowed.clone();
    }
  }

  static float[] array(Tensor tensor) {
    float[] values = new float[(int) tensor.numel()];
    tensor.data_ptr_float().get(values);
    return values;
  }
}
