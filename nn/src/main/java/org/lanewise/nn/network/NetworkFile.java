package org.lanewise.nn.network;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
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
