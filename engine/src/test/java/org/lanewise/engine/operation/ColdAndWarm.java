package org.lanewise.engine.operation;

import java.util.List;
import org.lanewise.engine.program.Node;
import org.lanewise.engine.program.Program;

/** Prints which results change while the JVM warms up, and how many operations were tried. */
final class ColdAndWarm {
  private ColdAndWarm() {}

  /** Takes how often to compute each operation. */
  public static void main(String[] arguments) {
    int calls = Integer.parseInt(arguments[0]);
    List<OperationSample> samples = OperationSamples.representatives();
    for (OperationSample sample : samples) {
      Node node = OperationBits.record(sample);
      Program program = new Program(List.of(node), List.of());
      program.run();
      int cold = OperationBits.checksum(program.value(node));
      for (int call = 2; call <= calls; call++) {
        program.run();
        if (OperationBits.checksum(program.value(node)) != cold) {
          System.out.println(sample + " changed at call " + call);
          break;
        }
      }
    }
    System.out.println("tried " + samples.size());
  }
}
