/**
 * Neural networks: layers, initializers, normalization, losses, optimizers and the training loop.
 */
@org.jspecify.annotations.NullMarked
module org.lanewise.nn {
  requires transitive org.lanewise.autodiff;
  requires static org.jspecify;

  exports org.lanewise.nn;
  exports org.lanewise.nn.activation;
  exports org.lanewise.nn.clip;
  exports org.lanewise.nn.initializer;
  exports org.lanewise.nn.layer;
  exports org.lanewise.nn.loss;
  exports org.lanewise.nn.network;
  exports org.lanewise.nn.noise;
  exports org.lanewise.nn.normalization;
  exports org.lanewise.nn.optimizer;
  exports org.lanewise.nn.prediction;
  exports org.lanewise.nn.regularizer;
  exports org.lanewise.nn.schedule;
  exports org.lanewise.nn.training;
}
