package org.lanewise.nn.training;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.lanewise.autodiff.Variable;
import org.lanewise.engine.Shape;
import org.lanewise.nn.layer.Layer;
import org.lanewise.nn.layer.Named;
import org.lanewise.nn.loss.Loss;
import org.lanewise.nn.loss.Metric;
import org.lanewise.nn.network.Network;

/** What training makes small: the sum of a loss for each output of a network. */
record Objective(Network network, List<Loss> losses) {
  Objective {
    if (losses.size() != network.outputShapes().size()) {
      throw new IllegalArgumentException(
          "training: expected a loss for each of "
              + network.outputShapes().size()
              + " outputs, was "
              + losses.size());
    }
    for (int i = 0; i < losses.size(); i++) {
      String output = network.outputNames().get(i);
      losses.get(i).includes().ifPresent(included -> requireNot(included, network, output));
    }
  }

  private static void requireNot(Layer included, Network network, String output) {
    for (Named layer : network.layers()) {
      if (layer.name().equals(output) && layer.kind().equals(included.kind())) {
        throw new IllegalArgumentException(
            "training: expected outputs before a "
                + included.kind()
                + ", which the loss applies itself, was the layer "
                + output);
      }
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
   * The loss, weighted by example, and then what is reported beside it, by name. With several
   * outputs their own losses follow, and a slash and the name of the output stand behind each name.
   */
  Map<String, Variable> record(List<Variable> outputs, List<Variable> targets, Variable weights) {
    Map<String, Variable> metrics = new LinkedHashMap<>();
    for (int i = 0; i < losses.size(); i++) {
      Loss loss = losses.get(i);
      Variable value = loss.ofEach(outputs.get(i), targets.get(i)).multiply(weights).mean();
      metrics.merge(loss.name(), value, Variable::add);
      if (losses.size() > 1) {
        metrics.put(loss.name() + suffix(i), value);
      }
      for (Metric metric : loss.companions()) {
        metrics.put(metric.name() + suffix(i), metric.record(outputs.get(i), targets.get(i)));
      }
    }
    return metrics;
  }

  private String suffix(int output) {
    List<String> names = network.outputNames();
    if (losses.size() == 1) {
      return "";
    }
    String name = names.get(output);
    // A shared layer may give several outputs.
    return "/"
        + (names.indexOf(name) == names.lastIndexOf(name) ? name : name + "_" + (output + 1));
  }

  /** Refuses data that do not fit the network and the losses. */
  void requireFit(DataSet data) {
    List<Shape> outputs = network.outputShapes();
    requireShapes("examples", network.inputShapes(), data.inputShapes());
    requireShapes("targets", targetShapes(), data.targetShapes());
    if (data.classes() > outputs.get(0).size()) {
      throw new IllegalArgumentException(
          "trainer: expected at most "
              + outputs.get(0).size()
              + " classes, as the network has outputs, was "
              + data.classes());
    }
    for (int i = 0; i < losses.size(); i++) {
      losses.get(i).requireTargets(data.targets(i), outputs.get(i));
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
