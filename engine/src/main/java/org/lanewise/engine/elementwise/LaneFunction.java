package org.lanewise.engine.elementwise;

import jdk.incubator.vector.FloatVector;

/** A function of up to three vectors, lane by lane; operands beyond its arity are ignored. */
@FunctionalInterface
public interface LaneFunction {
  /** The results of all lanes. */
  FloatVector apply(FloatVector x, FloatVector x1, FloatVector x2);
}
