package pushlab.server.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import pushlab.server.net.Delivery;

/// Two servers that hold the same versions, and differ only in how they deliver.
public final class BothDeliveries implements AutoCloseable {

  private static final String[] TASKS = {"default", "other"};
  private static final long TWO_MILLISECONDS = 2_000_000;

  private final ExecutorService meanwhile = Executors.newVirtualThreadPerTaskExecutor();
  public final TestServer loop;
  public final TestServer threads;

  public BothDeliveries(String... options) {
    this(TestServer.start(Delivery.LOOP, options), TestServer.start(Delivery.THREADS, options));
  }

  /// `loop` and `threads`, which must have been started with the same options.
  public BothDeliveries(TestServer loop, TestServer threads) {
    this.loop = loop;
    this.threads = threads;
    Stream.of(loop, threads, loop, threads).forEach(BothDeliveries::updateAll);
  }

  /// What a client does on one connection.
  @FunctionalInterface
  public interface Client {
    void use(Exchange exchange) throws Exception;
  }

  /// The answers that `client` gets from both servers.
  ///
  /// @throws AssertionError if they are not the same
  public List<String> answers(Client client) throws Exception {
    level();
    Future<List<String>> expected = meanwhile.submit(() -> answers(threads, client));
    List<String> answers = answers(loop, client);
    assertThat(answers).as("answers by loop").isEqualTo(expected.get());
    return answers;
  }

  private static List<String> answers(TestServer server, Client client) throws Exception {
    try (var exchange = new Exchange(server)) {
      client.use(exchange);
      return exchange.end();
    }
  }

  static void updateAll(TestServer server) {
    for (String task : TASKS) {
      server.server.tasks().update(task, "En cours");
    }
  }

  /// Brings both servers to the same version, which is older than any later request.
  private void level() {
    while (version(loop) < version(threads)) {
      updateAll(loop);
    }
    while (version(threads) < version(loop)) {
      updateAll(threads);
    }
    LockSupport.parkNanos(TWO_MILLISECONDS);
  }

  private static long version(TestServer server) {
    return server.state().current().version();
  }

  @Override
  public void close() {
    meanwhile.shutdownNow();
    loop.close();
    threads.close();
  }
}
