/**
 * The numeric engine: tensors, operations as data, their SIMD kernels, array programs that compile
 * and replay them, counter-based random streams, and a double-precision reference interpreter.
 */
@org.jspecify.annotations.NullMarked
module org.lanewise.engine {
  requires jdk.incubator.vector;
  requires jdk.management;
  requires static org.jspecify;

  exports org.lanewise.engine;
  exports org.lanewise.engine.operation;
  exports org.lanewise.engine.program;
  exports org.lanewise.engine.random;
  exports org.lanewise.engine.reference;
}
