package org.lanewise.bench.compare;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A native library that this process computes with, asked for what its Java binding does not tell.
 * It is found among the files that the process has mapped: a copy of the file elsewhere would be
 * another library, whose answers say nothing about the one that is used.
 */
@SuppressWarnings("restricted") // Asking the library is a call of native code.
public final class LoadedLibrary {
  private static final Path MAPPED = Path.of("/proc/self/maps");
  private static final int LONGEST = 10_000;

  private final SymbolLookup symbols;

  private LoadedLibrary(Path file) {
    symbols = SymbolLookup.libraryLookup(file, Arena.global());
  }

  /**
   * The library.
   *
   * @param name how the name of its file starts, as in {@code libopenblas}
   * @return the library
   * @throws IllegalStateException if none of that name is loaded
   */
  public static LoadedLibrary named(String name) {
    try (Stream<String> lines = Files.lines(MAPPED)) {
      return new LoadedLibrary(
          file(lines, name)
              .orElseThrow(
                  () ->
                      new IllegalStateException(
                          "expected a loaded library " + name + ", found none in " + MAPPED)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The first mapped file whose name starts so; each line ends with the path of a file, if any. */
  static Optional<Path> file(Stream<String> lines, String name) {
    return lines
        .filter(line -> line.indexOf('/') >= 0)
        .map(line -> Path.of(line.substring(line.indexOf('/'))))
        .filter(path -> String.valueOf(path.getFileName()).startsWith(name))
        .findFirst();
  }

  /**
   * What a function without parameters says.
   *
   * @param function its symbol; it returns C's {@code const char*}
   * @return the text
   */
  public String text(String function) {
    try {
      MemorySegment text =
          (MemorySegment)
              Linker.nativeLinker()
                  .downcallHandle(
                      symbols.findOrThrow(function), FunctionDescriptor.of(ValueLayout.ADDRESS))
                  .invokeExact();
      return text.reinterpret(LONGEST).getString(0);
    } catch (Throwable e) {
      throw new IllegalStateException("asking " + function, e);
    }
  }

  /**
   * The same of a function that returns C++'s {@code std::string}, whose place the caller passes;
   * it starts with the address of its characters and their number, and is not freed.
   *
   * @param function its symbol, as the compiler spells it
   * @return the text
   */
  public String string(String function) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment string = arena.allocate(4 * ValueLayout.ADDRESS.byteSize(), Long.BYTES);
      Linker.nativeLinker()
          .downcallHandle(
              symbols.findOrThrow(function), FunctionDescriptor.ofVoid(ValueLayout.ADDRESS))
          .invokeExact(string);
      long length = string.get(ValueLayout.JAVA_LONG, Long.BYTES);
      byte[] bytes =
          string.get(ValueLayout.ADDRESS, 0).reinterpret(length).toArray(ValueLayout.JAVA_BYTE);
      return new String(bytes, StandardCharsets.UTF_8);
    } catch (Throwable e) {
      throw new IllegalStateException("asking " + function, e);
    }
  }
}
