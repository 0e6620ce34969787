package pushlab.bench.net;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// How long a server holds a long poll while nothing changes. Our server says it in the header
/// `Poll-Hold` of its answer to `HEAD /poll-status`; other servers need not.
///
/// @param time positive, and at most an hour
public record PollHold(Duration time) {

  /// The hold of a server that does not say it: the one that the course gives as an example.
  public static final PollHold USUAL = new PollHold(Duration.ofSeconds(25));

  private static final String HEADER = "Poll-Hold";
  private static final String SECONDS = "[1-9][0-9]{0,3}";
  private static final Duration LONGEST = Duration.ofHours(1);
  private static final Duration SLACK = Duration.ofSeconds(10);
  private static final int PATIENCE_MILLIS = 2_000;

  /// Asks the server at `address` for its hold. Empty if the server does not say it within 2 s.
  public static Optional<PollHold> of(ServerAddress address) {
    try {
      return Optional.ofNullable(header(address))
          .filter(seconds -> seconds.matches(SECONDS))
          .map(seconds -> Duration.ofSeconds(Long.parseLong(seconds)))
          .filter(time -> time.compareTo(LONGEST) <= 0)
          .map(PollHold::new);
    } catch (IOException _) {
      return Optional.empty();
    }
  }

  /// How long a client should wait for the answer to a poll: 10 s longer than the hold.
  public Duration patience() {
    return time.plus(SLACK);
  }

  private static @Nullable String header(ServerAddress address) throws IOException {
    var connection = (HttpURLConnection) uri(address).toURL().openConnection();
    try {
      connection.setRequestMethod("HEAD");
      connection.setInstanceFollowRedirects(false);
      connection.setConnectTimeout(PATIENCE_MILLIS);
      connection.setReadTimeout(PATIENCE_MILLIS);
      return connection.getHeaderField(HEADER);
    } finally {
      connection.disconnect();
    }
  }

  /// With an address in place of the name `localhost`, whose first address may not be the server's.
  private static URI uri(ServerAddress address) throws IOException {
    if (!address.host().equalsIgnoreCase("localhost")) {
      return address.uri(address.scheme(), "/poll-status");
    }
    try {
      String host = address.reach().getAddress().getHostAddress();
      return new URI(address.scheme(), null, host, address.port(), "/poll-status", null, null);
    } catch (URISyntaxException e) {
      throw new IOException(e);
    }
  }
}
