package org.lanewise.nn.training;

import java.util.Arrays;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.lanewise.nn.check.Checks;
import org.lanewise.nn.layer.Parameter;

/**
 * Parameters that are trained at another rate or with another weight decay than the rest. A
 * parameter in several groups gets the product of their factors.
 *
 * @param description its members in words, for messages
 * @param members which parameters, known by name and shape, are in it
 * @param rateFactor what their learning rate is multiplied by, above 0
 * @param decayFactor what their weight decay is multiplied by, from 0 to 1
 */
public record ParameterGroup(
    String description, Predicate<Parameter> members, double rateFactor, double decayFactor) {
  /**
   * Checks the factors.
   *
   * @throws IllegalArgumentException if one is out of its range
   */
  public ParameterGroup {
    Checks.positive("parameter group", "a factor of the learning rate", rateFactor);
    Checks.fraction("parameter group", "a factor of the weight decay", decayFactor);
  }

  /**
   * The parameters whose names fit a pattern, in which {@code *} stands for any characters, as in
   * {@code dense1/*} or {@code *bias}.
   *
   * @param patterns patterns of full names, of which one has to fit
   * @return the group, with all factors 1
   */
  public static ParameterGroup matching(String... patterns) {
    Pattern any =
        Pattern.compile(
            Arrays.stream(patterns)
                .map(pattern -> "\\Q" + pattern.replace("*", "\\E.*\\Q") + "\\E")
                .collect(Collectors.joining("|")));
    return new ParameterGroup(
        String.join(", ", patterns), parameter -> any.matcher(parameter.name()).matches(), 1, 1);
  }

  /**
   * The parameters that are vectors or scalars: biases, and what normalization learns.
   *
   * @return the group, with all factors 1
   */
  public static ParameterGroup vectors() {
    return new ParameterGroup(
        "vectors and scalars", parameter -> parameter.shape().rank() <= 1, 1, 1);
  }

  /**
   * The same parameters at another rate.
   *
   * @param factor what their learning rate is multiplied by, above 0
   * @return the group
   * @throws IllegalArgumentException if the factor is not above 0
   */
  public ParameterGroup rate(double factor) {
    return new ParameterGroup(description, members, factor, decayFactor);
  }

  /**
   * The same parameters without weight decay.
   *
   * @return the group
   */
  public ParameterGroup withoutDecay() {
    return new ParameterGroup(description, members, rateFactor, 0);
  }
}
