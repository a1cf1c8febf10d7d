package org.lanewise.engine.loop;

import java.util.ArrayList;
import java.util.List;
import org.lanewise.engine.operation.Elementwise;
import org.lanewise.engine.operation.Reduction;

/**
 * The computation of a fused loop for each element of a rectangle of rows and columns. Sizes and
 * places are no part of it, so that one code serves many loops.
 *
 * <p>Values are numbered: the inputs first, then the results of the instructions in their order.
 *
 * @param inputs how each input is read
 * @param instructions the operations, operands before their users
 * @param outputs the values that are stored, an element for each of the rectangle
 * @param accumulations the values that are reduced
 */
public record LoopCode(
    List<Access> inputs,
    List<Instruction> instructions,
    List<Integer> outputs,
    List<Accumulation> accumulations) {

  /** How an input is read along a row. */
  public enum Access {
    /** An element for each column. */
    ALONG,
    /** One element for the whole row. */
    REPEATED
  }

  /** The direction in which a value is reduced. */
  public enum Direction {
    /** A row becomes one element. */
    ALONG_ROWS,
    /** A column becomes one element: the one at its place takes in one row after the other. */
    ALONG_COLUMNS
  }

  /**
   * An operation on values.
   *
   * @param operation the operation
   * @param operands the numbers of its operands
   */
  public record Instruction(Elementwise operation, List<Integer> operands) {}

  /**
   * A reduction of a value.
   *
   * @param value the number of the value
   * @param kind how elements are combined
   * @param direction along rows or along columns
   */
  public record Accumulation(int value, Reduction.Kind kind, Direction direction) {}

  /** Copies the lists. */
  public LoopCode {
    inputs = List.copyOf(inputs);
    instructions = List.copyOf(instructions);
    outputs = List.copyOf(outputs);
    accumulations = List.copyOf(accumulations);
  }

  /**
   * The number of places a loop touches: inputs, outputs and results of reductions, so ordered.
   *
   * @return the count
   */
  public int places() {
    return inputs.size() + outputs.size() + accumulations.size();
  }

  /** The number of values. */
  int values() {
    return inputs.size() + instructions.size();
  }

  /** The place of an output. */
  int outputPlace(int output) {
    return inputs.size() + output;
  }

  /** The place of an accumulation's result. */
  int accumulationPlace(int accumulation) {
    return inputs.size() + outputs.size() + accumulation;
  }

  /**
   * Whether a reduction of a direction is among the accumulations.
   *
   * @param direction the direction
   * @return true if there is one
   */
  public boolean accumulates(Direction direction) {
    return accumulations.stream().anyMatch(each -> each.direction == direction);
  }

  /** One line an instruction, as in {@code v3 = add(v0, v1)}. */
  @Override
  public String toString() {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < instructions.size(); i++) {
      Instruction instruction = instructions.get(i);
      StringBuilder line = new StringBuilder("v").append(inputs.size() + i).append(" = ");
      line.append(instruction.operation.label());
      for (int operand : instruction.operands) {
        line.append(line.indexOf("(") < 0 ? "(v" : ", v").append(operand);
      }
      lines.add(line.append(')').toString());
    }
    return String.join("\n", lines);
  }
}
