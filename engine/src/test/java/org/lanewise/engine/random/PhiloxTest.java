package org.lanewise.engine.random;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The known answers of the Random123 distribution for philox4x32, 10 rounds. */
final class PhiloxTest {
  @Test
  void zeros() {
    assertThat(block(0, 0, 0)).containsExactly(0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8);
  }

  @Test
  void ones() {
    assertThat(block(-1, -1, -1)).containsExactly(0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd);
  }

  @Test
  void digitsOfPi() {
    assertThat(block(0x85a308d3_243f6a88L, 0x03707344_13198a2eL, 0x299f31d0_a4093822L))
        .containsExactly(0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1);
  }

  @Test
  void mixIsTheFirstTwoWords() {
    assertThat(Philox.mix(0, 0, 0)).isEqualTo(0xe169c58d_6627e8d5L);
  }

  private static int[] block(long counterLow, long counterHigh, long key) {
    int[] y = new int[6];
    Philox.block(counterLow, counterHigh, key, y, 1);
    assertThat(y[0]).isZero();
    assertThat(y[5]).isZero();
    return new int[] {y[1], y[2], y[3], y[4]};
  }
}
