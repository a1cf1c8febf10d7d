package org.lanewise.engine.matrix;

import java.util.Arrays;
import java.util.Random;

/** Prints a number that changes with any bit of a few matrix products. */
final class MatrixChecksum {
  private static final int[][] SHAPES = {
    {1, 40, 30},
    {40, 1, 30},
    {6, 10, 8},
    {24, 24, 24},
    {50, 60, 70},
    {33, 17, 400},
    {17, 40, 605},
    {140, 130, 120}
  };

  private MatrixChecksum() {}

  /** Takes no arguments. */
  public static void main(String[] arguments) {
    Random random = new Random(7);
    int checksum = 0;
    for (int[] shape : SHAPES) {
      for (int transposes = 0; transposes < 4; transposes++) {
        MatrixCase x = MatrixCase.random(shape[0], shape[1], shape[2], transposes, random);
        x.multiply(MatrixCase::multiply, TileEpilogue.NONE, x.c);
        checksum = 31 * checksum + Arrays.hashCode(x.c);
      }
    }
    System.out.println("checksum " + checksum);
  }
}
