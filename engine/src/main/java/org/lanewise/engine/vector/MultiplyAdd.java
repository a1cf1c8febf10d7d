package org.lanewise.engine.vector;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;

/** Tells whether the processor multiplies and adds in one instruction, and warns if it does not. */
final class MultiplyAdd {
  private MultiplyAdd() {}

  /** Warns if the instruction is missing, by a thread of its own, as asking takes a while. */
  static void warnIfSlow() {
    Thread thread =
        Thread.ofPlatform()
            .name("lanewise-multiply-add")
            .daemon()
            .inheritInheritableThreadLocals(false)
            .unstarted(MultiplyAdd::check);
    thread.setContextClassLoader(null);
    try {
      thread.start();
    } catch (OutOfMemoryError e) {
      // The process has no thread left: then there is no warning.
    }
  }

  private static void check() {
    if (!isFast()) {
      System.getLogger("org.lanewise.engine")
          .log(
              System.Logger.Level.WARNING,
              "this processor, as the JVM sees it, has no instruction for fused multiply-add, which"
                  + " is emulated: expect a tenth of the speed or less");
    }
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
