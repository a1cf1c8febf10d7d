package org.lanewise.bench.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.lanewise.engine.Shape;
import org.lanewise.nn.Layers;
import org.lanewise.nn.clip.GradientClipping;
import org.lanewise.nn.initializer.Initializer;
import org.lanewise.nn.loss.SoftmaxCrossEntropy;
import org.lanewise.nn.network.Network;
import org.lanewise.nn.optimizer.Optimizer;
import org.lanewise.nn.regularizer.Regularizer;
import org.lanewise.nn.schedule.Progress;

final class OptionsTest {
  private static Options parsed(String... arguments) {
    return Options.parse(arguments).orElseThrow();
  }

  @Test
  void defaults() {
    Options options = parsed();
    assertThat(options.data()).isEmpty();
    assertThat(options.threads()).isEmpty();
    assertThat(options.seed()).isEqualTo(42);
    assertThat(options.standardize()).isFalse();
    assertThat(options.architecture())
        .isEqualTo(
            new Architecture(
                List.of(300, 100),
                Layers.elu(),
                Optional.empty(),
                true,
                0,
                0,
                Optional.empty(),
                OptionalDouble.empty()));
    Fitting fitting = options.fitting();
    assertThat(fitting.epochs()).isEqualTo(10);
    assertThat(fitting.batch()).isEqualTo(100);
    assertThat(fitting.loss()).isEqualTo(new SoftmaxCrossEntropy());
    assertThat(fitting.optimizer()).isEqualTo(Optimizer.adam(0.001));
    assertThat(fitting.schedule()).isSameAs(Catalog.SCHEDULES.get("linear"));
    assertThat(fitting.clipping()).isEqualTo(GradientClipping.byGlobalNorm(1));
    assertThat(fitting.patience()).isEmpty();
    assertThat(options.transfer()).isEmpty();
    assertThat(options.monteCarlo()).isEmpty();
  }

  @Test
  void optionsOfTheRun() {
    Options options =
        parsed(
            "--data",
            "some/folder",
            "--epochs=3",
            "--batch",
            "128",
            "--seed",
            "-9223372036854775808",
            "--threads",
            "2");
    assertThat(options.data()).contains(Path.of("some/folder"));
    assertThat(options.fitting().epochs()).isEqualTo(3);
    assertThat(options.fitting().batch()).isEqualTo(128);
    assertThat(options.seed()).isEqualTo(Long.MIN_VALUE);
    assertThat(options.fitting().seed()).isEqualTo(Long.MIN_VALUE);
    assertThat(options.threads()).hasValue(2);
  }

  @Test
  void optionsOfTheNetwork() {
    Options options =
        parsed(
            "--standardize=yes",
            "--hidden=50, 40,30",
            "--activation=leaky-relu",
            "--initializer=orthogonal",
            "--batch-norm=no",
            "--dropout=0.3",
            "--alpha-dropout=0.1",
            "--regularizer=l2:0.01",
            "--max-norm=2");
    assertThat(options.standardize()).isTrue();
    assertThat(options.architecture())
        .isEqualTo(
            new Architecture(
                List.of(50, 40, 30),
                Layers.leakyRelu(),
                Optional.of(Initializer.orthogonal()),
                false,
                0.3,
                0.1,
                Optional.of(Regularizer.l2(0.01)),
                OptionalDouble.of(2)));
  }

  @Test
  void optionsOfTraining() {
    Fitting fitting =
        parsed(
                "--label-smoothing=0.1",
                "--optimizer=nesterov",
                "--learning-rate=3e-4",
                "--momentum=0.8",
                "--schedule=one-cycle",
                "--clip=value:0.5",
                "--early-stopping=4")
            .fitting();
    assertThat(fitting.loss()).isEqualTo(new SoftmaxCrossEntropy().labelSmoothing(0.1));
    assertThat(fitting.optimizer()).isEqualTo(Optimizer.nesterov(3e-4, 0.8));
    assertThat(fitting.schedule()).isSameAs(Catalog.SCHEDULES.get("one-cycle"));
    assertThat(fitting.clipping()).isEqualTo(GradientClipping.byValue(0.5));
    assertThat(fitting.patience()).hasValue(4);
  }

  @Test
  void recipesHoldWhereTheCommandLineSaysNothing() {
    Options recipe = parsed("--recipe", "self-normalizing", "--epochs", "3");
    assertThat(recipe.architecture().activation()).isEqualTo(Layers.selu());
    assertThat(recipe.architecture().alphaDropout()).isEqualTo(0.02);
    assertThat(recipe.standardize()).isTrue();
    assertThat(recipe.fitting().epochs()).isEqualTo(3);
    assertThat(parsed("--recipe", "mc-dropout").monteCarlo()).hasValue(100);
    assertThat(parsed("--recipe=transfer", "--transfer=50").transfer()).hasValue(50);
  }

  /** Every name makes what it stands for, and a network of every recipe can be drawn. */
  @Test
  void everyChoiceCanBeMade() {
    Recipe.ALL
        .values()
        .keySet()
        .forEach(
            name -> {
              Options options = parsed("--recipe", name);
              Network network = options.architecture().network(12, 10);
              assertThat(network.initialize(1).names()).isNotEmpty();
            });
    Catalog.ACTIVATIONS
        .values()
        .keySet()
        .forEach(
            name ->
                assertThat(parsed("--activation", name).architecture().network(7, 3).outputShape())
                    .isEqualTo(Shape.of(3)));
    Catalog.INITIALIZERS
        .values()
        .keySet()
        .forEach(name -> parsed("--initializer", name).architecture().network(7, 3).initialize(1));
    Catalog.OPTIMIZERS.values().keySet().forEach(name -> parsed("--optimizer", name));
    Catalog.REGULARIZERS.values().keySet().forEach(name -> parsed("--regularizer", name + ":0.1"));
    Catalog.CLIPPINGS.values().keySet().forEach(name -> parsed("--clip", name));
    Catalog.SCHEDULES
        .values()
        .values()
        .forEach(schedule -> assertThat(schedule.make(100, 10).at(Progress.START)).isPositive());
  }

  @Test
  void unknownNamesAreAnsweredWithTheList() {
    assertRefused(
        "--optimizer: expected one of " + Catalog.OPTIMIZERS.names() + ", was adm",
        "--optimizer",
        "adm");
    assertRefused("--batch-norm: expected one of yes, no, was on", "--batch-norm", "on");
    assertRefused(
        "--clip: expected one of none, value, norm, global-norm, adaptive, was x", "--clip=x:1");
    assertRefused("--clip: expected a number, was much", "--clip=norm:much");
    assertRefused("--hidden: expected numbers of units such as 300,100, was 3,,2", "--hidden=3,,2");
    assertRefused(
        "--dropout: dropout: expected a rate from 0 to below 1, was 1.0", "--dropout", "1");
    assertThatExceptionOfType(InputException.class)
        .isThrownBy(() -> Options.parse("--recipe", "cake"))
        .withMessageStartingWith("--recipe: expected one of default-first-edition, default, ");
  }

  @Test
  void optionsThatWouldDoNothingAreRefused() {
    assertRefused(
        "--momentum: expected an optimizer that takes one, momentum or nesterov, was adam",
        "--momentum=0.5");
    assertRefused(
        "--label-smoothing: expected the loss cross-entropy, was hinge",
        "--loss=hinge",
        "--label-smoothing=0.1");
  }

  @Test
  void help() {
    assertThat(Options.parse("--help")).isEmpty();
    assertThat(Options.parse("-h", "--epochs", "3")).isEmpty();
    assertThat(Options.help())
        .contains("--data", "--epochs", "--batch", "--seed", "--threads", "--learning-rate")
        .contains("--help", "default: 10", "default: 100", "default: 42", "default: 0.001");
  }

  @Test
  void outOfRange() {
    assertRefused("--epochs: expected at least 1, was 0", "--epochs", "0");
    assertRefused("--batch: expected at least 2, was 1", "--batch", "1");
    assertRefused("--threads: expected 1 to 4096, was 0", "--threads", "0");
    assertRefused("--threads: expected 1 to 4096, was 4097", "--threads", "4097");
    assertRefused(
        "--monte-carlo: expected --dropout or --alpha-dropout with it", "--monte-carlo", "5");
    for (String rate : new String[] {"0.0", "-0.1", "NaN", "Infinity"}) {
      assertRefused(
          "--learning-rate: expected a finite number above 0, was " + rate,
          "--learning-rate",
          rate);
    }
  }

  @Test
  void malformed() {
    assertRefused("Invalid value for option '--epochs': 'ten' is not an int", "--epochs", "ten");
    assertRefused(
        "Invalid value for option '--epochs': '3000000000' is not an int",
        "--epochs",
        "3000000000");
    assertRefused("Invalid value for option '--seed': '1.5' is not a long", "--seed", "1.5");
    assertRefused(
        "Invalid value for option '--learning-rate': '' is not a double", "--learning-rate", "");
    assertRefused("Missing required parameter for option '--data' (DIR)", "--data");
    assertRefused(
        "option '--epochs' (N) should be specified only once", "--epochs=1", "--epochs=2");
  }

  @Test
  void unknown() {
    assertRefused("unknown option --epoch, did you mean --epochs?", "--epoch", "3");
    assertRefused("unknown option -x", "-x");
    assertRefused("unexpected argument folder", "folder");
  }

  private static void assertRefused(String message, String... arguments) {
    assertThatExceptionOfType(InputException.class)
        .isThrownBy(() -> Options.parse(arguments))
        .withMessage(message);
  }
}
