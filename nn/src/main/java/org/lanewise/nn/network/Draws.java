package org.lanewise.nn.network;

import java.util.HashMap;
import java.util.Map;
import org.lanewise.autodiff.Variable;
import org.lanewise.engine.Shape;
import org.lanewise.engine.operation.Draw;
import org.lanewise.engine.random.Distribution;
import org.lanewise.engine.random.RandomStream;

/**
 * Where the layers of a network draw random numbers from while it is recorded: a stream for each
 * name, and a step that is counted.
 *
 * <p>A draw of a layer depends on the seed, the name of the layer and the step, and on no other
 * layer: adding one changes nothing for the others. A layer that is used in several places draws
 * for each of them, in their order.
 */
public final class Draws {
  private final RandomStream stream;
  private final Variable step;
  private final Map<String, Integer> places = new HashMap<>();

  /**
   * Draws for one recording of a network.
   *
   * @param seed the seed
   * @param step the step, of shape {@link Draw#COUNTER}, as {@link Draw#count} writes it
   */
  public Draws(long seed, Variable step) {
    this.stream = RandomStream.of(seed).child("draws");
    this.step = step;
  }

  /**
   * Whether anything has been drawn.
   *
   * @return true if a layer has drawn
   */
  public boolean areUsed() {
    return !places.isEmpty();
  }

  Variable draw(String name, Distribution distribution, Shape shape) {
    int place = places.merge(name, 1, Integer::sum);
    RandomStream own = stream.child(name);
    return step.tape()
        .record(new Draw(distribution, place == 1 ? own : own.child(place), shape), step);
  }
}
