/** Reverse-mode automatic differentiation: a tape of operations whose adjoints are operations. */
@org.jspecify.annotations.NullMarked
module org.lanewise.autodiff {
  requires transitive org.lanewise.engine;
  requires static org.jspecify;

  exports org.lanewise.autodiff;
}
