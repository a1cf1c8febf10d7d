package org.lanewise.engine.vector;

/** Work that both tiers can do, on data of its own, for a {@link Trial}. */
public interface Contest {
  /** Calls the code of the vectors with nothing to do. */
  void idle();

  /** Does the work with vectors. */
  void vectors();

  /** Does the work with plain loops. */
  void scalars();
}
