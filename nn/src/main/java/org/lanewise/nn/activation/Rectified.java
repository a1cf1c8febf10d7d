package org.lanewise.nn.activation;

import org.lanewise.nn.initializer.Initializer;
import org.lanewise.nn.initializer.VarianceScaling;

/** The rectified linear unit and its variants, which He's initialization fits. */
interface Rectified extends Activation {
  @Override
  default VarianceScaling matchingInitializer() {
    return Initializer.heNormal();
  }
}
