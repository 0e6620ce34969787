package pushlab.bench.check;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import pushlab.bench.check.CheckedServer.SeenSnapshot;
import pushlab.bench.check.Rule.Broken;
import pushlab.bench.text.SaidException;
import pushlab.bench.text.Texts;

/// The checked server at its own address, where nothing stands between.
final class Direct implements AutoCloseable {

  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);

  private final URI address;
  private final CheckedServer server;
  private final Limits limits;
  private final Map<String, Rule> rules = new HashMap<>();

  /// @throws IOException if no server listens there
  Direct(URI address, CheckOptions options, Limits limits) throws IOException {
    this.address = address;
    this.limits = limits;
    this.server = new CheckedServer(address, options, limits);
    for (Rule.Group group : Rules.all(server, options, limits, new Road(false))) {
      group.rules().forEach(rule -> rules.put(rule.name(), rule));
    }
  }

  URI address() {
    return address;
  }

  /// Tests the rule with the name of `rule` here.
  Trial test(Rule rule) throws InterruptedException {
    return Trial.of(rules.getOrDefault(rule.name(), rule), server);
  }

  /// Requires that this is the server that `proxied` asks too: an update here must be seen there.
  ///
  /// @return whether it was seen; false if `proxied` answers no poll, so that nothing is known
  /// @throws SaidException if it is another server, or does not answer as one
  boolean requireSame(CheckedServer proxied) throws IOException, InterruptedException {
    try {
      if (read(proxied).isEmpty()) {
        return false;
      }
      SeenSnapshot now = server.update();
      long start = System.nanoTime();
      while (!read(proxied).filter(now::equals).isPresent()) {
        if (System.nanoTime() - start > limits.atOnce().toNanos()) {
          throw new SaidException(Texts.of("check.another-server", address, proxied.address()));
        }
        Thread.sleep(BETWEEN_LOOKS);
      }
      return true;
    } catch (Broken e) {
      throw new SaidException(
          Texts.of("check.no-server-of-the-contract", address, String.valueOf(e.getMessage())), e);
    }
  }

  private static Optional<SeenSnapshot> read(CheckedServer server)
      throws IOException, InterruptedException {
    try {
      return Optional.of(server.current());
    } catch (Broken _) {
      return Optional.empty();
    }
  }

  /// Closes all connections.
  @Override
  public void close() {
    server.close();
  }
}
