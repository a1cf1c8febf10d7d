package org.lanewise.engine.program;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.lanewise.engine.Shape;
import org.lanewise.engine.operation.MatrixProduct;
import org.lanewise.engine.operation.Reduction;

/**
 * Makes loops the epilogues of matrix products, so that they find the product's elements in a
 * cache: a bias and an activation, the derivative of one.
 *
 * <p>Such a loop is over the product's shape and has no reductions, whose order is that of the
 * whole. Nothing that it computes is assigned to an input: {@link InPlace} serves that better.
 */
final class Epilogues {
  /** The smallest matrix, in elements, that is worth a run of the loop where there are several. */
  private static final int SMALLEST = 1024;

  /** The largest loop, in elements, that by itself would be one task. */
  private static final int LARGEST_TASK = 32 * 1024;

  /** The length of a product's sums from which on it uses as many threads as the loop by itself. */
  private static final int DEPTH = 32;

  private Epilogues() {}

  /**
   * Changes the units of a fusion.
   *
   * @param nodes all nodes, operands before their users
   * @param assigned the nodes whose values are assigned to inputs
   */
  static void in(Fusion fusion, List<Node> nodes, Set<Node> assigned) {
    fusion.readAgain();
    Map<Node, List<FusionGroup>> readers = new HashMap<>();
    for (FusionGroup unit : fusion.units()) {
      if (unit.isLoop()
          && unit.members().stream()
              .noneMatch(
                  node -> node.operation() instanceof Reduction || assigned.contains(node))) {
        for (Node input : unit.inputs()) {
          readers.computeIfAbsent(input, absent -> new ArrayList<>()).add(unit);
        }
      }
    }
    // A loop that reads several products can only follow the last of them.
    for (Node node : nodes.reversed()) {
      if (node.operation() instanceof MatrixProduct product && isWorthIt(product, node)) {
        readers.getOrDefault(node, List.of()).stream()
            .filter(loop -> canFollow(fusion, node, loop))
            .findFirst()
            .ifPresent(loop -> fusion.fold(node, loop));
      }
    }
  }

  private static boolean isWorthIt(MatrixProduct product, Node node) {
    Shape shape = node.shape();
    int matrix = shape.dimension(-2) * shape.dimension(-1);
    int depth = node.operands().get(0).shape().dimension(product.transposeLeft() ? -2 : -1);
    return (matrix == shape.size() || matrix >= SMALLEST)
        && (shape.size() <= LARGEST_TASK || depth >= DEPTH);
  }

  private static boolean canFollow(Fusion fusion, Node product, FusionGroup loop) {
    FusionGroup alone = fusion.home(product);
    return alone != null
        && loop.isLoop()
        && loop.space().equals(product.shape())
        && product.operands().stream().noneMatch(loop::contains)
        && !fusion.dependsByWayOfOthers(loop, alone);
  }
}
