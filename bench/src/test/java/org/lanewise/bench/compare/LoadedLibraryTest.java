package org.lanewise.bench.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class LoadedLibraryTest {
  private static final String MAPPED =
      """
      7f00-7f10 r--p 00000000 08:01 12   /lib/libc.so.6
      7f10-7f20 rw-p 00000000 00:00 0
      7f20-7f30 rw-p 00000000 00:00 0    [heap]
      7f30-7f40 r--p 00000000 08:01 13   /a folder/libjniopenblas.so
      7f40-7f50 r-xp 00001000 08:01 14   /a folder/libopenblas_nolapack.so.0
      """;

  @Test
  void isTheFileThatTheProcessHasMapped() {
    assertThat(LoadedLibrary.file(MAPPED.lines(), "libopenblas"))
        .contains(Path.of("/a folder/libopenblas_nolapack.so.0"));
  }

  @Test
  void isNotThereWhereNoNameStartsSo() {
    assertThat(LoadedLibrary.file(MAPPED.lines(), "openblas")).isEmpty();
    assertThat(LoadedLibrary.file(Stream.empty(), "libc")).isEmpty();
  }

  @Test
  void whatIsNotLoadedIsRefused() {
    assertThatIllegalStateException()
        .isThrownBy(() -> LoadedLibrary.named("libnosuch"))
        .withMessageContaining("libnosuch");
  }
}
