package org.lanewise.nn.network;

import org.lanewise.autodiff.Tape;
import org.lanewise.autodiff.Variable;
import org.lanewise.engine.Tensor;

/** How a parameter comes onto a tape: as an input, or as a constant. */
interface ParameterLeaf {
  Variable of(Tape tape, String name, Tensor tensor);
}
