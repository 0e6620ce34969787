package pushlab.bench.check;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import pushlab.bench.check.Rule.Broken;
import pushlab.bench.check.Rule.Skipped;

/// Opens an answer of HTTP that does not end.
final class HttpStream {

  private HttpStream() {}

  /// The body of the answer to `request`, which asks for `path`.
  ///
  /// @param type what its `Content-Type` must begin with
  /// @throws Skipped if the server has no such stream
  /// @throws Broken if it has one and does not answer as it must
  /// @throws IOException if the server does not answer
  static InputStream open(
      CheckedServer server, Limits limits, HttpRequest.Builder request, String path, String type)
      throws Broken, Skipped, IOException, InterruptedException {
    RetriedRequest<InputStream> opening = server.stream(request);
    try {
      HttpResponse<InputStream> response =
          opening.response().get(limits.atOnce().toMillis(), TimeUnit.MILLISECONDS);
      int code = response.statusCode();
      String answered = response.headers().firstValue("Content-Type").orElse("none");
      if (code == 200 && answered.startsWith(type)) {
        return response.body();
      }
      response.body().close();
      if (code == 404 || code == 200) {
        throw new Skipped(
            "the server has none: %s answered %d, Content-Type %s".formatted(path, code, answered));
      }
      throw new Broken("%s answered %d".formatted(path, code));
    } catch (TimeoutException _) {
      opening.leave();
      throw Broken.maybeBy(
          RoadFault.COLLECTS, "no headers within " + Call.seconds(limits.atOnce()));
    } catch (ExecutionException e) {
      throw Call.reason(e);
    }
  }
}
