package org.lanewise.bench.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One line of the tables: ours against one peer, or alone where there is none.
 *
 * @param row the work and its threads
 * @param ours what was measured of ours
 * @param peer what was measured of the peer
 * @param ceilingShare the share of the limit that ours reached, where one was measured
 */
record Outcome(Row row, Measured ours, Measured peer, Optional<Double> ceilingShare) {
  /** How many times as fast ours is. */
  double ratio() {
    return peer.median() / ours.median();
  }

  /** The outcomes of a row's measurements, ours being the first. */
  static List<Outcome> of(Row row, List<Measured> measured) {
    Measured ours = measured.getFirst();
    Optional<Double> share =
        measured.stream()
            .filter(Outcome::isCeiling)
            .findFirst()
            .map(ceiling -> FmaCeiling.share(row.work(), ours, ceiling));
    List<Outcome> outcomes = new ArrayList<>();
    for (Measured peer : measured.subList(1, measured.size())) {
      if (!isCeiling(peer)) {
        outcomes.add(new Outcome(row, ours, peer, share));
      }
    }
    if (outcomes.isEmpty()) {
      outcomes.add(new Outcome(row, ours, Measured.NONE, share));
    }
    return outcomes;
  }

  /** One that failed is told like any peer that failed. */
  private static boolean isCeiling(Measured measured) {
    return measured.name().equals(FmaCeiling.NAME) && !measured.failed();
  }
}
