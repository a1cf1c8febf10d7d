package org.lanewise.nn.schedule;

import java.util.ArrayList;
import java.util.List;
import org.lanewise.nn.check.Checks;

/**
 * Piecewise constant scheduling.
 *
 * @param pieces the factors with the steps they start at, the first at 0, in ascending order
 */
public record Piecewise(List<Piece> pieces) implements Schedule {
  /**
   * A factor and where it starts.
   *
   * @param step the first step it is for
   * @param factor the factor, at least 0
   */
  public record Piece(long step, double factor) {
    /**
     * Checks the factor.
     *
     * @throws IllegalArgumentException if it is below 0 or not finite
     */
    public Piece {
      Checks.notNegative("piecewise", "a factor", factor);
    }
  }

  /**
   * Checks the order.
   *
   * @throws IllegalArgumentException if the first piece does not start at 0 or the steps do not
   *     ascend
   */
  public Piecewise {
    pieces = List.copyOf(pieces);
    if (pieces.isEmpty() || pieces.get(0).step() != 0) {
      throw new IllegalArgumentException(
          "piecewise: expected a first piece that starts at 0, was " + pieces);
    }
    for (int i = 1; i < pieces.size(); i++) {
      if (pieces.get(i).step() <= pieces.get(i - 1).step()) {
        throw new IllegalArgumentException(
            "piecewise: expected steps in ascending order, "
                + pieces.get(i).step()
                + " comes after "
                + pieces.get(i - 1).step());
      }
    }
  }

  static Piecewise startingWith(double factor) {
    return new Piecewise(List.of(new Piece(0, factor)));
  }

  /**
   * The same with another factor from a step on.
   *
   * @param step the first step it is for, above those before
   * @param factor the factor, at least 0
   * @return the schedule
   * @throws IllegalArgumentException if the step is not above those before or the factor below 0
   */
  public Piecewise from(long step, double factor) {
    List<Piece> more = new ArrayList<>(pieces);
    more.add(new Piece(step, factor));
    return new Piecewise(more);
  }

  @Override
  public double at(Progress progress) {
    int last = pieces.size() - 1;
    while (pieces.get(last).step() > progress.steps()) {
      last--;
    }
    return pieces.get(last).factor();
  }
}
