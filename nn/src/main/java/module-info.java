/**
 * Neural networks: layers, initializers, normalization, losses, optimizers and the training loop.
 */
@org.jspecify.annotations.NullMarked
module org.lanewise.nn {
  requires transitive org.lanewise.autodiff;
  requires static org.jspecify;
}
