package org.lanewise.engine.program;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.lanewise.engine.Tensor;
import org.lanewise.engine.operation.Operation;

/**
 * Recorded results and assignments, planned once to be run often.
 *
 * <p>Only what they depend on is computed, into tensors that are allocated once. A run reads what
 * the inputs hold at its start; the assignments happen together at its end. Not safe for use by
 * several threads.
 */
public final class Program {
  private record Step(Operation operation, List<Tensor> operands, Tensor result) {}

  private record Store(Tensor target, Tensor value) {}

  private final List<Step> steps = new ArrayList<>();
  private final List<Store> stores = new ArrayList<>();
  private final Map<Node, Tensor> values = new HashMap<>();

  /**
   * Plans a program.
   *
   * @param results the nodes whose values can be asked for after a run
   * @param assignments the inputs that change at the end of a run, each once
   * @throws IllegalArgumentException if there is nothing to compute, nodes are of different graphs
   *     or an input is assigned twice
   */
  public Program(List<Node> results, List<Assignment> assignments) {
    List<Node> needed = new ArrayList<>(results);
    for (Assignment assignment : assignments) {
      needed.add(assignment.value());
      needed.add(assignment.input());
    }
    if (needed.isEmpty()) {
      throw new IllegalArgumentException("program: expected a result or an assignment, was none");
    }
    Graph graph = needed.get(0).graph();
    needed.forEach(node -> graph.requireOwn("program", node));
    for (Node node : graph.dependencies(needed)) {
      List<Tensor> operands = node.operands().stream().map(this::known).toList();
      Tensor result = Kernels.place(node, operands);
      values.put(node, result);
      steps.add(new Step(node.operation(), operands, result));
    }
    planStores(assignments);
  }

  /**
   * Values that look at an input which is assigned too are copied aside before the first
   * assignment.
   */
  private void planStores(List<Assignment> assignments) {
    Set<float[]> targets = Collections.newSetFromMap(new IdentityHashMap<>());
    for (Assignment assignment : assignments) {
      if (!targets.add(assignment.target().array())) {
        throw new IllegalArgumentException("program: " + assignment.input() + " is assigned twice");
      }
    }
    List<Store> last = new ArrayList<>();
    for (Assignment assignment : assignments) {
      Tensor value = known(assignment.value());
      if (targets.contains(value.array())) {
        Tensor aside = Tensor.zeros(value.shape());
        stores.add(new Store(aside, value));
        value = aside;
      }
      last.add(new Store(assignment.target(), value));
    }
    stores.addAll(last);
  }

  /** Runs the program once. */
  public void run() {
    for (Step step : steps) {
      Kernels.run(step.operation, step.operands, step.result);
    }
    for (Store store : stores) {
      store.target.copyFrom(store.value);
    }
  }

  /**
   * The value of a result.
   *
   * @param result one of the results the program was planned with
   * @return a tensor that holds the value of the latest run
   * @throws IllegalArgumentException if the node is not computed by this program
   */
  public Tensor value(Node result) {
    return known(result);
  }

  private Tensor known(Node node) {
    Tensor value = values.get(node);
    if (value == null) {
      throw new IllegalArgumentException("program: " + node + " is not among the results");
    }
    return value;
  }
}
