package org.lanewise.engine.program;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.lanewise.engine.Tensor;
import org.lanewise.engine.operation.Leaf;
import org.lanewise.engine.vector.Tiers;
import org.lanewise.engine.vector.VectorSupport;

/**
 * Recorded results and assignments, planned once to be run often.
 *
 * <p>Only what they depend on is computed, into tensors that are allocated once. A run reads what
 * the inputs hold at its start; the assignments happen together at its end. Not safe for use by
 * several threads.
 */
public final class Program {
  private record Store(Tensor target, Tensor value) {}

  private final int recorded;
  private final Plan plan;
  private final Runnable[] steps;
  private final List<Store> stores = new ArrayList<>();
  private final Map<Node, Tensor> values = new HashMap<>();

  /** The times that runs are measured with; null if they are not. */
  private @Nullable StepTimes times;

  /**
   * Plans a program.
   *
   * @param results the nodes whose values can be asked for after a run
   * @param assignments the inputs that change at the end of a run, each once
   * @throws IllegalArgumentException if there is nothing to compute, nodes are of different graphs,
   *     an element is assigned twice, constants are not what an operation takes, or intermediate
   *     values need more than 2<sup>31</sup> elements at the same time
   * @throws IllegalStateException if a system property asks for vectors that cannot be had
   */
  public Program(List<Node> results, List<Assignment> assignments) {
    this(results, assignments, new SharedConstants());
  }

  /**
   * Plans a program that shares the values made of constants with others.
   *
   * @param results the nodes whose values can be asked for after a run
   * @param assignments the inputs that change at the end of a run, each once
   * @param constants the shared values
   * @throws IllegalArgumentException if there is nothing to compute, nodes are of different graphs,
   *     an element is assigned twice, constants are not what an operation takes, or intermediate
   *     values need more than 2<sup>31</sup> elements at the same time
   * @throws IllegalStateException if a system property asks for vectors that cannot be had
   */
  public Program(List<Node> results, List<Assignment> assignments, SharedConstants constants) {
    VectorSupport.check();
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
    requireDisjoint(assignments);
    recorded = graph.dependencies(needed).size();
    plan = new Plan(graph, results, assignments, constants);
    steps = plan.steps().stream().map(Plan.Step::work).toArray(Runnable[]::new);
    planStores(results, assignments);
  }

  /**
   * Plans the copies at the end of a run. A value that is a view of an assigned input is first
   * copied aside.
   */
  private void planStores(List<Node> results, List<Assignment> assignments) {
    for (Node result : results) {
      Tensor value = plan.value(result);
      // A result that was simplified to an input has to stay when the input changes.
      values.put(result, plan.isInput(result) && !isInput(result) ? aside(value) : value);
    }
    List<Assignment> copied =
        assignments.stream().filter(assignment -> !plan.isInPlace(assignment)).toList();
    TensorIndex<Assignment> targets = new TensorIndex<>();
    copied.forEach(each -> targets.add(each.target(), each));
    values.replaceAll((result, value) -> keptFrom(targets, value));
    List<Tensor> assigned =
        copied.stream().map(each -> keptFrom(targets, plan.value(each.value()))).toList();
    for (int i = 0; i < copied.size(); i++) {
      stores.add(new Store(copied.get(i).target(), assigned.get(i)));
    }
  }

  /** A value, or a copy that is made before assignments change it. */
  private Tensor keptFrom(TensorIndex<Assignment> targets, Tensor value) {
    return targets.overlaps(value) ? aside(value) : value;
  }

  private Tensor aside(Tensor value) {
    Tensor aside = Tensor.zeros(value.shape());
    stores.add(new Store(aside, value));
    return aside;
  }

  /** Whether a node is an input or looks at one. */
  static boolean isInput(Node node) {
    return Fusion.source(node).operation() instanceof Leaf.Input;
  }

  private static void requireDisjoint(List<Assignment> assignments) {
    TensorIndex<Node> assigned = new TensorIndex<>();
    for (Assignment assignment : assignments) {
      Optional<Node> other = assigned.overlapping(assignment.target()).findFirst();
      if (other.isPresent()) {
        throw new IllegalArgumentException(
            "program: "
                + assignment.input()
                + " is assigned twice, its elements already as "
                + other.get());
      }
      assigned.add(assignment.target(), assignment.input());
    }
  }

  /**
   * Runs the program once.
   *
   * @throws IllegalArgumentException if an operand's elements are not what its operation takes,
   *     such as a position out of range; nothing is assigned then
   */
  public void run() {
    if (times == null) {
      for (Runnable step : steps) {
        step.run();
      }
    } else {
      times.run(steps);
    }
    for (int i = 0; i < stores.size(); i++) {
      stores.get(i).target.copyFrom(stores.get(i).value);
    }
  }

  /**
   * Says whether the runs from now on are measured: then {@link #explain} tells how long each step
   * took. What was measured before is forgotten.
   *
   * @param measured whether to take the time of each step, which costs tens of nanoseconds each
   */
  public void measure(boolean measured) {
    times = measured ? new StepTimes(steps.length) : null;
  }

  /**
   * The value of a result.
   *
   * @param result one of the results the program was planned with
   * @return the tensor that every run writes the value to; an input that is not assigned is its own
   * @throws IllegalArgumentException if the node is not computed by this program
   */
  public Tensor value(Node result) {
    Tensor value = values.get(result);
    if (value == null) {
      throw new IllegalArgumentException("program: " + result + " is not among the results");
    }
    return value;
  }

  /**
   * Has vectors tried for all of the program, whatever it computes until then, instead of waiting
   * until plain loops have taken some time.
   */
  public void settle() {
    tiers().forEach(Tiers::tryNow);
  }

  /**
   * Whether all loops and products have their final tier. Until then vectors may take over from
   * plain loops between two runs.
   *
   * @return true if no tier will change any more
   */
  public boolean isSettled() {
    return tiers().allMatch(Tiers::isDecided);
  }

  private Stream<Tiers> tiers() {
    return plan.steps().stream().flatMap(step -> step.tiers().stream());
  }

  /**
   * The program as a listing for people: its steps in their order with what each computes, reads
   * and stores, the tier of each loop and product at the moment, floating-point operations, bytes
   * that pass through memory, and the memory of intermediate values; if runs were measured, also
   * the mean time of each step and its share.
   *
   * @return several lines
   */
  public String explain() {
    return Listing.of(plan, recorded, stores.size(), times);
  }
}
