package org.lanewise.nn.network;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.lanewise.engine.Shape;
import org.lanewise.nn.json.JsonReader;
import org.lanewise.nn.json.JsonWriter;
import org.lanewise.nn.layer.Layer;
import org.lanewise.nn.layer.Merge;

/** A network as text and back. */
final class Description {
  private static final int FORMAT = 1;

  private final RecordCodec codec;

  /** Knows the given types of layers beside those of the library. */
  Description(Set<Class<?>> own) {
    codec = new RecordCodec(own);
  }

  /** Refuses what would not come back equal. */
  String write(Structure structure, Frozen frozen) {
    Map<String, Object> network = new LinkedHashMap<>();
    network.put("format", FORMAT);
    network.put("inputs", structure.inputs().stream().map(this::input).toList());
    network.put("layers", structure.nodes().stream().map(this::layer).toList());
    network.put("outputs", structure.outputs());
    network.put("frozen", List.copyOf(frozen.names()));
    String text = JsonWriter.write(network);
    requireEqual(structure, read(text).structure());
    return text;
  }

  private static void requireEqual(Structure written, Structure read) {
    for (int i = 0; i < written.nodes().size(); i++) {
      LayerNode node = written.nodes().get(i);
      if (!node.equals(read.nodes().get(i))) {
        throw node.misfit(refused("a layer that comes back equal to " + node, read.nodes().get(i)));
      }
    }
  }

  private Map<String, Object> input(Flow.Input input) {
    Map<String, Object> written = new LinkedHashMap<>();
    written.put("name", input.name());
    written.put("shape", codec.write(input.shape(), Shape.class));
    return written;
  }

  private Map<String, Object> layer(LayerNode node) {
    Map<String, Object> written = new LinkedHashMap<>();
    written.put("name", node.name());
    written.put("from", node.from());
    try {
      if (node.merge() instanceof SingleInput single) {
        written.put("layer", codec.write(single.layer(), Layer.class));
      } else {
        written.put("merge", codec.write(node.merge(), Merge.class));
      }
    } catch (IllegalArgumentException e) {
      throw node.misfit(e);
    }
    return written;
  }

  Network read(String text) {
    Map<?, ?> network = map(JsonReader.read(text));
    int format = integer(get(network, "format"));
    if (format != FORMAT) {
      throw refused("format " + FORMAT, format);
    }
    List<Flow> values = new ArrayList<>();
    for (Object input : list(get(network, "inputs"))) {
      Shape shape = (Shape) codec.read(get(map(input), "shape"), Shape.class);
      values.add(Flow.input(text(get(map(input), "name")), shape));
    }
    List<Flow> inputs = List.copyOf(values);
    for (Object layer : list(get(network, "layers"))) {
      values.add(layer(map(layer), values));
    }
    List<Flow> outputs = flows(get(network, "outputs"), values);
    return Network.of(inputs, outputs)
        .freeze(list(get(network, "frozen")).stream().map(this::text).toList());
  }

  private Flow layer(Map<?, ?> written, List<Flow> values) {
    String name = text(get(written, "name"));
    List<Flow> from = flows(get(written, "from"), values);
    Merge merge =
        written.containsKey("layer")
            ? new SingleInput((Layer) codec.read(get(written, "layer"), Layer.class))
            : (Merge) codec.read(get(written, "merge"), Merge.class);
    if (name.isEmpty() || from.isEmpty() || (merge instanceof SingleInput && from.size() > 1)) {
      throw refused("a layer with a name and the inputs that it takes", written);
    }
    return new Flow(new Flow.Applied(name, merge, from));
  }

  private List<Flow> flows(Object numbers, List<Flow> values) {
    List<Flow> flows = new ArrayList<>();
    for (Object number : list(numbers)) {
      int value = integer(number);
      if (value < 0 || value >= values.size()) {
        throw refused("numbers from 0 to " + (values.size() - 1), number);
      }
      flows.add(values.get(value));
    }
    return flows;
  }

  private static Object get(Map<?, ?> map, String key) {
    Object value = map.get(key);
    if (value == null) {
      throw refused("an object with " + key, map.keySet());
    }
    return value;
  }

  private static Map<?, ?> map(Object json) {
    if (json instanceof Map<?, ?> map) {
      return map;
    }
    throw refused("an object", json);
  }

  private static List<?> list(Object json) {
    if (json instanceof List<?> list) {
      return list;
    }
    throw refused("an array", json);
  }

  private String text(Object json) {
    return (String) codec.read(json, String.class);
  }

  private int integer(Object json) {
    return (int) codec.read(json, int.class);
  }

  private static IllegalArgumentException refused(String expected, Object was) {
    return RecordCodec.refused(expected, was);
  }
}
