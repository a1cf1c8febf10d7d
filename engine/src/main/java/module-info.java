/**
 * The numeric engine: tensors, operations as data, their SIMD kernels, array programs that compile
 * and replay them, counter-based random streams, and a double-precision reference interpreter.
 */
@org.jspecify.annotations.NullMarked
module org.lanewise.engine {
  requires jdk.incubator.vector;
  requires static org.jspecify;
}
