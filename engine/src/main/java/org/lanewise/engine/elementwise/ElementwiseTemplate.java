package org.lanewise.engine.elementwise;

import java.lang.invoke.MethodHandles;
import java.util.Objects;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import org.lanewise.engine.vector.Lanes;
import org.lanewise.engine.vector.Specialization;

/** The source of every {@link ElementwiseLoop}: each operation gets a copy of this class. */
final class ElementwiseTemplate implements ElementwiseLoop {
  // Constants of each copy: the compiler folds the function and the tests of the arity.
  private static final Target TARGET =
      Objects.requireNonNullElseGet(
          Specialization.function(MethodHandles.lookup(), Target.class),
          () -> new Target((x, x1, x2) -> x, 1));
  private static final LaneFunction FUNCTION = TARGET.function();
  private static final int ARITY = TARGET.arity();

  ElementwiseTemplate() {}

  static ElementwiseLoop specialize(Target target) {
    return Specialization.of(
        ElementwiseLoop.class, ElementwiseTemplate.class, MethodHandles.lookup(), target);
  }

  @Override
  public void run(
      float[] x,
      int offset,
      float[] x1,
      int offset1,
      float[] x2,
      int offset2,
      float[] y,
      int offsetY,
      int n) {
    int whole = Lanes.FLOATS.loopBound(n);
    for (int i = 0; i < whole; i += Lanes.COUNT) {
      FloatVector v = FloatVector.fromArray(Lanes.FLOATS, x, offset + i);
      FloatVector v1 = ARITY > 1 ? FloatVector.fromArray(Lanes.FLOATS, x1, offset1 + i) : v;
      FloatVector v2 = ARITY > 2 ? FloatVector.fromArray(Lanes.FLOATS, x2, offset2 + i) : v;
      FUNCTION.apply(v, v1, v2).intoArray(y, offsetY + i);
    }
    if (whole < n) {
      rest(
          x,
          offset + whole,
          x1,
          offset1 + whole,
          x2,
          offset2 + whole,
          y,
          offsetY + whole,
          n - whole);
    }
  }

  /**
   * Fewer elements than a vector has. In a method of its own: with the function inlined twice, long
   * functions would grow the loop's method beyond what the compiler inlines.
   */
  private static void rest(
      float[] x,
      int offset,
      float[] x1,
      int offset1,
      float[] x2,
      int offset2,
      float[] y,
      int offsetY,
      int n) {
    VectorMask<Float> rest = Lanes.FLOATS.indexInRange(0, n);
    FloatVector v = FloatVector.fromArray(Lanes.FLOATS, x, offset, rest);
    FloatVector v1 = ARITY > 1 ? FloatVector.fromArray(Lanes.FLOATS, x1, offset1, rest) : v;
    FloatVector v2 = ARITY > 2 ? FloatVector.fromArray(Lanes.FLOATS, x2, offset2, rest) : v;
    FUNCTION.apply(v, v1, v2).intoArray(y, offsetY, rest);
  }
}
