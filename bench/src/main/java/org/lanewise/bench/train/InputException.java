package org.lanewise.bench.train;

import java.io.Serial;

/**
 * An input of the user cannot be used: an option, a folder or a file. The message is one sentence
 * for the command line, which shows it without a stack trace.
 */
final class InputException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;

  InputException(String message) {
    super(message);
  }
}
