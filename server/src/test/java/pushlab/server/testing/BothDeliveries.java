package pushlab.server.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.stream.Stream;
import pushlab.server.net.Delivery;

/// Two servers that hold the same versions, and differ only in how they deliver.
public final class BothDeliveries implements AutoCloseable {

  private static final String[] TASKS = {"default", "other"};
  private static final long A_MILLISECOND = 1_000_000;

  private final ExecutorService meanwhile = Executors.newVirtualThreadPerTaskExecutor();
  public final TestServer loop;
  public final TestServer threads;

  public BothDeliveries(String... options) {
    this(delivery -> TestServer.start(delivery, options));
  }

  /// Two servers that `start` starts. Their epochs have the same length, and so have their answers.
  public BothDeliveries(Function<Delivery, TestServer> start) {
    loop = start.apply(Delivery.LOOP);
    TestServer other = start.apply(Delivery.THREADS);
    while (other.state().epoch().length() != loop.state().epoch().length()) {
      other.close();
      other = start.apply(Delivery.THREADS);
    }
    threads = other;
    Stream.of(loop, threads, loop, threads).forEach(BothDeliveries::updateAll);
  }

  /// What a client does on one connection.
  @FunctionalInterface
  public interface Client {
    void use(Exchange exchange) throws Exception;
  }

  /// All answers that `client` gets from both servers, until its connections end.
  ///
  /// @throws AssertionError if they are not the same
  public List<String> answers(Client client) throws Exception {
    return same(client, Exchange::end);
  }

  /// What `client` gets from both servers on connections that do not end.
  ///
  /// @throws AssertionError if it is not the same
  public List<String> streams(Client client) throws Exception {
    return same(client, Exchange::answers);
  }

  private List<String> same(Client client, Got got) throws Exception {
    level();
    Future<List<String>> expected = meanwhile.submit(() -> got(threads, client, got));
    List<String> answers = got(loop, client, got);
    answers.replaceAll(this::withoutEpochs);
    assertThat(answers)
        .as("answers by loop")
        .isEqualTo(expected.get().stream().map(this::withoutEpochs).toList());
    return answers;
  }

  /// `text` with `EPOCH` for the epochs of the two servers.
  private String withoutEpochs(String text) {
    return text.replace(loop.state().epoch(), Exchange.EPOCH)
        .replace(threads.state().epoch(), Exchange.EPOCH);
  }

  private static List<String> got(TestServer server, Client client, Got got) throws Exception {
    try (var exchange = new Exchange(server)) {
      client.use(exchange);
      return got.by(exchange);
    }
  }

  private interface Got {
    List<String> by(Exchange exchange) throws Exception;
  }

  static void updateAll(TestServer server) {
    awaitMillis();
    for (String task : TASKS) {
      server.server.tasks().update(task, "En cours");
    }
  }

  /// Waits until the time does not end in a whole second. It would be shorter then as text.
  static void awaitMillis() {
    while ((System.currentTimeMillis() + 5) % 1000 < 10) {
      LockSupport.parkNanos(A_MILLISECOND);
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
    LockSupport.parkNanos(2 * A_MILLISECOND);
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
