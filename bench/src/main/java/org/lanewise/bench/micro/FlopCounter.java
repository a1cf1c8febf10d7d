package org.lanewise.bench.micro;

import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * Counts floating-point operations, a multiplication and an addition being two: in operations a
 * nanosecond the row {@code flops} reads as GFLOP/s.
 */
@State(Scope.Thread)
@AuxCounters(AuxCounters.Type.OPERATIONS)
public class FlopCounter {
  /** The floating-point operations of this iteration. */
  public double flops;

  /** For the harness. */
  public FlopCounter() {}
}
