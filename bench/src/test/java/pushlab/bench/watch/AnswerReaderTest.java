package pushlab.bench.watch;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpUtil;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnswerReaderTest {

  private static final String PLAIN = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello";

  private final AnswerReader.Last last = new AnswerReader.Last();
  private final AnswerReader reader = new AnswerReader(last);

  @ParameterizedTest
  @ValueSource(
      strings = {
        PLAIN,
        "HTTP/1.1 200 OK\r\ncontent-LENGTH:5\r\nX: y\r\n\r\nhello",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhe\r\n3;x=y\r\nllo\r\n0\r\nT: u\r\n\r\n",
        "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early\r\nLink: x\r\n\r\n" + PLAIN,
      })
  void anAnswerIsReadWhereverItIsCut(String answer) {
    for (int cut = 0; cut < answer.length(); cut++) {
      if (cut > 0) {
        assertThat(read(reader, answer.substring(0, cut))).isNull();
      }
      assertThat(read(reader, answer.substring(cut))).isEqualTo("200 hello");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.0 200 OK\r\n\r\nhello",
        "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nhello",
        "HTTP/1.1 200 OK\r\n\r\nhello",
      })
  void anAnswerMayEndWithItsConnection(String answer) {
    for (int cut = 1; cut < answer.length(); cut++) {
      var fresh = new AnswerReader(last);
      assertThat(read(fresh, answer.substring(0, cut))).isNull();
      assertThat(read(fresh, answer.substring(cut))).isNull();
      assertThat(text(fresh.end())).isEqualTo("200 hello");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nhello"})
  void anAnswerThatIsCutOffIsNone(String bytes) {
    if (!bytes.isEmpty()) {
      assertThat(read(reader, bytes)).isNull();
    }
    assertThat(reader.end()).isNull();
    reader.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 204 No Content\r\nETag: \"a\"\r\n\r\n",
        "HTTP/1.1 304 Not Modified\r\nContent-Length: 5\r\n\r\n",
      })
  void anAnswerWithoutABodyIsReadAtOnce(String answer) {
    for (int i = 0; i < 2; i++) {
      assertThat(text(new AnswerReader(last).read(bytes(answer)))).endsWith("4 ");
    }
  }

  @Test
  void theSameBytesAreTheSameAnswerOnEveryConnection() {
    FullHttpResponse first = new AnswerReader(last).read(bytes(PLAIN));
    FullHttpResponse second = new AnswerReader(last).read(bytes(PLAIN));
    FullHttpResponse third = new AnswerReader(last).read(bytes(PLAIN));
    assertThat(text(first)).isEqualTo("200 hello");
    assertThat(text(second)).isEqualTo("200 hello");
    assertThat(third).isSameAs(second);
    assertThat(text(third)).isEqualTo("200 hello");
    assertThat(read(reader, PLAIN.replace("hello", "hallo"))).isEqualTo("200 hallo");
    assertThat(read(reader, PLAIN)).isEqualTo("200 hello");
  }

  @Test
  void theSameBytesInsideAnAnswerAreNotAnAnswer() {
    assertThat(read(reader, PLAIN)).isEqualTo("200 hello");
    String head = "HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n".formatted(PLAIN.length());
    assertThat(read(reader, head)).isNull();
    assertThat(read(reader, PLAIN)).isEqualTo("200 " + PLAIN);
  }

  @Test
  void whetherTheConnectionIsKeptIsReadWithTheSameBytes() {
    String closing = PLAIN.replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n");
    for (int i = 0; i < 3; i++) {
      FullHttpResponse answer = requireNonNull(new AnswerReader(last).read(bytes(closing)));
      assertThat(HttpUtil.isKeepAlive(answer)).isFalse();
    }
  }

  @Test
  void twoAnswersToOneRequestAreRefused() {
    assertThatIllegalStateException()
        .isThrownBy(() -> reader.read(bytes(PLAIN + PLAIN)))
        .withMessage("the server answered twice");
  }

  @Test
  void anAnswerThatIsNotHttpHasItsReason() {
    FullHttpResponse answer = requireNonNull(reader.read(bytes("SSH-2.0-OpenSSH_9.6\r\n")));
    assertThat(Answered.by("GET /status", answer))
        .startsWith("GET /status was answered with something that is not HTTP: ");
  }

  @Test
  void anAnswerThatIsTooLongIsRefused() {
    assertThatException()
        .isThrownBy(
            () -> reader.read(bytes("HTTP/1.1 200 OK\r\nContent-Length: 70000\r\n\r\nhello")));
  }

  private static @Nullable String read(AnswerReader reader, String bytes) {
    FullHttpResponse answer = reader.read(bytes(bytes));
    return answer == null ? null : text(answer);
  }

  private static String text(@Nullable FullHttpResponse answer) {
    FullHttpResponse read = requireNonNull(answer);
    String text = read.status().code() + " " + read.content().toString(StandardCharsets.UTF_8);
    read.release();
    return text;
  }

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
  }
}
