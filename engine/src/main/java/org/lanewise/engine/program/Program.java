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
import org.lanewise.engine.simd.VectorSupport;

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
   *     or an element is assigned twice
   * @throws IllegalStateException if the JVM was started without the module jdk.incubator.vector
   */
  public Program(List<Node> results, List<Assignment> assignments) {
    VectorSupport.require();
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
    planStores(results, assignments);
  }

  /**
   * Values that look at an input which is assigned too are copied aside before the first
   * assignment.
   */
  private void planStores(List<Node> results, List<Assignment> assignments) {
    requireDisjoint(assignments);
    Set<float[]> targets = Collections.newSetFromMap(new IdentityHashMap<>());
    assignments.forEach(assignment -> targets.add(assignment.target().array()));
    List<Node> read = new ArrayList<>(results);
    assignments.forEach(assignment -> read.add(assignment.value()));
    Map<Node, Tensor> asides = new HashMap<>();
    for (Node node : read) {
      Tensor value = known(node);
      if (targets.contains(value.array()) && !asides.containsKey(node)) {
        Tensor aside = Tensor.zeros(value.shape());
        stores.add(new Store(aside, value));
        asides.put(node, aside);
      }
    }
    values.putAll(asides);
    for (Assignment assignment : assignments) {
      stores.add(new Store(assignment.target(), known(assignment.value())));
    }
  }

  private static void requireDisjoint(List<Assignment> assignments) {
    for (int i = 0; i < assignments.size(); i++) {
      for (int j = 0; j < i; j++) {
        if (overlap(assignments.get(i).target(), assignments.get(j).target())) {
          throw new IllegalArgumentException(
              "program: "
                  + assignments.get(i).input()
                  + " is assigned twice, its elements already as "
                  + assignments.get(j).input());
        }
      }
    }
  }

  private static boolean overlap(Tensor a, Tensor b) {
    return a.array() == b.array()
        && a.offset() < b.offset() + b.size()
        && b.offset() < a.offset() + a.size();
  }

  /**
   * Runs the program once.
   *
   * @throws IllegalArgumentException if an operand's elements are not what its operation takes,
   *     such as a position out of range; nothing is assigned then
   */
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
   * @return the tensor that every run writes the value to; an input that is not assigned is its own
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
