/** What runs the library: the demonstration training job and the microbenchmarks. */
@org.jspecify.annotations.NullMarked
@SuppressWarnings("requires-automatic") // JMH has no module descriptor.
module org.lanewise.bench {
  requires info.picocli;
  requires jdk.management;
  requires org.lanewise.nn;
  requires static jmh.core;
  requires static org.jspecify;
}
