package org.lanewise.nn.network;

import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.lanewise.engine.Shape;
import org.lanewise.nn.layer.Concatenate;
import org.lanewise.nn.layer.ElementwiseMerge;
import org.lanewise.nn.layer.Layer;
import org.lanewise.nn.layer.Merge;
import org.lanewise.nn.layer.Named;

/**
 * The description of the values at one place of a network: an input, or the output of a layer over
 * other flows. Networks that are more than a row of layers are written with it:
 *
 * <pre>{@code
 * Flow wide = Flow.input("wide", 5);
 * Flow deep = Flow.input("deep", 6);
 * Flow hidden = deep.then(dense(30), relu(), dense(30), relu());
 * Flow price = Flow.concatenate(wide, hidden).then(dense(1).named("price"));
 * Network network = Network.of(List.of(wide, deep), List.of(price));
 * }</pre>
 *
 * <p>A flow that is used in several places is computed once. A layer has parameters of its own
 * wherever it is used, unless it has a name: the same named layer shares them.
 */
public final class Flow {
  // The order in which flows were written is one in which each follows what it is made of, and the
  // one that default names are counted in.
  private static final AtomicLong WRITTEN = new AtomicLong();

  /** Where a flow comes from. */
  sealed interface Origin {}

  /** An input of the network. */
  record Input(String name, Shape shape) implements Origin {}

  /** The result of a layer; the name is empty for one that is to be named by its kind. */
  record Applied(String name, Merge merge, List<Flow> from) implements Origin {}

  private final long written = WRITTEN.getAndIncrement();
  private final Origin origin;

  Flow(Origin origin) {
    this.origin = origin;
  }

  /**
   * An input of vectors.
   *
   * @param name the name of the input
   * @param size the number of elements of one example, at least 1
   * @return the flow
   * @throws IllegalArgumentException if the name is empty or there are no elements
   */
  public static Flow input(String name, int size) {
    return input(name, Shape.of(size));
  }

  /**
   * An input of any shape.
   *
   * @param name the name of the input
   * @param shape the shape of one example, with at least one element
   * @return the flow
   * @throws IllegalArgumentException if the name is empty or there are no elements
   */
  public static Flow input(String name, Shape shape) {
    if (name.isEmpty()) {
      throw new IllegalArgumentException("network: expected inputs with a name, was an empty one");
    }
    if (shape.size() == 0) {
      throw new IllegalArgumentException(
          "network: expected examples with at least one element, was shape " + shape);
    }
    return new Flow(new Input(name, shape));
  }

  /**
   * The output of layers, one after the other, over this flow.
   *
   * @param layers the layers, the first is applied first
   * @return the flow after the last
   */
  public Flow then(Layer... layers) {
    Flow flow = this;
    for (Layer layer : layers) {
      flow =
          layer instanceof Named named
              ? new Flow(new Applied(named.name(), new SingleInput(named.layer()), List.of(flow)))
              : merge(new SingleInput(layer), flow);
    }
    return flow;
  }

  /**
   * The output of a layer of several inputs over flows.
   *
   * @param merge the layer
   * @param flows its inputs, at least one
   * @return the flow after it
   * @throws IllegalArgumentException if there are none
   */
  public static Flow merge(Merge merge, Flow... flows) {
    if (flows.length == 0) {
      throw new IllegalArgumentException(merge.kind() + ": expected at least one input, was none");
    }
    return new Flow(new Applied("", merge, List.of(flows)));
  }

  /**
   * The sum of flows of one shape.
   *
   * @param flows the flows
   * @return the sum, element by element
   * @throws IllegalArgumentException if there are none
   */
  public static Flow add(Flow... flows) {
    return merge(ElementwiseMerge.ADD, flows);
  }

  /**
   * The product of flows of one shape.
   *
   * @param flows the flows
   * @return the product, element by element
   * @throws IllegalArgumentException if there are none
   */
  public static Flow multiply(Flow... flows) {
    return merge(ElementwiseMerge.MULTIPLY, flows);
  }

  /**
   * The mean of flows of one shape.
   *
   * @param flows the flows
   * @return the mean, element by element
   * @throws IllegalArgumentException if there are none
   */
  public static Flow average(Flow... flows) {
    return merge(ElementwiseMerge.AVERAGE, flows);
  }

  /**
   * The largest of flows of one shape.
   *
   * @param flows the flows
   * @return the maximum, element by element
   * @throws IllegalArgumentException if there are none
   */
  public static Flow maximum(Flow... flows) {
    return merge(ElementwiseMerge.MAXIMUM, flows);
  }

  /**
   * Flows one after the other along their last axis.
   *
   * @param flows the flows, which agree along all other axes
   * @return the flows in one
   * @throws IllegalArgumentException if there are none
   */
  public static Flow concatenate(Flow... flows) {
    return merge(new Concatenate(-1), flows);
  }

  /** The input, or the layer that the flow comes from. */
  @Override
  public String toString() {
    return switch (origin) {
      case Input input -> "Flow.input(" + input.name() + ", " + input.shape() + ")";
      case Applied applied ->
          "Flow of "
              + (applied.name().isEmpty() ? "a layer " + applied.merge().kind() : applied.name());
    };
  }

  Origin origin() {
    return origin;
  }

  long written() {
    return written;
  }
}
