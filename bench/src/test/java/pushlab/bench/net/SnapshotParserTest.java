package pushlab.bench.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import pushlab.bench.net.SnapshotParser.Parsed;

class SnapshotParserTest {

  @Test
  void parsesOurSnapshots() throws IOException {
    assertThat(
            parse(
                """
                {"task":"default","epoch":"k3f9","version":4,"status":"Échec 🚦","updatedAt":"x"}"""))
        .isEqualTo(new Parsed("k3f9", 4, "Échec 🚦"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"version":7,"status":"a"}                                        |      | a
          {"status":"a","version":7}                                        |      | a
          {"version":7}                                                     |      |
          {"version":7,"status":null,"epoch":null}                          |      |
          {"version":7,"status":3,"epoch":12}                               | 12   | 3
          {"a":{"version":1,"status":"b"},"version":7,"c":[1,{"version":2}]} |      |
          {"status":{"version":1,"text":["b"]},"version":7,"epoch":["e"]}   |      |
          {"version":1,"version":7}                                         |      |
          """)
  void parsesForeignSnapshots(String json, @Nullable String epoch, @Nullable String status)
      throws IOException {
    assertThat(parse(json)).isEqualTo(new Parsed(epoch, 7, status));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "4",
        "{}",
        "<html>",
        "{\"version\":4",
        "{\"version\":4,",
        "{\"version\":4}}",
        "{\"version\":4}{\"version\":5}",
        "{\"version\":\"4\"}",
        "{\"version\":4.5}",
        "{\"version\":-1}",
        "{\"version\":null}",
        "{\"version\":{\"version\":4}}",
        "{\"version\":9223372036854775808}",
        "{\"status\":\"no version\"}",
        "{version:4}",
      })
  void refusesOtherTextsWithOneLine(String json) {
    assertThatIOException()
        .isThrownBy(() -> parse(json))
        .withMessageStartingWith("the answer ")
        .withMessageNotContaining("\n");
  }

  @Test
  void returnsTheSameResultForTheSameBytes() throws IOException {
    var reader = new SnapshotParser();
    Parsed first = reader.read(bytes("{\"version\":1}"));
    assertThat(reader.read(bytes("{\"version\":1}"))).isSameAs(first);
    assertThat(reader.read(bytes("{\"version\":2}")).version()).isEqualTo(2);
    assertThatIOException().isThrownBy(() -> reader.read(bytes("{\"version\":")));
    assertThat(reader.read(bytes("{\"version\":1}"))).isEqualTo(first);
  }

  @Test
  void consumesTheBytes() throws IOException {
    ByteBuf json = bytes("{\"version\":1}");
    new SnapshotParser().read(json);
    assertThat(json.readableBytes()).isZero();
  }

  private static Parsed parse(String json) throws IOException {
    return SnapshotParser.parse(json.getBytes(StandardCharsets.UTF_8));
  }

  private static ByteBuf bytes(String json) {
    return Unpooled.copiedBuffer(json, StandardCharsets.UTF_8);
  }
}
