package org.lanewise.nn.optimizer;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.DoubleFunction;

/** Every optimizer with its usual numbers, by the name of its golden values. */
final class ListedOptimizers {
  private static final Map<String, DoubleFunction<Optimizer>> BY_RATE = new LinkedHashMap<>();

  static {
    BY_RATE.put("sgd", Optimizer::sgd);
    BY_RATE.put("momentum", rate -> Optimizer.momentum(rate, 0.9));
    BY_RATE.put("nesterov", rate -> Optimizer.nesterov(rate, 0.9));
    BY_RATE.put("ada_grad", Optimizer::adaGrad);
    BY_RATE.put("rms_prop", Optimizer::rmsProp);
    BY_RATE.put("rms_prop_centered", rate -> Optimizer.rmsProp(rate).centered(true));
    BY_RATE.put("adam", Optimizer::adam);
    BY_RATE.put("ams_grad", Optimizer::amsGrad);
    BY_RATE.put("ada_max", Optimizer::adaMax);
    BY_RATE.put("nadam", Optimizer::nadam);
    BY_RATE.put("adam_w", Optimizer::adamW);
    BY_RATE.put("lion", rate -> Optimizer.lion(rate).weightDecay(0.1));
  }

  private ListedOptimizers() {}

  /** How each is made of its learning rate. */
  static Map<String, DoubleFunction<Optimizer>> byRate() {
    return BY_RATE;
  }

  static Map<String, Optimizer> all(double rate) {
    Map<String, Optimizer> all = new LinkedHashMap<>();
    BY_RATE.forEach((name, optimizer) -> all.put(name, optimizer.apply(rate)));
    return all;
  }
}
