package org.lanewise.engine.loop;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.lanewise.engine.Shape;
import org.lanewise.engine.Tensor;
import org.lanewise.engine.loop.Chain.Walk;
import org.lanewise.engine.matrix.TileEpilogue;
import org.lanewise.engine.vector.BroadcastPlan;
import org.lanewise.engine.vector.Tiers;

/**
 * A {@link Chain} without reductions that is run over the blocks of a matrix product as they become
 * final. The product is one of its inputs. A run allocates nothing, and gives the bits that a
 * {@link FusedLoop} over the whole product would give.
 */
public final class LoopEpilogue implements TileEpilogue {
  private static final float[] NO_PARTIALS = {};

  private final TieredLoop body;
  private final float[][] arrays;

  /** For each matrix of the leading axes where each place has its first element. */
  private final int[][] origins;

  private final int[] rowSteps;
  private final int[] columnSteps;
  private final int product;
  private final int columns;
  private final int size;

  /** Whether every place walks through a whole matrix in even steps. */
  private final boolean even;

  /**
   * Plans a chain as an epilogue.
   *
   * @param chain a chain without reductions over the shape of the product, at least one element
   * @param places the tensors of its inputs and outputs, so ordered; an output may lie exactly over
   *     an input of its shape, and over nothing else
   * @param product which input is the product
   */
  public LoopEpilogue(Chain chain, List<Tensor> places, int product) {
    if (!chain.reductions().isEmpty()) {
      throw new IllegalArgumentException("loop epilogue: expected a chain without reductions");
    }
    Shape space = chain.space();
    List<Shape> shapes = new ArrayList<>();
    places.forEach(place -> shapes.add(ofRank(space.rank(), place.shape())));
    Walk walk = Objects.requireNonNull(matrix(chain, shapes).walk());
    BroadcastPlan plan = walk.plan();
    body = TieredLoop.of(walk.code());
    arrays = places.stream().map(Tensor::storage).toArray(float[][]::new);
    this.product = product;
    columns = space.dimension(-1);
    size = space.dimension(-2) * columns;
    int loops = plan.lengths.length;
    even = loops == 1;
    rowSteps = new int[arrays.length];
    columnSteps = new int[arrays.length];
    for (int place = 0; place < arrays.length; place++) {
      columnSteps[place] = plan.strides[place][loops - 1];
      rowSteps[place] = even ? columnSteps[place] * columns : plan.strides[place][0];
    }
    origins = origins(places, shapes, space);
  }

  /** A shape with as many leading axes of 1 as it lacks. */
  private static Shape ofRank(int rank, Shape shape) {
    int[] dimensions = new int[rank];
    int lead = rank - shape.rank();
    Arrays.fill(dimensions, 0, lead, 1);
    System.arraycopy(shape.dimensions(), 0, dimensions, lead, shape.rank());
    return Shape.of(dimensions);
  }

  /** The chain over one matrix. */
  private static Chain matrix(Chain chain, List<Shape> shapes) {
    List<Shape> inputs =
        shapes.subList(0, chain.inputs().size()).stream().map(LoopEpilogue::matrix).toList();
    return new Chain(
        matrix(chain.space()), inputs, chain.instructions(), chain.outputs(), List.of());
  }

  private static Shape matrix(Shape shape) {
    return Shape.of(shape.dimension(-2), shape.dimension(-1));
  }

  private static int[][] origins(List<Tensor> places, List<Shape> shapes, Shape space) {
    BroadcastPlan leading =
        BroadcastPlan.of(shapes.stream().map(LoopEpilogue::leading).toList(), leading(space));
    int[][] origins = new int[leading.places()][places.size()];
    for (int matrix = 0; matrix < origins.length; matrix++) {
      for (int place = 0; place < places.size(); place++) {
        int start = leading.at(place, matrix) * matrix(shapes.get(place)).size();
        origins[matrix][place] = places.get(place).offset() + start;
      }
    }
    return origins;
  }

  private static Shape leading(Shape shape) {
    return Shape.of(Arrays.copyOf(shape.dimensions(), shape.rank() - 2));
  }

  @Override
  public void apply(
      float[] c, int offset, int rows, int columns, int rowStride, int row, int column) {
    int[] starts = origins[0];
    if (origins.length > 1) {
      starts = origins[(offset - starts[product]) / size];
    }
    if (row > 0 || column > 0) {
      starts = at(row, column, starts);
    }
    if (even && columns == this.columns) {
      body.run(arrays, starts, rowSteps, 1, rows * columns, NO_PARTIALS);
    } else {
      body.run(arrays, starts, rowSteps, rows, columns, NO_PARTIALS);
    }
  }

  /** Where each place has an element of a matrix that starts at an origin. */
  private int[] at(int row, int column, int[] origin) {
    int[] starts = LoopScratch.current().starts(arrays.length);
    for (int place = 0; place < arrays.length; place++) {
      starts[place] = origin[place] + row * rowSteps[place] + column * columnSteps[place];
    }
    return starts;
  }

  /**
   * Which tier runs the loop.
   *
   * @return the tiers of its code
   */
  public Tiers tiers() {
    return body.tiers();
  }
}
