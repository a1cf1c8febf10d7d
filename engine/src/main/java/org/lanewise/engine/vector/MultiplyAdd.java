package org.lanewise.engine.vector;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;

/** Tells whether the processor multiplies and adds in one instruction, and warns if it does not. */
public final class MultiplyAdd {
  static {
    if (!isFast()) {
      System.getLogger("org.lanewise.engine")
          .log(
              System.Logger.Level.WARNING,
              "this processor, as the JVM sees it, has no instruction for fused multiply-add, which"
                  + " is emulated: expect a tenth of the speed or less");
    }
  }

  private MultiplyAdd() {}

  /** Warns, when it is first called, if the instruction is missing. It takes some milliseconds. */
  public static void warnIfSlow() {
    // The class does it when it is initialized: once.
  }

  private static boolean isFast() {
    try {
      HotSpotDiagnosticMXBean jvm =
          ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
      return jvm == null || !jvm.getVMOption("UseFMA").getValue().equals("false");
    } catch (IllegalArgumentException | LinkageError e) {
      // Another JVM, or another processor, has no such option.
      return true;
    }
  }
}
