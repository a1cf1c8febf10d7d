package org.lanewise.engine.operation;

import java.util.List;
import java.util.Random;
import org.lanewise.engine.Tensor;
import org.lanewise.engine.program.Graph;
import org.lanewise.engine.program.Node;
import org.lanewise.engine.program.Program;

/** Prints a line for each sample that changes with any bit of its result. */
final class OperationBits {
  private static final long SEED = 20_261_124;

  private OperationBits() {}

  /**
   * Every third sample, which are others for each operation.
   *
   * <p>Takes the most elements of a sample, and whether to add the samples for several threads.
   */
  public static void main(String[] arguments) {
    int largest = Integer.parseInt(arguments[0]);
    List<OperationSample> samples = OperationSamples.all();
    for (int i = 0; i < samples.size(); i += 3) {
      if (samples.get(i).size() <= largest) {
        print(samples.get(i));
      }
    }
    if (Boolean.parseBoolean(arguments[1])) {
      OperationSamples.parallel().forEach(OperationBits::print);
    }
  }

  private static void print(OperationSample sample) {
    Node node = record(sample);
    Program program = new Program(List.of(node), List.of());
    program.run();
    System.out.println(sample + " " + checksum(program.value(node)));
  }

  /** The sample's operation on operands that are the same at every call. */
  static Node record(OperationSample sample) {
    return sample.record(new Graph(), sample.draw(new Random(SEED)));
  }

  /** A number that changes with any bit of a tensor, except that all NaN count as one. */
  static int checksum(Tensor value) {
    int checksum = 0;
    for (int i = 0; i < value.size(); i++) {
      checksum = 31 * checksum + Float.floatToIntBits(value.storage()[value.offset() + i]);
    }
    return checksum;
  }
}
