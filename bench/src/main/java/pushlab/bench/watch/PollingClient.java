package pushlab.bench.watch;

import io.netty.handler.codec.http.FullHttpResponse;

/// What a polling subscriber asks, and when. To be used on the loop only.
interface PollingClient {

  /// The next request, encoded.
  String request();

  /// Handles the answer to the last request. Returns in how many nanoseconds it asks again.
  ///
  /// @throws IllegalStateException if the answer ends the subscription; the message says why
  long answered(FullHttpResponse answer);
}
