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
    try {
      return open((PredictionWork) work, threads);
    } catch (OrtException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Task open(PredictionWork work, int threads) throws OrtException {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    SessionOptions options = new SessionOptions();
    options.setOptimizationLevel(OptLevel.ALL_OPT);
    options.setIntraOpNumThreads(threads);
    options.setInterOpNumThreads(1);
    OrtSession session = environment.createSession(OnnxModel.of(work), options);
    int[] units = work.layers();
    int outputs = units[units.length - 1];
    FloatBuffer x = direct(work.batch() * units[0]);
    FloatBuffer y = direct(work.batch() * outputs);
    Map<String, OnnxTensor> input =
        Map.of(OnnxModel.INPUT, tensor(environment, x, work.batch(), units[0]));
    Map<String, OnnxTensor> output =
        Map.of(OnnxModel.OUTPUT, tensor(environment, y, work.batch(), outputs));
    float[] examples = work.examples();
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
