package org.lanewise.nn.training;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;
import org.lanewise.engine.Tensor;
import org.lanewise.nn.network.Parameters;
import org.lanewise.nn.safetensors.SafetensorsFile;
import org.lanewise.nn.schedule.Progress;

/**
 * Checkpoints as safetensors: the tensors under their names after {@code parameters/}, {@code
 * average/} or {@code optimizer/}, and the numbers as metadata, written so that they read back the
 * same.
 */
final class CheckpointFile {
  private static final String PARAMETERS = "parameters/";
  private static final String AVERAGE = "average/";
  private static final String OPTIMIZER = "optimizer/";

  private static final String STEPS = "lanewise.checkpoint.steps";
  private static final String EPOCHS = "lanewise.checkpoint.epochs";
  private static final String REPORTS = "lanewise.checkpoint.reports";
  private static final String LEARNING_RATE = "lanewise.checkpoint.learning_rate";

  private static final Set<String> NUMBERS = Set.of(STEPS, EPOCHS, REPORTS, LEARNING_RATE);

  private CheckpointFile() {}

  static SafetensorsFile of(Checkpoint checkpoint) {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    put(tensors, PARAMETERS, checkpoint.parameters());
    put(tensors, AVERAGE, checkpoint.average());
    put(tensors, OPTIMIZER, checkpoint.optimizerState());
    Progress progress = checkpoint.progress();
    Map<String, String> numbers = new LinkedHashMap<>();
    numbers.put(STEPS, Long.toString(progress.steps()));
    numbers.put(EPOCHS, Integer.toString(progress.epochs()));
    numbers.put(
        REPORTS, progress.reports().stream().map(String::valueOf).collect(Collectors.joining(" ")));
    OptionalDouble rate = checkpoint.learningRate();
    numbers.put(LEARNING_RATE, rate.isPresent() ? Double.toString(rate.getAsDouble()) : "");
    return new SafetensorsFile(tensors, numbers);
  }

  private static void put(Map<String, Tensor> tensors, String prefix, Parameters some) {
    some.names().forEach(name -> tensors.put(prefix + name, some.get(name)));
  }

  static Checkpoint checkpoint(SafetensorsFile file) {
    Set<String> others = new LinkedHashSet<>(file.tensors().keySet());
    Parameters parameters = take(others, PARAMETERS, file);
    Parameters average = take(others, AVERAGE, file);
    Parameters optimizer = take(others, OPTIMIZER, file);
    if (!others.isEmpty() || !file.metadata().keySet().equals(NUMBERS)) {
      throw new IllegalArgumentException(
          "checkpoint: expected a file of a checkpoint, was one of other tensors or metadata: "
              + others
              + " and "
              + file.metadata().keySet());
    }
    try {
      return new Checkpoint(
          parameters, average, optimizer, progress(file.metadata()), learningRate(file.metadata()));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "checkpoint: expected numbers among the metadata, was " + file.metadata(), e);
    }
  }

  private static Parameters take(Set<String> others, String prefix, SafetensorsFile file) {
    Parameters some = new Parameters();
    file.tensors()
        .forEach(
            (name, tensor) -> {
              if (name.startsWith(prefix)) {
                some.add(name.substring(prefix.length()), tensor);
                others.remove(name);
              }
            });
    return some;
  }

  private static Progress progress(Map<String, String> numbers) {
    String reports = text(numbers, REPORTS);
    return new Progress(
        Long.parseLong(text(numbers, STEPS)),
        Integer.parseInt(text(numbers, EPOCHS)),
        reports.isEmpty()
            ? List.of()
            : Arrays.stream(reports.split(" ", -1)).map(Double::valueOf).toList());
  }

  private static OptionalDouble learningRate(Map<String, String> numbers) {
    String rate = text(numbers, LEARNING_RATE);
    return rate.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(Double.parseDouble(rate));
  }

  private static String text(Map<String, String> numbers, String name) {
    return Objects.requireNonNull(numbers.get(name));
  }
}
