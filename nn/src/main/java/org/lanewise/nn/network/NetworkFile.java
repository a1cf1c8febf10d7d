package org.lanewise.nn.network;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.lanewise.engine.Shape;
import org.lanewise.engine.Tensor;
import org.lanewise.nn.layer.Parameter;
import org.lanewise.nn.safetensors.SafetensorsFile;

/** Networks in files: the parameters as tensors, the description among the metadata. */
final class NetworkFile {
  private static final String DESCRIPTION = "lanewise.network";

  private NetworkFile() {}

  static void write(Path path, Network network, Parameters parameters) throws IOException {
    requireSame(network, parameters);
    String description =
        new Description(Set.of()).write(network.structure(), network.frozenNames());
    parameters.file(Map.of(DESCRIPTION, description)).write(path);
  }

  static SavedNetwork read(Path path, Set<Class<?>> own) throws IOException {
    return SafetensorsFile.read(path, file -> saved(file, own));
  }

  static SavedNetwork read(InputStream stream, Set<Class<?>> own) throws IOException {
    return saved(SafetensorsFile.read(stream), own);
  }

  private static SavedNetwork saved(SafetensorsFile file, Set<Class<?>> own) {
    String description = file.metadata().get(DESCRIPTION);
    if (description == null) {
      throw new IllegalArgumentException(
          "network: expected a file with the description of a network, was one with tensors only");
    }
    Network network = new Description(own).read(description);
    return new SavedNetwork(network, parameters(file, network));
  }

  static Parameters readParameters(Path path, Network network) throws IOException {
    return SafetensorsFile.read(path, file -> parameters(file, network));
  }

  static Parameters readParameters(Path path, Network network, ParameterMapping mapping)
      throws IOException {
    Map<Parameter, ParameterMapping.Stored> places = new LinkedHashMap<>();
    for (Parameter parameter : network.parameters()) {
      ParameterMapping.Stored stored = mapping.find(parameter.name());
      // Anyone may have made the mapping.
      if (stored == null || stored.name() == null) {
        throw new IllegalArgumentException(
            "network: expected a mapping that says where "
                + parameter.name()
                + " is found, was null");
      }
      places.put(parameter, stored);
    }
    Set<String> names =
        places.values().stream()
            .map(ParameterMapping.Stored::name)
            .collect(Collectors.toUnmodifiableSet());
    return SafetensorsFile.read(
        path,
        names::contains,
        file -> {
          Parameters found = new Parameters();
          places.forEach(
              (parameter, stored) -> found.add(parameter.name(), find(file, parameter, stored)));
          return found;
        });
  }

  private static Tensor find(
      SafetensorsFile file, Parameter parameter, ParameterMapping.Stored stored) {
    Tensor tensor = file.tensors().get(stored.name());
    Shape expected = stored.transposed() ? transposed(parameter.shape()) : parameter.shape();
    if (tensor == null || !tensor.shape().equals(expected)) {
      throw new IllegalArgumentException(
          "network: expected "
              + stored.name()
              + " of shape "
              + expected
              + " for "
              + parameter.name()
              + ", was "
              + (tensor == null ? "no such tensor" : tensor.shape()));
    }
    // Two parameters may be of one tensor, but must not share it.
    return stored.transposed() ? transposed(tensor) : tensor.copy();
  }

  private static Shape transposed(Shape shape) {
    if (shape.rank() != 2) {
      throw new IllegalArgumentException(
          "network: expected a parameter of two axes to transpose, was one of shape " + shape);
    }
    return Shape.of(shape.dimension(1), shape.dimension(0));
  }

  private static Tensor transposed(Tensor tensor) {
    int rows = tensor.shape().dimension(0);
    int columns = tensor.shape().dimension(1);
    float[] elements = new float[tensor.size()];
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        elements[column * rows + row] = tensor.get(row, column);
      }
    }
    return Tensor.of(elements, columns, rows);
  }

  private static Parameters parameters(SafetensorsFile file, Network network) {
    Parameters parameters = Parameters.of(file);
    requireSame(network, parameters);
    return parameters;
  }

  /** Refuses parameters of other names or shapes than the network has. */
  private static void requireSame(Network network, Parameters given) {
    Set<String> names =
        network.parameters().stream().map(Parameter::name).collect(Collectors.toSet());
    for (String name : given.names()) {
      if (!names.contains(name)) {
        throw new IllegalArgumentException(
            "network: expected the parameters of this network, was given " + name + " as well");
      }
    }
    network.requireFit(given);
  }
}
