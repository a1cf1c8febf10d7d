package org.lanewise.autodiff;

/** Thrown when a gradient is asked for through an operation that has none. */
public final class NoGradientException extends RuntimeException {
  private static final long serialVersionUID = 1;

  NoGradientException(String operation, String reason) {
    super(
        operation
            + " has no gradient: "
            + reason
            + "; use stopGradient() on its operand if none should flow there");
  }
}
