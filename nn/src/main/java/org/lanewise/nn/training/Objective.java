package org.lanewise.nn.training;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.lanewise.autodiff.Variable;
import org.lanewise.engine.Shape;
import org.lanewise.nn.layer.Layer;
import org.lanewise.nn.loss.Loss;
import org.lanewise.nn.loss.Metric;
import org.lanewise.nn.network.Network;

/**
 * What training makes small, and what is reported of it.
 *
 * @param network the network
 * @param losses a loss for each output, whose sum is made small
 * @param reported what is reported beside the companions of the losses
 */
record Objective(Network network, List<Loss> losses, List<Reported> reported) {
  /** A metric of one output. */
  record Reported(int output, Metric metric) {}

  /**
   * What is recorded of a batch.
   *
   * @param loss what training makes small, penalties apart
   * @param metrics what is reported, by name, the loss first
   */
  record Recorded(Variable loss, Map<String, Variable> metrics) {}

  Objective {
    if (losses.size() != network.outputShapes().size()) {
      throw new IllegalArgumentException(
          "training: expected a loss for each of "
              + network.outputShapes().size()
              + " outputs, was "
              + losses.size());
    }
    for (int i = 0; i < losses.size(); i++) {
      requireNotIncluded(losses.get(i), network, i);
      losses.get(i).companions().forEach(Objective::requireOwnName);
    }
    for (Reported each : reported) {
      requireOwnName(each.metric);
      Shape output = network.outputShapes().get(each.output);
      Shape expected = losses.get(each.output).targetShape(output);
      Shape own = each.metric.targetShape(output);
      if (!own.equals(expected)) {
        throw new IllegalArgumentException(
            "training: expected metrics of targets of shape "
                + expected
                + ", as the loss has, was "
                + each.metric.name()
                + " of shape "
                + own);
      }
    }
  }

  private static void requireNotIncluded(Loss loss, Network network, int output) {
    Optional<String> kind = loss.includes().map(Layer::kind);
    if (kind.isPresent() && kind.equals(network.outputLayer(output).map(Layer::kind))) {
      throw new IllegalArgumentException(
          "training: expected outputs before a "
              + kind.get()
              + ", which the loss applies itself, was the output "
              + network.outputNames().get(output)
              + " after one");
    }
  }

  /** Refuses a name that something else is reported under. */
  private static void requireOwnName(Metric metric) {
    if (List.of(Metrics.LOSS, Metrics.PENALTY, Metrics.GRADIENT_NORM).contains(metric.name())) {
      throw new IllegalArgumentException(
          "training: expected metrics of other names than loss, penalty and gradient_norm, was "
              + metric.name());
    }
  }

  /** The shape of the target of one example, for each output. */
  List<Shape> targetShapes() {
    List<Shape> shapes = new ArrayList<>();
    for (int i = 0; i < losses.size(); i++) {
      shapes.add(losses.get(i).targetShape(network.outputShapes().get(i)));
    }
    return shapes;
  }

  /**
   * Records the loss, weighted by example, and what is reported beside it. An example of weight 0
   * has no part in the loss, whatever its outputs are. With several outputs their own losses
   * follow, and a slash and the name of the output stand behind each name.
   */
  Recorded record(List<Variable> outputs, List<Variable> targets, Variable weights) {
    Map<String, Variable> metrics = new LinkedHashMap<>();
    List<Variable> values = new ArrayList<>();
    for (int i = 0; i < losses.size(); i++) {
      Variable each = losses.get(i).ofEach(counted(outputs.get(i), weights), targets.get(i));
      Variable none = each.tape().constant(0);
      values.add(weights.equal(0).select(none, each.multiply(weights)).mean());
    }
    Variable loss = values.stream().reduce(Variable::add).orElseThrow();
    put(metrics, Metrics.LOSS, loss);
    for (int i = 0; i < losses.size(); i++) {
      if (losses.size() > 1) {
        put(metrics, Metrics.LOSS + suffix(i), values.get(i));
      }
      for (Metric metric : metrics(i)) {
        put(metrics, metric.name() + suffix(i), metric.record(outputs.get(i), targets.get(i)));
      }
    }
    return new Recorded(loss, metrics);
  }

  /** Outputs with zeros for the examples that do not count, so that no infinite one does harm. */
  private static Variable counted(Variable outputs, Variable weights) {
    Variable none = weights.equal(0);
    for (int axis = 1; axis < outputs.shape().rank(); axis++) {
      none = none.expand(-1);
    }
    return none.select(outputs.tape().constant(0), outputs);
  }

  private List<Metric> metrics(int output) {
    return Stream.concat(
            losses.get(output).companions().stream(),
            reported.stream().filter(each -> each.output == output).map(Reported::metric))
        .toList();
  }

  private static void put(Map<String, Variable> metrics, String name, Variable value) {
    if (metrics.putIfAbsent(name, value) != null) {
      throw new IllegalArgumentException(
          "training: expected metrics of different names, two are named " + name);
    }
  }

  private String suffix(int output) {
    return losses.size() == 1 ? "" : "/" + outputNames(network).get(output);
  }

  /**
   * The names that outputs are reported under: those of the layers that give them, with the number
   * of the output where a shared layer gives several.
   */
  static List<String> outputNames(Network network) {
    List<String> names = network.outputNames();
    return IntStream.range(0, names.size())
        .mapToObj(
            output -> {
              String name = names.get(output);
              return names.indexOf(name) == names.lastIndexOf(name)
                  ? name
                  : name + "_" + (output + 1);
            })
        .toList();
  }

  /** Refuses data that do not fit the network and the losses. */
  void requireFit(DataSet data) {
    List<Shape> outputs = network.outputShapes();
    requireShapes("examples", network.inputShapes(), data.inputShapes());
    List<Shape> targets = targetShapes();
    requireShapes("targets", targets, numbersAsVectors(data.targetShapes(), targets));
    requireClasses(data.classes(), outputs.get(0).size());
    for (int i = 0; i < losses.size(); i++) {
      losses.get(i).requireTargets(data.targets(i), outputs.get(i));
      for (Metric metric : metrics(i)) {
        metric.requireTargets(data.targets(i), outputs.get(i));
      }
    }
  }

  /** A number fits where a vector of one element is expected: the elements are the same. */
  private static List<Shape> numbersAsVectors(List<Shape> given, List<Shape> expected) {
    List<Shape> shapes = new ArrayList<>(given);
    for (int i = 0; i < Math.min(expected.size(), given.size()); i++) {
      if (given.get(i).equals(Shape.SCALAR) && expected.get(i).equals(Shape.of(1))) {
        shapes.set(i, Shape.of(1));
      }
    }
    return shapes;
  }

  /** A single output tells two classes apart. */
  private static void requireClasses(int classes, int outputs) {
    int most = Math.max(2, outputs);
    if (classes > most) {
      throw new IllegalArgumentException(
          "trainer: expected at most "
              + most
              + " classes for "
              + outputs
              + (outputs == 1 ? " output" : " outputs")
              + ", was "
              + classes);
    }
  }

  private static void requireShapes(String what, List<Shape> expected, List<Shape> given) {
    if (!given.equals(expected)) {
      throw new IllegalArgumentException(
          "trainer: expected " + what + " of shape " + text(expected) + ", was " + text(given));
    }
  }

  private static String text(List<Shape> shapes) {
    return shapes.size() == 1 ? shapes.get(0).toString() : shapes.toString();
  }
}
