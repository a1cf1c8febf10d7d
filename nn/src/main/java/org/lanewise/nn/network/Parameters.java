package org.lanewise.nn.network;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.lanewise.engine.Tensor;

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
