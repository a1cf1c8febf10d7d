package org.lanewise.engine.elementwise;

import java.util.EnumMap;
import java.util.Map;
import org.lanewise.engine.elementwise.ElementwiseLoop.Target;
import org.lanewise.engine.operation.Elementwise;

/** The loop of every elementwise operation, made when it is first asked for. */
public final class ElementwiseLoops {
  private static final Map<Elementwise, ElementwiseLoop> LOOPS = new EnumMap<>(Elementwise.class);

  private ElementwiseLoops() {}

  /** The loop of an operation. */
  public static ElementwiseLoop of(Elementwise operation) {
    synchronized (LOOPS) {
      return LOOPS.computeIfAbsent(
          operation,
          absent ->
              ElementwiseTemplate.specialize(new Target(LaneFunctions.of(absent), absent.arity())));
    }
  }
}
