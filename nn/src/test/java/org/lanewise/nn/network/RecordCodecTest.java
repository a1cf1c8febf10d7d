package org.lanewise.nn.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.lanewise.nn.Layers.dense;
import static org.lanewise.nn.Layers.residual;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.lanewise.autodiff.Variable;
import org.lanewise.engine.Shape;
import org.lanewise.nn.json.JsonReader;
import org.lanewise.nn.layer.Layer;
import org.lanewise.nn.layer.Recording;

/** Whatever a layer's record holds comes back equal, or is refused when it is saved. */
final class RecordCodecTest {
  private static final long SEED = 11;
  private static final int RECORDS = 300;

  /** A layer that gives what it is given. */
  private interface Own extends Layer {
    @Override
    default String kind() {
      return "own";
    }

    @Override
    default Variable record(Recording recording, Variable x) {
      return x;
    }
  }

  private interface Thing {}

  private enum Color implements Thing {
    RED,
    GREEN {
      @Override
      public String toString() {
        return "another text";
      }
    }
  }

  private record Primitives(
      boolean truth, byte b, short s, int i, long l, float f, double d, char c) {}

  private record Boxes(Boolean truth, Byte b, Short s, Integer i, Long l, Float f, Double d)
      implements Thing {}

  private record Lists(
      List<Boolean> truths,
      List<Byte> bytes,
      List<Short> shorts,
      List<Integer> ints,
      List<Long> longs,
      List<Float> floats,
      List<Double> doubles,
      List<Character> chars,
      List<String> texts,
      List<Shape> shapes,
      List<Color> colors,
      List<List<Double>> nested,
      List<? extends Thing> things)
      implements Thing {}

  private record Box<T extends Thing>(T thing) implements Thing {}

  private record Everything(
      Primitives primitives,
      Boxes boxes,
      Lists lists,
      Character letter,
      String text,
      Shape shape,
      Color color,
      Thing thing,
      Object anything,
      Box<Color> box,
      Optional<Double> number,
      Optional<List<Optional<Thing>>> optional,
      int type,
      int type_,
      int constant)
      implements Own {}

  /** Draws values, many of them at the ends of their ranges. */
  private record Values(SplittableRandom random) {
    double real() {
      double[] special = {
        0,
        -0.0,
        1,
        0.1,
        Double.MIN_VALUE,
        -Double.MAX_VALUE,
        Double.MIN_NORMAL,
        Double.NaN,
        Double.POSITIVE_INFINITY,
        Double.NEGATIVE_INFINITY,
        1e-300,
        9007199254740993.0
      };
      int choice = random.nextInt(2 * special.length);
      return choice < special.length ? special[choice] : Double.longBitsToDouble(random.nextLong());
    }

    float single() {
      int choice = random.nextInt(4);
      return choice == 0
          ? Float.intBitsToFloat(random.nextInt())
          : choice == 1 ? Float.MIN_VALUE : (float) real();
    }

    long whole() {
      return switch (random.nextInt(4)) {
        case 0 -> Long.MIN_VALUE;
        case 1 -> Long.MAX_VALUE;
        case 2 -> random.nextInt(-2, 3);
        default -> random.nextLong();
      };
    }

    boolean truth() {
      return random.nextBoolean();
    }

    char letter() {
      return (char) random.nextInt(1 << 16);
    }

    String text() {
      return String.valueOf(list(this::letter).stream().map(String::valueOf).toList());
    }

    Shape shape() {
      return Shape.of(random.ints(random.nextInt(4), 0, 9).toArray());
    }

    Color color() {
      return truth() ? Color.RED : Color.GREEN;
    }

    Boxes boxes() {
      return new Boxes(
          truth(), (byte) whole(), (short) whole(), (int) whole(), whole(), single(), real());
    }

    Thing thing() {
      return switch (random.nextInt(4)) {
        case 0 -> color();
        case 1 -> new Box<>(thing());
        case 2 -> lists();
        default -> boxes();
      };
    }

    <T> List<T> list(java.util.function.Supplier<T> element) {
      int size = random.nextInt(4);
      List<T> list = new ArrayList<>();
      IntStream.range(0, size).forEach(_ -> list.add(element.get()));
      return truth() ? list : List.copyOf(list);
    }

    <T> Optional<T> optional(java.util.function.Supplier<T> value) {
      return truth() ? Optional.of(value.get()) : Optional.empty();
    }

    Lists lists() {
      return new Lists(
          list(this::truth),
          list(() -> (byte) whole()),
          list(() -> (short) whole()),
          list(() -> (int) whole()),
          list(this::whole),
          list(this::single),
          list(this::real),
          list(this::letter),
          list(this::text),
          list(this::shape),
          list(this::color),
          list(() -> list(this::real)),
          list(() -> truth() ? color() : boxes()));
    }

    Everything everything() {
      return new Everything(
          new Primitives(
              truth(),
              (byte) whole(),
              (short) whole(),
              (int) whole(),
              whole(),
              single(),
              real(),
              letter()),
          boxes(),
          lists(),
          letter(),
          text(),
          shape(),
          color(),
          thing(),
          thing(),
          new Box<>(color()),
          optional(this::real),
          optional(() -> list(() -> optional(this::thing))),
          (int) whole(),
          (int) whole(),
          (int) whole());
    }
  }

  private static String write(Layer layer) {
    Network network = Network.of(2, layer);
    return new Description(Set.of()).write(network.structure(), network.frozenNames());
  }

  private static Layer read(String text, Class<?>... own) {
    return new Description(Set.of(own)).read(text).layers().firstEntry().getValue();
  }

  @Test
  void generatedRecordsComeBackEqual() {
    Values values = new Values(new SplittableRandom(SEED));
    for (int i = 0; i < RECORDS; i++) {
      Everything layer = values.everything();
      assertThat(
              read(
                  write(layer), Everything.class, Box.class, Boxes.class, Lists.class, Color.class))
          .as("seed %d, record %d", SEED, i)
          .isEqualTo(layer);
    }
  }

  @Test
  void theSameRecordIsTheSameText() {
    Everything layer = new Values(new SplittableRandom(SEED)).everything();
    assertThat(write(layer)).isEqualTo(write(layer)).contains("\"type_\":", "\"type__\":");
  }

  private record Anything(Object value) implements Own {}

  private record Numbers(double[] value) implements Own {}

  private record Mapped(Map<String, Integer> value) implements Own {}

  private record Several(Set<Integer> value) implements Own {}

  private record ListOfAKind(ArrayList<Integer> value) implements Own {}

  private record Listed(List<Integer> value) implements Own {}

  private record Numeric(Number value) implements Own {}

  private record Decimal(BigDecimal value) implements Own {}

  private record Compared(Comparable<?> value) implements Own {}

  private record Function1(Function<Integer, Integer> value) implements Own {}

  private record Texts(String value) implements Own {}

  private record OfArrays(List<float[]> value) implements Own {}

  private record Unit(TimeUnit value) implements Own {}

  /** Does not hold what it is given. */
  private record Doubling(double value) implements Own {
    Doubling {
      value *= 2;
    }
  }

  /** Does not give what it holds. */
  private record Hiding(double value) implements Own {
    @Override
    public double value() {
      return 0;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Hiding(double held) && held == value;
    }

    @Override
    public int hashCode() {
      return Double.hashCode(value);
    }
  }

  private static List<Layer> refused() {
    return List.of(
        new Anything(1),
        new Anything("text"),
        new Anything(List.of(1.5)),
        new Anything(new float[] {1}),
        new Numbers(new double[] {1}),
        new Mapped(Map.of("a", 1)),
        new Several(Set.of(1)),
        new ListOfAKind(new ArrayList<>(List.of(1))),
        new Listed(Arrays.asList(1, null)),
        new Numeric(1),
        new Decimal(BigDecimal.ONE),
        new Compared(1.5),
        new Function1(x -> x),
        new Texts(null),
        new OfArrays(List.of(new float[] {1})),
        new Doubling(1),
        new Hiding(3));
  }

  @ParameterizedTest
  @MethodSource("refused")
  void whatWouldNotComeBackIsRefused(Layer layer) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> write(layer))
        .withMessageStartingWith("layer own1: description: ")
        .withMessageContaining("expected ");
  }

  @Test
  void refusalsSayWhatAndWhere() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> write(new Texts(null)))
        .withMessageStartingWith("layer own1: description: value of " + Texts.class.getName())
        .withMessageEndingWith("was null");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> write(new Doubling(1)))
        .withMessageContaining("a layer that comes back equal")
        .withMessageContaining("Doubling[value=2.0]")
        .withMessageContaining("Doubling[value=4.0]");
    assertThat(read(write(new Unit(TimeUnit.DAYS)), Unit.class)).isEqualTo(new Unit(TimeUnit.DAYS));
  }

  private static Layer nested(int depth) {
    Layer layer = dense(2);
    for (int i = 0; i < depth; i++) {
      layer = residual(layer);
    }
    return layer;
  }

  @Test
  void whatIsNestedTooDeepToBeReadIsNotWritten() {
    int deepest = 0;
    for (int depth : new int[] {1, 15, 40, 60, 61, 62, 63, 64, 65, 100, 256}) {
      Layer layer = nested(depth);
      try {
        String text = write(layer);
        assertThat(read(text)).isEqualTo(layer);
        deepest = depth;
      } catch (IllegalArgumentException e) {
        assertThat(e)
            .hasMessage(
                "layer residual1: description: expected at most %d records and lists within each"
                    + " other",
                JsonReader.DEEPEST - 3);
      }
    }
    assertThat(deepest).isEqualTo(62);
  }
}
