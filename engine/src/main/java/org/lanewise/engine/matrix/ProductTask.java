package org.lanewise.engine.matrix;

import java.util.List;
import org.lanewise.engine.vector.Tiers;

/**
 * A part of a matrix product, for one thread.
 *
 * @param tiers what decides on which tiers it runs; none if it has one way to run
 * @param work computes the part and hands it to its epilogue
 */
record ProductTask(List<Tiers> tiers, Runnable work) {
  /** A part that has one way to run. */
  static ProductTask of(Runnable work) {
    return new ProductTask(List.of(), work);
  }
}
