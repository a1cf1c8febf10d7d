package org.lanewise.nn.golden;

import java.util.Map;

/**
 * One case of a file of golden values: tensors that were fed in, and what came out.
 *
 * @param name what was computed
 * @param settings numbers that tell it from others of the name
 * @param tensors what was fed in (x, alpha, …, and gy: what the gradient of the result is) and what
 *     came out (y, and gx, galpha, …: the gradients by what was fed in)
 */
public record GoldenCase(
    String name, Map<String, String> settings, Map<String, GoldenTensor> tensors) {
  /** A setting as a number. */
  public double number(String key) {
    return Double.parseDouble(text(key));
  }

  /** A setting as it is written. */
  public String text(String key) {
    return find(settings, key);
  }

  /** A tensor. */
  public GoldenTensor get(String tensor) {
    return find(tensors, tensor);
  }

  private <T> T find(Map<String, T> map, String key) {
    T found = map.get(key);
    if (found == null) {
      throw new AssertionError(this + " has no " + key + ", only " + map.keySet());
    }
    return found;
  }

  @Override
  public String toString() {
    return settings.isEmpty() ? name : name + " " + settings;
  }
}
