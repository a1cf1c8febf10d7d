package org.lanewise.bench.peer;

import static org.bytedeco.dnnl.global.dnnl.dnnl_get_effective_cpu_isa;
import static org.bytedeco.dnnl.global.dnnl.dnnl_sgemm;
import static org.bytedeco.dnnl.global.dnnl.dnnl_success;
import static org.bytedeco.dnnl.global.dnnl.dnnl_version;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Map;
import org.bytedeco.dnnl.dnnl_version_t;
import org.bytedeco.dnnl.global.dnnl;
import org.lanewise.bench.compare.Contestant;
import org.lanewise.bench.compare.MatrixProductWork;
import org.lanewise.bench.compare.NativeSettings;
import org.lanewise.bench.compare.Task;
import org.lanewise.bench.compare.Work;

/** oneDNN, which assembles its kernels for the processor, on operands outside the heap. */
public final class OneDnn implements Contestant {
  private static final String INSTRUCTIONS = "dnnl_cpu_isa_";

  /** For the service loader. */
  public OneDnn() {}

  @Override
  public String name() {
    return "oneDNN";
  }

  @Override
  public Map<String, String> environment(int threads) {
    return NativeSettings.threads(threads);
  }

  @Override
  public String version() {
    dnnl_version_t version = dnnl_version();
    return "oneDNN "
        + version.major()
        + "."
        + version.minor()
        + "."
        + version.patch()
        + ", kernels for "
        + instructions(dnnl_get_effective_cpu_isa());
  }

  /** The name of a set of instructions, which the library knows by a number alone. */
  private static String instructions(int number) {
    try {
      for (Field field : dnnl.class.getFields()) {
        String name = field.getName();
        boolean constant = Modifier.isStatic(field.getModifiers()) && field.getType() == int.class;
        if (constant && name.startsWith(INSTRUCTIONS) && field.getInt(null) == number) {
          return name.substring(INSTRUCTIONS.length());
        }
      }
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
    return "instructions " + number;
  }

  @Override
  public boolean does(Work work, int threads) {
    return work instanceof MatrixProductWork;
  }

  @Override
  public Task open(Work work, int threads) {
    MatrixProductWork product = (MatrixProductWork) work;
    byte left = transposed(product.left());
    byte right = transposed(product.right());
    int m = product.m();
    int n = product.n();
    int k = product.k();
    return new NativeProduct(
        product,
        (a, strideA, b, strideB, c) -> {
          int status = dnnl_sgemm(left, right, m, n, k, 1, a, strideA, b, strideB, 0, c, n);
          if (status != dnnl_success) {
            throw new IllegalStateException("dnnl_sgemm: expected success, was status " + status);
          }
        });
  }

  private static byte transposed(boolean transposed) {
    return (byte) (transposed ? 'T' : 'N');
  }
}
