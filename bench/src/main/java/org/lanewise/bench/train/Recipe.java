package org.lanewise.bench.train;

import java.util.Map;

/**
 * Options that belong together; those of the command line come before them.
 *
 * @param what a description, for {@code --help}
 * @param options values by the names of options
 */
record Recipe(String what, Map<String, String> options) {
  /** All recipes by their names. */
  static final Choices<Recipe> ALL =
      Choices.<Recipe>of("--recipe")
          .with(
              "default-first-edition",
              new Recipe(
                  "He, ELU, batch normalization, dropout, Nesterov, no schedule",
                  Map.of(
                      "--activation", "elu",
                      "--initializer", "he-normal",
                      "--batch-norm", "yes",
                      "--dropout", "0.2",
                      "--optimizer", "nesterov",
                      "--learning-rate", "0.02",
                      "--schedule", "constant",
                      "--clip", "none",
                      "--epochs", "20")))
          .with(
              "default",
              new Recipe(
                  "He, ELU, batch normalization, l2, early stopping, momentum, 1cycle",
                  Map.of(
                      "--activation", "elu",
                      "--initializer", "he-normal",
                      "--batch-norm", "yes",
                      "--regularizer", "l2:1e-4",
                      "--early-stopping", "10",
                      "--optimizer", "momentum",
                      "--learning-rate", "0.1",
                      "--schedule", "one-cycle",
                      "--clip", "none",
                      "--epochs", "20")))
          .with(
              "self-normalizing",
              new Recipe(
                  "LeCun, SELU, alpha dropout, standardized inputs, momentum, 1cycle",
                  Map.ofEntries(
                      Map.entry("--activation", "selu"),
                      Map.entry("--initializer", "lecun-normal"),
                      Map.entry("--batch-norm", "no"),
                      Map.entry("--alpha-dropout", "0.02"),
                      Map.entry("--standardize", "yes"),
                      Map.entry("--hidden", "100,100,100,100,100,100,100,100"),
                      Map.entry("--optimizer", "momentum"),
                      Map.entry("--learning-rate", "0.02"),
                      Map.entry("--schedule", "one-cycle"),
                      Map.entry("--clip", "global-norm:1"),
                      Map.entry("--epochs", "20"))))
          .with(
              "regularized",
              new Recipe(
                  "ELU, dropout, l2, max-norm, early stopping",
                  Map.of(
                      "--activation", "elu",
                      "--batch-norm", "no",
                      "--dropout", "0.2",
                      "--regularizer", "l2:1e-5",
                      "--max-norm", "3",
                      "--early-stopping", "5",
                      "--optimizer", "nadam",
                      "--learning-rate", "0.001",
                      "--epochs", "20")))
          .with(
              "transfer",
              new Recipe(
                  "the first 8 classes, then the last 2 with 200 images",
                  Map.of("--transfer", "200")))
          .with(
              "mc-dropout",
              new Recipe(
                  "dropout that stays on to predict, 100 samples",
                  Map.of(
                      "--dropout", "0.2",
                      "--monte-carlo", "100",
                      "--epochs", "20")));
}
