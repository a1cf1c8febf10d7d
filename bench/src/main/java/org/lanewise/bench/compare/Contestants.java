package org.lanewise.bench.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;

/** All who compete: ours, the yardsticks written here, and the peers on the class path. */
final class Contestants {
  private Contestants() {}

  /** Ours first. */
  static List<Contestant> all() {
    List<Contestant> all = new ArrayList<>();
    all.add(new Lanewise());
    all.add(new OneThread());
    all.add(new FmaCeiling());
    all.add(new StreamingLoop());
    all.add(new VectorOperators());
    ServiceLoader.load(Contestant.class).forEach(all::add);
    return all;
  }

  static Contestant named(String name) {
    return all().stream()
        .filter(contestant -> contestant.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("compare: there is no " + name));
  }
}
