package org.lanewise.nn.network;

import org.lanewise.nn.layer.Layer;
import org.lanewise.nn.layer.Named;
import org.lanewise.nn.layer.Parallel;
import org.lanewise.nn.layer.Residual;
import org.lanewise.nn.layer.Sequence;
import org.lanewise.nn.layer.Wrapper;

/** How deep layers may lie within layers, each of which calls the next. */
final class Nesting {
  private static final int MOST_LEVELS = 256;

  private Nesting() {}

  /** Refuses a layer that would exhaust the stack of the thread that records it. */
  static void require(Layer layer) {
    require(layer, 0);
  }

  private static void require(Layer layer, int level) {
    if (level > MOST_LEVELS) {
      throw new IllegalArgumentException(
          "expected at most " + MOST_LEVELS + " levels of layers within layers, was more");
    }
    switch (layer) {
      case Named named -> require(named.layer(), level);
      case Residual residual -> require(residual.body(), level);
      case Sequence sequence -> sequence.layers().forEach(each -> require(each, level + 1));
      case Parallel parallel -> parallel.branches().forEach(each -> require(each, level + 1));
      case Wrapper wrapper -> require(wrapper.layer(), level + 1);
      default -> {}
    }
  }
}
