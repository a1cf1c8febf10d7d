package org.lanewise.nn;

import org.lanewise.autodiff.Tape;
import org.lanewise.engine.Tensor;
import org.lanewise.nn.layer.Mode;
import org.lanewise.nn.network.FoldedNetwork;
import org.lanewise.nn.network.Network;
import org.lanewise.nn.network.Parameters;

/** What networks record in inference, computed operation by operation. */
public final class Inference {
  private Inference() {}

  /** The only output for a batch. */
  public static Tensor of(Network network, Parameters parameters, Tensor x) {
    return network.record(parameters, Mode.INFERENCE, new Tape().constant(x)).output().value();
  }

  /** The only output for a batch when batch normalization is folded. */
  public static Tensor folded(Network network, Parameters parameters, Tensor x) {
    FoldedNetwork folded = FoldedNetwork.of(network, parameters);
    return of(folded.network(), folded.parameters(), x);
  }
}
