package org.lanewise.nn.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class JsonTest {
  @Test
  void readsEveryKindOfValue() {
    assertThat(JsonReader.read(" {\"a\" : [1, -2.5e+3,0], \"b\":{ } ,\"c\":[\ttrue,\r\nfalse]} "))
        .isEqualTo(
            Map.of(
                "a",
                List.of(new BigDecimal("1"), new BigDecimal("-2.5e3"), new BigDecimal("0")),
                "b",
                Map.of(),
                "c",
                List.of(true, false)));
    assertThat(JsonReader.read("\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\\uD83D\\ude00é\""))
        .isEqualTo("\"\\/\b\f\n\r\té😀é");
    assertThat(((Map<?, ?>) JsonReader.read("{\"z\":1,\"a\":2,\"m\":3}")).keySet())
        .hasToString("[z, a, m]");
  }

  @Test
  void writesWhatItReads() {
    Map<String, Object> value = new LinkedHashMap<>();
    value.put("text", "\"quoted\\\" \n\u0001 é 😀 \uD800");
    value.put("numbers", List.of(1, -2L, 0.1, 1e-300, Double.MAX_VALUE, 1.5f));
    value.put("nested", List.of(List.of(), Map.of("x", true)));
    String text = JsonWriter.write(value);
    assertThat(text).contains("[1,-2,0.1,1.0E-300,1.7976931348623157E308,1.5]");
    Map<?, ?> read = (Map<?, ?>) JsonReader.read(text);
    assertThat(read.get("text")).isEqualTo(value.get("text"));
    assertThat(read.get("nested")).isEqualTo(value.get("nested"));
    assertThat(((List<?>) read.get("numbers")).stream().map(n -> ((BigDecimal) n).doubleValue()))
        .containsExactly(1.0, -2.0, 0.1, 1e-300, Double.MAX_VALUE, 1.5);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> JsonWriter.write(List.of(Double.NaN)))
        .withMessage("json: expected a JSON value, was NaN");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "\0",
        "{",
        "}",
        "[",
        "]",
        "[1",
        "[1,",
        "[1,]",
        "[,1]",
        "[1 2]",
        "{\"a\"}",
        "{\"a\":}",
        "{\"a\":1,}",
        "{a:1}",
        "{\"a\":1 \"b\":2}",
        "{\"a\":1,\"a\":2}",
        "null",
        "tru",
        "truE",
        "nan",
        "NaN",
        "01",
        "-",
        "+1",
        "1.",
        ".5",
        "1e",
        "1e+",
        "0x1",
        "1 2",
        "1e401",
        "1e-401",
        "1e99999999999",
        "123456789012345678901234567890123",
        "\"",
        "\"\\",
        "\"\\x\"",
        "\"\\u12\"",
        "\"\\u00g0\"",
        "\"\\u٠٠٠٠\"",
        "\"\n\"",
        "'a'",
        "[1]\0",
        "{}x",
        "// c"
      })
  void refusesEverythingElse(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> JsonReader.read(text))
        .withMessageStartingWith("json: expected ")
        .withMessageContaining(" at position ");
  }

  @Test
  void refusesWhatIsNestedTooDeep() {
    int deepest = JsonReader.DEEPEST;
    Object value = JsonReader.read("[".repeat(deepest) + "]".repeat(deepest));
    assertThat(JsonReader.read(JsonWriter.write(value))).isEqualTo(value);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> JsonReader.read("[".repeat(1_000_000)))
        .withMessage("json: expected at most 256 levels at position 256, was '['");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> JsonWriter.write(List.of(value)))
        .withMessage("json: expected at most 256 levels, was more");
  }

  @Test
  void namesAKeyThatComesTwice() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> JsonReader.read("{\"layer\":{\"a\":1,\"b\":2,\"a\":3}}"))
        .withMessage(
            "json: expected keys that differ and not \"a\" twice at position 22, was '\"'");
  }
}
