package org.lanewise.engine.reduction;

import java.lang.invoke.MethodHandles;
import java.util.Objects;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import org.lanewise.engine.elementwise.LaneFunction;
import org.lanewise.engine.vector.Lanes;
import org.lanewise.engine.vector.Specialization;

/** The source of every {@link ReductionLoop}: each way to combine gets a copy of this class. */
final class ReductionTemplate implements ReductionLoop {
  private static final Target TARGET =
      Objects.requireNonNullElseGet(
          Specialization.function(MethodHandles.lookup(), Target.class),
          () -> new Target((x, x1, x2) -> x, 0));
  private static final LaneFunction FUNCTION = TARGET.function();
  private static final float IDENTITY = TARGET.identity();

  ReductionTemplate() {}

  static ReductionLoop specialize(Target target) {
    return Specialization.of(
        ReductionLoop.class, ReductionTemplate.class, MethodHandles.lookup(), target);
  }

  @Override
  public void row(float[] x, int offset, int n, float[] partials) {
    int whole = n - n % Combination.PARTIALS;
    // Two vectors of partials at a time hide the latency of combining; the passes re-read x from
    // the nearest cache.
    for (int j = 0; j < Combination.PARTIALS; j += 2 * Lanes.COUNT) {
      FloatVector a = FloatVector.broadcast(Lanes.FLOATS, IDENTITY);
      FloatVector b = a;
      for (int i = j; i < whole; i += Combination.PARTIALS) {
        FloatVector xa = FloatVector.fromArray(Lanes.FLOATS, x, offset + i);
        FloatVector xb = FloatVector.fromArray(Lanes.FLOATS, x, offset + i + Lanes.COUNT);
        a = FUNCTION.apply(a, xa, xa);
        b = FUNCTION.apply(b, xb, xb);
      }
      a = rest(a, x, offset, whole + j, n);
      b = rest(b, x, offset, whole + j + Lanes.COUNT, n);
      a.intoArray(partials, j);
      b.intoArray(partials, j + Lanes.COUNT);
    }
  }

  /**
   * Combines what is left of the last, incomplete round: the lanes from i on that come before n.
   */
  private static FloatVector rest(FloatVector partial, float[] x, int offset, int i, int n) {
    if (i >= n) {
      return partial;
    }
    VectorMask<Float> present = Lanes.FLOATS.indexInRange(i, n);
    FloatVector v = FloatVector.fromArray(Lanes.FLOATS, x, offset + i, present);
    return partial.blend(FUNCTION.apply(partial, v, v), present);
  }

  @Override
  public void columns(
      float[] x, int offset, int n, int stride, float[] y, int offsetY, int columns) {
    int j = 0;
    for (; j + 2 * Lanes.COUNT <= columns; j += 2 * Lanes.COUNT) {
      FloatVector a = FloatVector.broadcast(Lanes.FLOATS, IDENTITY);
      FloatVector b = a;
      for (int block = 0; block < n; block += Combination.BLOCK) {
        FloatVector blockA = FloatVector.broadcast(Lanes.FLOATS, IDENTITY);
        FloatVector blockB = blockA;
        int end = Math.min(n, block + Combination.BLOCK);
        for (int i = block; i < end; i++) {
          int at = offset + i * stride + j;
          FloatVector xa = FloatVector.fromArray(Lanes.FLOATS, x, at);
          FloatVector xb = FloatVector.fromArray(Lanes.FLOATS, x, at + Lanes.COUNT);
          blockA = FUNCTION.apply(blockA, xa, xa);
          blockB = FUNCTION.apply(blockB, xb, xb);
        }
        a = FUNCTION.apply(a, blockA, blockA);
        b = FUNCTION.apply(b, blockB, blockB);
      }
      a.intoArray(y, offsetY + j);
      b.intoArray(y, offsetY + j + Lanes.COUNT);
    }
    for (; j < columns; j += Lanes.COUNT) {
      VectorMask<Float> present = Lanes.FLOATS.indexInRange(j, columns);
      FloatVector a = FloatVector.broadcast(Lanes.FLOATS, IDENTITY);
      for (int block = 0; block < n; block += Combination.BLOCK) {
        FloatVector blockA = FloatVector.broadcast(Lanes.FLOATS, IDENTITY);
        int end = Math.min(n, block + Combination.BLOCK);
        for (int i = block; i < end; i++) {
          FloatVector xa = FloatVector.fromArray(Lanes.FLOATS, x, offset + i * stride + j, present);
          blockA = FUNCTION.apply(blockA, xa, xa);
        }
        a = FUNCTION.apply(a, blockA, blockA);
      }
      a.intoArray(y, offsetY + j, present);
    }
  }
}
