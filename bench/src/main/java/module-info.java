/**
 * Programs that run the library: the demonstration training job, the microbenchmarks and the
 * comparison with peers.
 */
@org.jspecify.annotations.NullMarked
@SuppressWarnings("requires-automatic") // JMH has no module descriptor.
module org.lanewise.bench {
  requires info.picocli;
  requires jdk.management;
  requires org.lanewise.nn;
  requires static jmh.core;
  requires static org.jspecify;
}
