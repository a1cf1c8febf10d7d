package org.lanewise.nn.network;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.lanewise.engine.Shape;
import org.lanewise.engine.Tensor;
import org.lanewise.nn.layer.Parameter;
import org.lanewise.nn.safetensors.SafetensorsFile;

/**
 * Tensors by name, in a fixed order: the parameters and statistics of a network, or the state of an
 * optimizer.
 *
 * <p>The tensors change when a network is trained. Names look like {@code dense1/kernel}.
 */
public final class Parameters {
  private final Map<String, Tensor> tensors = new LinkedHashMap<>();

  /** An empty store. */
  public Parameters() {}

  /**
   * Adds a tensor.
   *
   * @param name its name
   * @param tensor the tensor; not copied
   * @throws IllegalArgumentException if the name is taken
   */
  public void add(String name, Tensor tensor) {
    if (tensors.putIfAbsent(name, tensor) != null) {
      throw new IllegalArgumentException("parameters: the name " + name + " is taken");
    }
  }

  /**
   * Whether there is a tensor of a name.
   *
   * @param name the name
   * @return true if there is
   */
  public boolean contains(String name) {
    return tensors.containsKey(name);
  }

  /**
   * A tensor by its name.
   *
   * @param name the name
   * @return the tensor, itself and not a copy
   * @throws IllegalArgumentException if there is none of that name
   */
  public Tensor get(String name) {
    Tensor tensor = tensors.get(name);
    if (tensor == null) {
      throw new IllegalArgumentException(
          "parameters: there is no " + name + ", expected one of " + tensors.keySet());
    }
    return tensor;
  }

  /**
   * All names.
   *
   * @return the names in their order
   */
  public List<String> names() {
    return List.copyOf(tensors.keySet());
  }

  /**
   * The same names with tensors of their own.
   *
   * @return the copy
   */
  public Parameters copy() {
    Parameters copy = new Parameters();
    tensors.forEach((name, tensor) -> copy.add(name, tensor.copy()));
    return copy;
  }

  /**
   * Overwrites tensors with those of the same names in another store, which stays as it is.
   *
   * @param source the other store, say of a network that was trained on another task
   * @param names names of layers that have parameters, or of single tensors as in {@code
   *     dense1/kernel}
   * @return this store
   * @throws IllegalArgumentException if there is no name, one of the stores lacks something of a
   *     name, or shapes differ; nothing is written then
   */
  public Parameters copyFrom(Parameters source, String... names) {
    if (names.length == 0) {
      throw new IllegalArgumentException("parameters: expected names of what to copy, was none");
    }
    Set<String> fullNames = new LinkedHashSet<>();
    for (String name : names) {
      fullNames.addAll(covered(name));
      fullNames.addAll(source.covered(name));
    }
    return copyAll(source, fullNames);
  }

  /**
   * Overwrites the tensors of a network's layers with those of the same names in another store,
   * which stays as it is.
   *
   * @param source the other store, say of a network that was trained on another task
   * @param part the layers, say the lower ones of both networks, as {@link Network#upTo} gives them
   * @return this store
   * @throws IllegalArgumentException if one of the stores lacks a parameter of the layers, or
   *     shapes differ; nothing is written then
   */
  public Parameters copyFrom(Parameters source, Network part) {
    return copyAll(source, part.parameters().stream().map(Parameter::name).toList());
  }

  private Parameters copyAll(Parameters source, Collection<String> fullNames) {
    for (String name : fullNames) {
      Shape expected = get(name).shape();
      Shape given = source.get(name).shape();
      if (!given.equals(expected)) {
        throw new IllegalArgumentException(
            "parameters: expected " + name + " of shape " + expected + " to copy, was " + given);
      }
    }
    fullNames.forEach(name -> get(name).copyFrom(source.get(name)));
    return this;
  }

  /** The tensors of a layer, or the one of that name. */
  private List<String> covered(String name) {
    List<String> covered =
        names().stream().filter(fullName -> Frozen.covers(name, fullName)).toList();
    return covered.isEmpty() ? List.of(name) : covered;
  }

  /**
   * Saves all tensors as a safetensors file, in their order. A file of the same name is replaced
   * when the new one is complete and on the disk; {@link Network#save} says more.
   *
   * @param path the file
   * @throws IOException if it cannot be written; the file is then as it was
   */
  public void save(Path path) throws IOException {
    file(Map.of()).write(path);
  }

  SafetensorsFile file(Map<String, String> metadata) {
    return new SafetensorsFile(Collections.unmodifiableMap(tensors), metadata);
  }

  /**
   * Loads all tensors of a safetensors file, in the order of their elements. The file may be of
   * another program.
   *
   * <p>Half-precision floats (F16, BF16), doubles, truth values and integers (all but U64) become
   * the nearest float, ties to even: doubles lose digits, those beyond the largest float become
   * infinite, and integers beyond 2<sup>24</sup> may be rounded.
   *
   * @param path the file
   * @return the tensors
   * @throws IOException if it cannot be read
   * @throws IllegalArgumentException if it is no such file, has tensors of other types, or is
   *     truncated or damaged
   */
  public static Parameters load(Path path) throws IOException {
    return of(SafetensorsFile.read(path));
  }

  static Parameters of(SafetensorsFile file) {
    Parameters loaded = new Parameters();
    file.tensors().forEach(loaded::add);
    return loaded;
  }

  /**
   * Whether another store has the same names in the same order and tensors of the same bits.
   *
   * @param other the other store
   * @return true if all agree
   */
  public boolean sameElements(Parameters other) {
    return names().equals(other.names())
        && names().stream().allMatch(name -> get(name).sameElements(other.get(name)));
  }

  /** The names with their shapes. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("Parameters {");
    tensors.forEach(
        (name, tensor) ->
            text.append(text.charAt(text.length() - 1) == '{' ? "" : ", ")
                .append(name)
                .append(' ')
                .append(tensor.shape()));
    return text.append('}').toString();
  }
}
