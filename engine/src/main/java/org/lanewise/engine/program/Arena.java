package org.lanewise.engine.program;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.lanewise.engine.Shape;
import org.lanewise.engine.Tensor;

/**
 * One array for all intermediate values of a program: values that are never needed at the same time
 * may share elements.
 */
final class Arena {
  /** Floats of a cache line. */
  private static final int LINE = 16;

  /** The first element that starts a cache line, if the array's header of 16 bytes starts one. */
  private static final int FIRST = LINE - 4;

  /**
   * Floats left free after each value, so that values whose size is a multiple of 4 KiB do not
   * start a multiple of 4 KiB apart.
   */
  private static final int STAGGER = 5 * LINE;

  /** The number of starts that lie so far apart within 4 KiB. */
  private static final int PLACES = 1024 / STAGGER;

  /**
   * A value.
   *
   * @param node the node whose value it is
   * @param from the step that writes it
   * @param to the last step that reads it
   */
  record Lifetime(Node node, int from, int to) {
    private int elements() {
      return node.shape().size();
    }

    /** The cache lines that it takes, with what is left free after it. */
    private int lines() {
      return Math.addExact(elements(), FIRST + STAGGER + LINE - 1) / LINE;
    }
  }

  private final Map<Node, Tensor> tensors = new HashMap<>();
  private final int size;

  /**
   * Places values, the largest first, each as low as it does not meet another.
   *
   * @throws IllegalArgumentException if they do not fit one array
   */
  Arena(List<Lifetime> lifetimes) {
    List<Lifetime> largestFirst = new ArrayList<>(lifetimes);
    largestFirst.sort(
        Comparator.comparing(Lifetime::elements)
            .reversed()
            .thenComparing(each -> each.node.index()));
    Occupancy lines = new Occupancy(lifetimes.size());
    Map<Node, Integer> starts = new HashMap<>();
    int end = 0;
    try {
      for (Lifetime each : largestFirst) {
        int line = lines.lowestFree(each.from, each.to, each.lines());
        lines.take(each.from, each.to, line, each.lines());
        int start = Math.addExact(FIRST, Math.multiplyExact(line, LINE));
        starts.put(each.node, start);
        end = Math.max(end, Math.addExact(start, Math.addExact(each.elements(), STAGGER)));
      }
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException(
          "program: its intermediate values need more than 2^31 elements at the same time", e);
    }
    size = end;
    float[] array = new float[size];
    starts.forEach((node, start) -> tensors.put(node, Tensor.view(array, start, node.shape())));
  }

  /**
   * A tensor outside of the arena, for a value that is kept. Its start is staggered, so that it
   * does not lie a multiple of 4 KiB away from the starts of other large arrays.
   *
   * @param shape the shape of the value
   * @param number how many values are kept before it
   */
  static Tensor outside(Shape shape, int number) {
    int start = FIRST + (1 + number % PLACES) * STAGGER;
    return Tensor.view(new float[Math.addExact(start, shape.size())], start, shape);
  }

  /** The tensors of the values. */
  Map<Node, Tensor> tensors() {
    return tensors;
  }

  /** The number of elements. */
  int size() {
    return size;
  }
}
