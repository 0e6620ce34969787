package pushlab.bench.road;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;

/// What the probes of one proxy share.
///
/// @param origin the server behind the proxy
/// @param proxy the address at which the proxy speaks HTTP/1.1
record Road(Client client, Origin origin, URI proxy, Waits waits) {

  /// How long a client waits for what the origin has sent already.
  static final Duration PATIENCE = Duration.ofSeconds(5);

  /// A new connection to the proxy.
  Connection open() throws IOException, InterruptedException {
    return client.open(proxy);
  }

  /// The seconds from `start` to `end`, both in nanoseconds.
  static double seconds(long start, long end) {
    return (end - start) / 1e9;
  }

  /// The same in milliseconds.
  static double millis(long start, long end) {
    return (end - start) / 1e6;
  }
}
