package org.lanewise.bench.peer;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.lanewise.bench.compare.PredictionWork;
import org.lanewise.engine.Tensor;
import org.lanewise.nn.network.Parameters;

/**
 * The bytes of an ONNX model: dense layers with ELU between them, batch size fixed.
 *
 * <p>Source: ONNX intermediate representation, {@code onnx.proto}, whose field numbers are named
 * here; encoded as Protocol Buffers do.
 */
final class OnnxModel {
  /** The model's input. */
  static final String INPUT = "x";

  /** The model's output. */
  static final String OUTPUT = "y";

  private static final long IR_VERSION = 8;
  private static final long OPERATOR_SET = 13;
  private static final long FLOAT = 1;

  private OnnxModel() {}

  static byte[] of(PredictionWork work) {
    int[] units = work.layers();
    Parameters parameters = work.parameters();
    Message graph = new Message();
    String x = INPUT;
    for (int i = 1; i < units.length; i++) {
      boolean last = i == units.length - 1;
      String kernel = "dense" + i + "/kernel";
      String bias = "dense" + i + "/bias";
      graph.message(5, tensor(kernel, parameters.get(kernel)));
      graph.message(5, tensor(bias, parameters.get(bias)));
      String product = last ? OUTPUT : "product" + i;
      graph.message(1, node("Gemm", product, x, kernel, bias));
      if (!last) {
        x = "elu" + i;
        graph.message(1, node("Elu", x, product));
      }
    }
    graph.text(2, "network");
    graph.message(11, value(INPUT, work.batch(), units[0]));
    graph.message(12, value(OUTPUT, work.batch(), units[units.length - 1]));
    return new Message()
        .number(1, IR_VERSION)
        .message(8, new Message().text(1, "").number(2, OPERATOR_SET))
        .message(7, graph)
        .bytes();
  }

  private static Message node(String operator, String output, String... inputs) {
    Message node = new Message();
    for (String input : inputs) {
      node.text(1, input);
    }
    return node.text(2, output).text(4, operator);
  }

  private static Message tensor(String name, Tensor tensor) {
    Message message = new Message();
    for (int size : tensor.shape().dimensions()) {
      message.number(1, size);
    }
    ByteBuffer raw =
        ByteBuffer.allocate(Float.BYTES * tensor.size()).order(ByteOrder.LITTLE_ENDIAN);
    raw.asFloatBuffer().put(tensor.toArray());
    return message.number(2, FLOAT).text(8, name).field(9, raw.array());
  }

  private static Message value(String name, int... sizes) {
    Message shape = new Message();
    for (int size : sizes) {
      shape.message(1, new Message().number(1, size));
    }
    Message type = new Message().number(1, FLOAT).message(2, shape);
    return new Message().text(1, name).message(2, new Message().message(1, type));
  }

  /** A message of Protocol Buffers: fields with their numbers, one after the other. */
  private static final class Message {
    private static final int VARINT = 0;
    private static final int LENGTH_DELIMITED = 2;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    byte[] bytes() {
      return out.toByteArray();
    }

    Message number(int field, long value) {
      varint((long) field << 3 | VARINT);
      varint(value);
      return this;
    }

    Message text(int field, String value) {
      return field(field, value.getBytes(StandardCharsets.UTF_8));
    }

    Message message(int field, Message value) {
      return field(field, value.bytes());
    }

    Message field(int field, byte[] value) {
      varint((long) field << 3 | LENGTH_DELIMITED);
      varint(value.length);
      out.writeBytes(value);
      return this;
    }

    /** Seven bits a byte, the lowest first; the eighth says that more follow. */
    private void varint(long value) {
      long rest = value;
      while (rest > 0x7f) {
        out.write((int) ((rest & 0x7f) | 0x80));
        rest >>>= 7;
      }
      out.write((int) rest);
    }
  }
}
