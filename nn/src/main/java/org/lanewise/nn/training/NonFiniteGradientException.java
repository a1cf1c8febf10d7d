package org.lanewise.nn.training;

import java.io.Serial;

/** A gradient is NaN, infinite, or so large that its norm is; the message says which. */
public final class NonFiniteGradientException extends ArithmeticException {
  @Serial private static final long serialVersionUID = 1;

  NonFiniteGradientException(String message) {
    super(message);
  }
}
