package org.lanewise.engine.program;

import java.util.ArrayList;
import java.util.Collections;
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
    private boolean meets(Lifetime other) {
      return from <= other.to && other.from <= to;
    }

    private Shape shape() {
      return node.shape();
    }
  }

  private record Placed(Lifetime lifetime, int start) {
    private int end() {
      return Math.addExact(start, lifetime.shape().size() + STAGGER);
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
        Comparator.comparing((Lifetime each) -> each.shape().size())
            .reversed()
            .thenComparing(each -> each.node.index()));
    // By their starts.
    List<Placed> placed = new ArrayList<>();
    int end = 0;
    try {
      for (Lifetime lifetime : largestFirst) {
        Placed next = new Placed(lifetime, place(lifetime, placed));
        int at = Collections.binarySearch(placed, next, Comparator.comparingInt(Placed::start));
        placed.add(at < 0 ? -1 - at : at, next);
        end = Math.max(end, next.end());
      }
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException(
          "program: its intermediate values need more than 2^31 elements at the same time", e);
    }
    size = end;
    float[] array = new float[size];
    for (Placed each : placed) {
      Node node = each.lifetime.node;
      tensors.put(node, Tensor.view(array, each.start, node.shape()));
    }
  }

  /** The lowest start at which a value is clear of those placed that live at the same time. */
  private static int place(Lifetime lifetime, List<Placed> placed) {
    int start = FIRST;
    for (Placed each : placed) {
      if (!each.lifetime.meets(lifetime)) {
        continue;
      }
      if (Math.addExact(start, lifetime.shape().size() + STAGGER) <= each.start) {
        break;
      }
      start = Math.max(start, Math.addExact(each.end(), LINE - 1) / LINE * LINE + FIRST);
    }
    return start;
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
