package org.lanewise.bench.compare;

import static org.lanewise.nn.Layers.dense;
import static org.lanewise.nn.Layers.elu;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.lanewise.nn.layer.Layer;
import org.lanewise.nn.network.Network;
import org.lanewise.nn.network.Parameters;

/**
 * A prediction: dense layers with bias and ELU between them. Copying the examples in and the
 * outputs out belongs to the work.
 *
 * @param units the network's units from the inputs to the outputs, as in {@code 32-64-1}
 * @param batch the examples of a prediction
 */
public record PredictionWork(String units, int batch) implements Work {
  @Override
  public String name() {
    return "prediction " + units + ", batch " + batch;
  }

  /** Rounding of three short sums stays ten times below. */
  @Override
  public double tolerance() {
    return 1e-5;
  }

  /**
   * The units of every layer, the inputs first.
   *
   * @return the numbers of units
   */
  public int[] layers() {
    return Arrays.stream(units.split("-", -1)).mapToInt(Integer::parseInt).toArray();
  }

  /**
   * The network.
   *
   * @return the network
   */
  Network network() {
    int[] sizes = layers();
    List<Layer> layers = new ArrayList<>();
    for (int i = 1; i < sizes.length; i++) {
      layers.add(dense(sizes[i]));
      if (i < sizes.length - 1) {
        layers.add(elu());
      }
    }
    return Network.of(sizes[0], layers.toArray(Layer[]::new));
  }

  /**
   * What every contestant predicts with, as {@code dense1/kernel}, {@code dense1/bias} and so on.
   *
   * @return the parameters
   */
  public Parameters parameters() {
    return network().initialize(0);
  }

  /**
   * The examples.
   *
   * @return batch · inputs elements
   */
  public float[] examples() {
    return SeededData.uniform(batch * layers()[0], -1, 1, 4);
  }
}
