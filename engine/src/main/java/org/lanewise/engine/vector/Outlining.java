package org.lanewise.engine.vector;

import java.lang.classfile.CodeBuilder;

/**
 * Keeps HotSpot from inlining a loop into the methods that call it.
 *
 * <p>The compiler stops inlining within a method that has grown too large, and vectors that are
 * handed to a call are objects on the heap. A loop is short enough for one method, but not two of
 * them that one caller runs. HotSpot never inlines a method of more bytecodes than its {@code
 * FreqInlineSize}, so each loop ends with as many that are never reached.
 */
public final class Outlining {
  /** HotSpot's {@code FreqInlineSize}. */
  private static final int LARGEST_INLINED = 325;

  private Outlining() {}

  /** Ends a method that is not to be inlined; the code before has to end with a return. */
  public static void end(CodeBuilder method) {
    for (int i = 0; i <= LARGEST_INLINED; i++) {
      method.nop();
    }
  }
}
