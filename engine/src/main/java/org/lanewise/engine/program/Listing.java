package org.lanewise.engine.program;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.lanewise.engine.Shape;
import org.lanewise.engine.operation.ArgMax;
import org.lanewise.engine.operation.BroadcastTo;
import org.lanewise.engine.operation.CustomOperation;
import org.lanewise.engine.operation.Draw;
import org.lanewise.engine.operation.Elementwise;
import org.lanewise.engine.operation.FusibleOperation;
import org.lanewise.engine.operation.GatherRows;
import org.lanewise.engine.operation.KernelOperation;
import org.lanewise.engine.operation.Leaf;
import org.lanewise.engine.operation.MatrixProduct;
import org.lanewise.engine.operation.MovementOperation;
import org.lanewise.engine.operation.Reduction;
import org.lanewise.engine.operation.ReshapeTo;
import org.lanewise.engine.operation.ScatterAddRows;
import org.lanewise.engine.vector.Tiers;

/** The listing that {@link Program#explain} prints. */
final class Listing {
  private final List<String> lines = new ArrayList<>();
  private long flops;
  private long elements;

  /** The times of the steps; null if none were measured. */
  private final @Nullable StepTimes times;

  private Listing(@Nullable StepTimes times) {
    this.times = times;
  }

  static String of(Plan plan, int recorded, int copies, @Nullable StepTimes times) {
    Listing listing = new Listing(times == null || times.runs() == 0 ? null : times);
    for (int i = 0; i < plan.steps().size(); i++) {
      listing.step(i, plan.steps().get(i));
    }
    long loops = plan.steps().stream().filter(step -> step.unit().isLoop()).count();
    String head =
        String.format(
            Locale.ROOT,
            "program: %d operations in %d steps, %d of them fused loops, and %d copies at the end%n"
                + "a run: %s flop, %s read and written%s%n"
                + "buffers: %s for %d values%n",
            recorded,
            plan.steps().size(),
            loops,
            copies,
            scaled(listing.flops, 1000, ""),
            bytes(4 * listing.elements),
            listing.runs(),
            bytes(4L * plan.arenaSize()),
            plan.buffered());
    return head + String.join("", listing.lines);
  }

  private void step(int number, Plan.Step step) {
    List<Node> inputs = step.unit().inputs();
    long touched = 0;
    for (Node input : inputs) {
      touched += input.shape().size();
    }
    for (Node stored : step.stored()) {
      touched += stored.shape().size();
    }
    long work = step.unit().members().stream().mapToLong(Listing::flops).sum();
    flops += work;
    elements += touched;
    lines.add(
        String.format(
            Locale.ROOT,
            "%3d  %-23s %-16s %8s flop %10s  %s%s%n",
            number + 1,
            means(step),
            step.unit().space(),
            scaled(work, 1000, ""),
            bytes(4 * touched),
            time(number),
            step.stored().stream().map(Listing::name).collect(Collectors.joining(", "))
                + " ← "
                + inputs.stream().map(Listing::name).collect(Collectors.joining(", "))));
    Node kernel = step.unit().kernel();
    FusionGroup loop = step.unit().loop();
    if (kernel != null) {
      add(line(kernel) + (loop == null ? "" : " with " + labels(loop)));
    }
    if (loop != null) {
      loop.members().forEach(member -> add(line(member)));
    }
  }

  private String runs() {
    return times == null
        ? ""
        : String.format(
            Locale.ROOT,
            "; %.1f µs in its steps, the mean of %d runs",
            times.microseconds(),
            times.runs());
  }

  /** The time of a step and its share. */
  private String time(int step) {
    if (times == null) {
      return "";
    }
    double time = times.microseconds(step);
    double share = time / times.microseconds();
    return String.format(Locale.ROOT, "%9.1f µs %5.1f %%  ", time, 100 * share);
  }

  /** The means by which a step is run: a kernel, a loop, or both, and their tiers. */
  private static String means(Plan.Step step) {
    String tiers =
        step.tiers().stream().map(Tiers::label).distinct().collect(Collectors.joining(", "));
    String kind = step.unit().isLoop() ? "loop" : "kernel";
    return tiers.isEmpty() ? kind : kind + ", " + tiers;
  }

  private void add(String line) {
    lines.add("         " + line + System.lineSeparator());
  }

  private static String labels(FusionGroup loop) {
    return loop.members().stream()
        .map(member -> member.operation().label())
        .collect(Collectors.joining(", "));
  }

  private static String line(Node node) {
    return name(node)
        + " = "
        + node.operation().label()
        + node.operands().stream().map(Listing::name).collect(Collectors.joining(", ", "(", ")"));
  }

  /** The name of a value: an input's own, a literal's number, and of others the index. */
  private static String name(Node node) {
    return switch (node.operation()) {
      case Leaf.Literal(double value) -> Float.toString((float) value);
      case Leaf.Input(String name, _) -> name;
      case ReshapeTo _ -> name(node.operands().get(0));
      case Leaf.Constant _, FusibleOperation _, KernelOperation _ -> "%" + node.index();
    };
  }

  /**
   * Floating-point operations: two for each term of a product, one for each element of others. What
   * draws and custom operations take is not known.
   */
  private static long flops(Node node) {
    return switch (node.operation()) {
      case MatrixProduct product -> {
        Shape left = node.operands().get(0).shape();
        yield 2L * node.shape().size() * left.dimension(product.transposeLeft() ? -2 : -1);
      }
      case Elementwise _ -> node.shape().size();
      case Reduction _, ArgMax _, ScatterAddRows _ -> node.operands().get(0).shape().size();
      case Leaf _,
          ReshapeTo _,
          BroadcastTo _,
          MovementOperation _,
          GatherRows _,
          Draw _,
          CustomOperation _ ->
          0;
    };
  }

  private static String bytes(long count) {
    return scaled(count, 1024, "B");
  }

  private static String scaled(long count, int step, String unit) {
    String[] prefixes =
        step == 1024 ? new String[] {"", "Ki", "Mi", "Gi"} : new String[] {"", "k", "M", "G"};
    double value = count;
    int prefix = 0;
    while (value >= step && prefix < prefixes.length - 1) {
      value /= step;
      prefix++;
    }
    return String.format(
            Locale.ROOT, prefix == 0 ? "%.0f %s%s" : "%.1f %s%s", value, prefixes[prefix], unit)
        .strip();
  }
}
