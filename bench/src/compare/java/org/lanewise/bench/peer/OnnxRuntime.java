package org.lanewise.bench.peer;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import ai.onnxruntime.OrtSession.SessionOptions.OptLevel;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Map;
import java.util.function.Supplier;
import org.lanewise.bench.compare.Contestant;
import org.lanewise.bench.compare.PredictionWork;
import org.lanewise.bench.compare.Task;
import org.lanewise.bench.compare.Work;

/** ONNX Runtime with all its optimizations, its input and output bound to buffers once. */
public final class OnnxRuntime implements Contestant {
  /** For the service loader. */
  public OnnxRuntime() {}

  @Override
  public String name() {
    return "ONNX Runtime";
  }

  @Override
  public String version() {
    return "ONNX Runtime " + OrtEnvironment.getEnvironment().getVersion();
  }

  @Override
  public boolean does(Work work, int threads) {
    return work instanceof PredictionWork;
  }

  @Override
  public Task open(Work work, int threads) {
    return prepare(work, threads).get();
  }

  /** The library loaded and the model's bytes at hand. */
  @Override
  public Supplier<Task> prepare(Work work, int threads) {
    PredictionWork prediction = (PredictionWork) work;
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    byte[] model = OnnxModel.of(prediction);
    float[] examples = prediction.examples();
    return () -> {
      try {
        return task(environment, model, examples, prediction, threads);
      } catch (OrtException e) {
        throw new IllegalStateException(e);
      }
    };
  }

  private static Task task(
      OrtEnvironment environment, byte[] model, float[] examples, PredictionWork work, int threads)
      throws OrtException {
    SessionOptions options = new SessionOptions();
    options.setOptimizationLevel(OptLevel.ALL_OPT);
    options.setIntraOpNumThreads(threads);
    options.setInterOpNumThreads(1);
    OrtSession session = environment.createSession(model, options);
    int[] units = work.layers();
    int outputs = units[units.length - 1];
    FloatBuffer x = direct(work.batch() * units[0]);
    FloatBuffer y = direct(work.batch() * outputs);
    Map<String, OnnxTensor> input =
        Map.of(OnnxModel.INPUT, tensor(environment, x, work.batch(), units[0]));
    Map<String, OnnxTensor> output =
        Map.of(OnnxModel.OUTPUT, tensor(environment, y, work.batch(), outputs));
    float[] results = new float[y.capacity()];
    return new Task() {
      @Override
      public void run() {
        x.put(0, examples);
        try {
          session.run(input, output).close();
        } catch (OrtException e) {
          throw new IllegalStateException(e);
        }
        y.get(0, results);
      }

      @Override
      public float[] results() {
        run();
        return results;
      }
    };
  }

  private static OnnxTensor tensor(OrtEnvironment environment, FloatBuffer buffer, long... sizes)
      throws OrtException {
    return OnnxTensor.createTensor(environment, buffer, sizes);
  }

  private static FloatBuffer direct(int n) {
    return ByteBuffer.allocateDirect(Float.BYTES * n)
        .order(ByteOrder.nativeOrder())
        .asFloatBuffer();
  }
}
