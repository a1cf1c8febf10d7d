package org.lanewise.bench.train;

import java.nio.file.Path;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The options for the parser, without reflection: nothing is opened to it. */
final class OptionSpecs {
  private OptionSpecs() {}

  static CommandSpec all() {
    CommandSpec spec = CommandSpec.create().name("train");
    add(
        spec,
        "--data",
        "DIR",
        Path.class,
        "folder of MNIST-style IDX files, gzipped or not"
            + " (default: an embedded subset of Fashion-MNIST)");
    add(spec, "--epochs", "N", int.class, "passes over the training images (default: 10)");
    add(spec, "--batch", "N", int.class, "images in a training step (default: 100)");
    add(spec, "--seed", "N", long.class, "seed of all random numbers (default: 42)");
    add(spec, "--threads", "N", int.class, "threads to compute with; no result depends on them");
    addRecipe(spec);
    addNetwork(spec);
    addTraining(spec);
    spec.addOption(
        OptionSpec.builder("-h", "--help")
            .usageHelp(true)
            .description("show this help and exit")
            .build());
    spec.usageMessage()
        .description("Trains a network to recognize images and measures it on others.")
        .sortOptions(false);
    return spec;
  }

  private static void addRecipe(CommandSpec spec) {
    String recipes =
        Recipe.ALL.values().entrySet().stream()
            .map(entry -> entry.getKey() + ": " + entry.getValue().what())
            .collect(Collectors.joining("%n"));
    add(spec, "--recipe", "NAME", String.class, "options that belong together:%n" + recipes);
    add(
        spec,
        "--transfer",
        "N",
        int.class,
        "train on the first 8 classes, then reuse the hidden layers for N images of the last 2");
    add(
        spec,
        "--monte-carlo",
        "N",
        int.class,
        "also predict by the mean of N samples with dropout left on");
  }

  private static void addNetwork(CommandSpec spec) {
    add(spec, "--standardize", "yes|no", String.class, "scale every pixel (default: no)");
    add(spec, "--hidden", "N,N…", String.class, "units of the hidden layers (default: 300,100)");
    add(spec, "--activation", "NAME", Catalog.ACTIVATIONS, "elu");
    add(spec, "--initializer", "NAME", Catalog.INITIALIZERS, "what fits the activation");
    add(
        spec,
        "--batch-norm",
        "yes|no",
        String.class,
        "batch normalization before activations (default: yes)");
    add(spec, "--dropout", "RATE", double.class, "dropout after inputs and activations");
    add(spec, "--alpha-dropout", "RATE", double.class, "alpha dropout in the same places");
    add(spec, "--regularizer", "NAME:FACTOR", Catalog.REGULARIZERS, "none");
    add(spec, "--max-norm", "X", double.class, "largest norm of the weights into a hidden unit");
  }

  private static void addTraining(CommandSpec spec) {
    add(spec, "--loss", "NAME", Catalog.LOSSES, "cross-entropy");
    add(
        spec,
        "--label-smoothing",
        "X",
        double.class,
        "share of every label that goes to all classes alike, of cross-entropy (default: 0)");
    add(spec, "--optimizer", "NAME", Catalog.OPTIMIZERS, "adam");
    add(spec, "--learning-rate", "X", double.class, "step size of the optimizer (default: 0.001)");
    add(spec, "--momentum", "X", double.class, "of momentum and nesterov (default: 0.9)");
    add(spec, "--schedule", "NAME", Catalog.SCHEDULES, "linear, down to a hundredth");
    add(spec, "--clip", "NAME:LIMIT", Catalog.CLIPPINGS, "global-norm:1");
    add(
        spec,
        "--early-stopping",
        "N",
        int.class,
        "stop after N epochs without a smaller validation loss, and keep the best");
  }

  private static void add(
      CommandSpec spec, String name, String label, Choices<?> choices, String ordinary) {
    add(spec, name, label, String.class, choices.names() + " (default: " + ordinary + ")");
  }

  private static void add(
      CommandSpec spec, String name, String label, Class<?> type, String description) {
    spec.addOption(
        OptionSpec.builder(name).paramLabel(label).type(type).description(description).build());
  }
}
