package pushlab.bench.watch;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpUtil;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.stream.Stream;
import pushlab.bench.net.ProxySetting;

/// Describes, for the user, an answer that breaks the contract.
final class Answered {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int LONGEST = 200;

  private Answered() {}

  /// The status of `answer` to the request `asked`, and the server's reason: the detail of a
  /// problem document (RFC 9457), or a short text.
  static String by(String asked, FullHttpResponse answer) {
    String why = why(answer.content().toString(StandardCharsets.UTF_8).strip());
    String status = by(asked, (HttpResponse) answer);
    return why.isEmpty() ? status : status + ": " + why;
  }

  /// The same, for an answer of which only the head has been read.
  static String by(String asked, HttpResponse answer) {
    Throwable broken = answer.decoderResult().cause();
    if (broken == null) {
      return "%s answered %s".formatted(asked, answer.status());
    }
    return "%s was answered with something that is not HTTP: %s"
        .formatted(asked, broken.getMessage());
  }

  /// The status of `answer` to the handshake of a WebSocket, and what a proxy in between may have
  /// done to it.
  static String handshake(HttpResponse answer) {
    String said = by("GET /ws", answer);
    String proxy =
        Stream.of("Via", "Server")
            .map(answer.headers()::get)
            .filter(Objects::nonNull)
            .findFirst()
            .orElse("");
    return switch (answer.status().code()) {
      case 426 ->
          "%s: a proxy in between%s does not pass Upgrade on (%s)"
              .formatted(said, named(proxy), ProxySetting.PASS_UPGRADE_ON.of(proxy));
      case 403 ->
          "%s: a proxy in between%s may have changed Host (%s)"
              .formatted(said, named(proxy), ProxySetting.PASS_HOST_ON.of(proxy));
      default -> said;
    };
  }

  private static String named(String proxy) {
    return proxy.isEmpty() ? "" : " (%s)".formatted(proxy);
  }

  /// Whether the connection of `answer` can be used for another request.
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
