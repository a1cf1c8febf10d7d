package org.lanewise.bench.compare;

/** A peer's results are not ours, so comparing times would mean nothing. */
final class DisagreementException extends RuntimeException {
  private static final long serialVersionUID = 1;

  DisagreementException(String message) {
    super(message);
  }
}
