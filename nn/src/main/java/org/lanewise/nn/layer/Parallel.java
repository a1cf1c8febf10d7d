package org.lanewise.nn.layer;

import java.util.ArrayList;
import java.util.List;
import org.lanewise.autodiff.Variable;
import org.lanewise.engine.Shape;

/**
 * Layers side by side: all take the same input, and their outputs are concatenated along the last
 * axis. Their names count within it, as in {@code parallel1/dense1/kernel}.
 *
 * @param branches the layers; at least one
 */
public record Parallel(List<Named> branches) implements Layer {
  private static final Concatenate JOIN = new Concatenate(-1);

  /**
   * Checks that there are branches and that their names differ.
   *
   * @throws IllegalArgumentException if there are none or two have one name
   */
  public Parallel {
    branches = Named.requireOwnNames("parallel", branches);
  }

  /**
   * Layers side by side, named by their kinds unless they have names.
   *
   * @param branches the layers; at least one
   * @return the layer
   * @throws IllegalArgumentException if there are none or two have one name
   */
  public static Parallel of(Layer... branches) {
    return new Parallel(Named.number(branches));
  }

  @Override
  public String kind() {
    return "parallel";
  }

  @Override
  public Shape outputShape(Shape input) {
    return JOIN.outputShape(
        branches.stream().map(branch -> branch.within(input, branch::outputShape)).toList());
  }

  @Override
  public List<Parameter> parameters(Shape input) {
    List<Parameter> parameters = new ArrayList<>();
    for (Named branch : branches) {
      branch
          .within(input, branch::parameters)
          .forEach(own -> parameters.add(own.in(branch.name())));
    }
    return parameters;
  }

  @Override
  public Variable record(Recording recording, Variable x) {
    return JOIN.record(
        recording,
        branches.stream()
            .map(branch -> branch.within(x, y -> branch.record(recording.in(branch.name()), y)))
            .toList());
  }
}
