package pushlab.bench.watch;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpUtil;
import java.nio.charset.StandardCharsets;

/// What a server answered that is not what the contract promises, in words.
final class Answered {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int LONGEST = 200;

  private Answered() {}

  /// That `asked` was answered by `answer`: its status, and why it says so, as the detail of a
  /// problem document (RFC 9457) or a short text.
  static String by(String asked, FullHttpResponse answer) {
    String why = why(answer.content().toString(StandardCharsets.UTF_8).strip());
    String status = by(asked, (HttpResponse) answer);
    return why.isEmpty() ? status : status + ": " + why;
  }

  /// The same, where nothing is known but its head.
  static String by(String asked, HttpResponse answer) {
    Throwable broken = answer.decoderResult().cause();
    if (broken == null) {
      return "%s answered %s".formatted(asked, answer.status());
    }
    return "%s was answered by what is no HTTP: %s".formatted(asked, broken.getMessage());
  }

  /// Whether more can be asked on the connection that `answer` came on.
  static boolean keepsConnection(FullHttpResponse answer, boolean active) {
    return active && HttpUtil.isKeepAlive(answer);
  }

  private static String why(String body) {
    try {
      return JSON.readTree(body).path("detail").asText();
    } catch (JsonProcessingException _) {
      return body.length() > LONGEST || body.startsWith("<") ? "" : body;
    }
  }
}
