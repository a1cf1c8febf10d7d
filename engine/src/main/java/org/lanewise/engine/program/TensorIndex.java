package org.lanewise.engine.program;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.stream.Stream;
import org.lanewise.engine.Tensor;

/**
 * Entries about tensors, which are found by any tensor that shares elements with theirs.
 *
 * @param <T> the type of the entries
 */
final class TensorIndex<T> {
  private record Entry<T>(Tensor tensor, T value) {
    private boolean overlaps(Tensor other) {
      int start = Math.max(tensor.offset(), other.offset());
      return start < Math.min(tensor.offset() + tensor.size(), other.offset() + other.size());
    }
  }

  private final IdentityHashMap<float[], List<Entry<T>>> byArray = new IdentityHashMap<>();

  void add(Tensor tensor, T value) {
    byArray
        .computeIfAbsent(tensor.storage(), absent -> new ArrayList<>())
        .add(new Entry<>(tensor, value));
  }

  /** The entries of tensors that have an element in common with one, in the order of adding. */
  Stream<T> overlapping(Tensor tensor) {
    return byArray.getOrDefault(tensor.storage(), List.of()).stream()
        .filter(entry -> entry.overlaps(tensor))
        .map(Entry::value);
  }

  /** Whether a tensor has an element in common with one that was added. */
  boolean overlaps(Tensor tensor) {
    return overlapping(tensor).findAny().isPresent();
  }
}
