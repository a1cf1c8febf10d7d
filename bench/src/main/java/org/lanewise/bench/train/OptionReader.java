package org.lanewise.bench.train;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.Supplier;
import org.lanewise.nn.Layers;
import org.lanewise.nn.loss.Loss;
import org.lanewise.nn.loss.SoftmaxCrossEntropy;
import org.lanewise.nn.regularizer.Constraint;
import picocli.CommandLine.ParseResult;

/**
 * Makes options of the given ones, with defaults for the rest.
 *
 * @param given the matched options
 */
record OptionReader(ParseResult given) {
  /** As many as the engine takes. */
  private static final int MOST_THREADS = 4096;

  Options options() {
    OptionalInt threads = integer("--threads", Integer.MIN_VALUE);
    threads.ifPresent(
        n -> {
          if (n < 1 || n > MOST_THREADS) {
            throw new InputException("--threads: expected 1 to " + MOST_THREADS + ", was " + n);
          }
        });
    Architecture architecture = architecture();
    OptionalInt monteCarlo = integer("--monte-carlo", 1);
    if (monteCarlo.isPresent() && !architecture.draws()) {
      throw new InputException("--monte-carlo: expected --dropout or --alpha-dropout with it");
    }
    return new Options(
        text("--data", Path.class),
        threads,
        seed(),
        isOn("--standardize", false),
        architecture,
        fitting(),
        integer("--transfer", 2),
        monteCarlo);
  }

  private Architecture architecture() {
    double dropout = number("--dropout", 0);
    double alphaDropout = number("--alpha-dropout", 0);
    checked("--dropout", () -> Layers.dropout(dropout));
    checked("--alpha-dropout", () -> Layers.alphaDropout(alphaDropout));
    OptionalDouble maxNorm =
        given.hasMatchedOption("--max-norm")
            ? OptionalDouble.of(number("--max-norm", 0))
            : OptionalDouble.empty();
    maxNorm.ifPresent(norm -> checked("--max-norm", () -> Constraint.maxNorm(norm)));
    return new Architecture(
        hidden(),
        Catalog.ACTIVATIONS.get(text("--activation", String.class).orElse("elu")),
        text("--initializer", String.class).map(Catalog.INITIALIZERS::get),
        isOn("--batch-norm", true),
        dropout,
        alphaDropout,
        text("--regularizer", String.class)
            .map(name -> Catalog.ofNumber(Catalog.REGULARIZERS, name)),
        maxNorm);
  }

  private Fitting fitting() {
    double rate = number("--learning-rate", 0.001);
    if (!((float) rate > 0 && Float.isFinite((float) rate))) {
      throw new InputException("--learning-rate: expected a finite number above 0, was " + rate);
    }
    double momentum = number("--momentum", 0.9);
    String name = text("--optimizer", String.class).orElse("adam");
    Catalog.OptimizerMaker optimizer = Catalog.OPTIMIZERS.get(name);
    if (given.hasMatchedOption("--momentum") && !Catalog.WITH_MOMENTUM.contains(name)) {
      throw new InputException(
          "--momentum: expected an optimizer that takes one, "
              + String.join(" or ", Catalog.WITH_MOMENTUM)
              + ", was "
              + name);
    }
    return new Fitting(
        integer("--epochs", 1).orElse(10),
        integer("--batch", 2).orElse(100),
        seed(),
        loss(),
        checked("--momentum", () -> optimizer.make(rate, momentum)),
        Catalog.SCHEDULES.get(text("--schedule", String.class).orElse("linear")),
        Catalog.ofNumber(Catalog.CLIPPINGS, text("--clip", String.class).orElse("global-norm:1")),
        integer("--early-stopping", 1));
  }

  private Loss loss() {
    Loss loss = Catalog.LOSSES.get(text("--loss", String.class).orElse("cross-entropy"));
    if (!given.hasMatchedOption("--label-smoothing")) {
      return loss;
    } else if (loss instanceof SoftmaxCrossEntropy crossEntropy) {
      double smoothing = number("--label-smoothing", 0);
      return checked("--label-smoothing", () -> crossEntropy.labelSmoothing(smoothing));
    }
    throw new InputException(
        "--label-smoothing: expected the loss cross-entropy, was "
            + text("--loss", String.class).orElseThrow());
  }

  private List<Integer> hidden() {
    String text = text("--hidden", String.class).orElse("300,100");
    try {
      List<Integer> units =
          Arrays.stream(text.split(",", -1)).map(part -> Integer.valueOf(part.strip())).toList();
      if (units.stream().allMatch(unit -> unit > 0)) {
        return units;
      }
    } catch (NumberFormatException e) {
      // The message below is for this, too.
    }
    throw new InputException("--hidden: expected numbers of units such as 300,100, was " + text);
  }

  private long seed() {
    return given.matchedOptionValue("--seed", 42L);
  }

  private double number(String option, double ordinary) {
    return given.matchedOptionValue(option, ordinary);
  }

  private boolean isOn(String option, boolean ordinary) {
    return text(option, String.class)
        .map(value -> Choices.yesOrNo(option).get(value))
        .orElse(ordinary);
  }

  private <T> Optional<T> text(String option, Class<T> type) {
    return given.hasMatchedOption(option)
        ? Optional.of(type.cast(given.matchedOption(option).getValue()))
        : Optional.empty();
  }

  private OptionalInt integer(String option, int least) {
    if (!given.hasMatchedOption(option)) {
      return OptionalInt.empty();
    }
    int value = given.matchedOptionValue(option, 0);
    if (value < least) {
      throw new InputException(option + ": expected at least " + least + ", was " + value);
    }
    return OptionalInt.of(value);
  }

  /** Turns an exception of the library into a message that names the option. */
  private static <T> T checked(String option, Supplier<T> maker) {
    try {
      return maker.get();
    } catch (IllegalArgumentException e) {
      throw new InputException(option + ": " + e.getMessage());
    }
  }
}
