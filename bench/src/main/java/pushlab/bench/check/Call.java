package pushlab.bench.check;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import pushlab.bench.check.Rule.Broken;

/// A request that has been sent. Thread-safe.
final class Call {

  private final String what;
  private final RetriedRequest<byte[]> asked;
  private final CompletableFuture<HttpResponse<byte[]>> response;
  private final CompletableFuture<Duration> took;

  /// @param what the request in words, for the findings
  Call(String what, RetriedRequest<byte[]> asked) {
    this.what = what;
    this.asked = asked;
    this.response = asked.response();
    long start = System.nanoTime();
    this.took = response.handle((_, _) -> Duration.ofNanos(System.nanoTime() - start));
  }

  /// The answer, or empty if none arrives within `atMost`.
  ///
  /// @throws IOException if the connection ended without an answer
  Optional<HttpAnswer> peek(Duration atMost) throws IOException, InterruptedException {
    try {
      return Optional.of(HttpAnswer.of(response.get(atMost.toMillis(), TimeUnit.MILLISECONDS)));
    } catch (TimeoutException _) {
      return Optional.empty();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof HttpTimeoutException) {
        return Optional.empty();
      }
      throw reason(e);
    }
  }

  /// The cause of the failure, without the client's exception around it.
  static IOException reason(ExecutionException e) {
    if (e.getCause() instanceof IOException io) {
      boolean wrapped = io.getClass() == IOException.class;
      return wrapped && io.getCause() instanceof IOException inner ? inner : io;
    }
    return new IOException(e.getCause());
  }

  /// The answer, which is due within `atMost`. After that time the request is given up.
  HttpAnswer within(Duration atMost) throws Broken, IOException, InterruptedException {
    Optional<HttpAnswer> answer = peek(atMost);
    if (answer.isEmpty()) {
      leave();
      throw new Broken("no answer to %s within %s".formatted(what, seconds(atMost)));
    }
    return answer.get();
  }

  /// How long the request took. Waits for its end.
  Duration took() {
    return took.join();
  }

  /// Gives the request up and closes its connection, as a client that ends does.
  void leave() {
    asked.leave();
  }

  /// Waits until `other` is done or the answer has arrived, but no longer than `atMost`.
  void awaitOr(CompletableFuture<?> other, Duration atMost) throws InterruptedException {
    await(CompletableFuture.anyOf(response, other), atMost);
  }

  /// Waits until one of `calls` has ended, but no longer than `atMost`. Returns how many have
  /// ended.
  static long endedEarly(List<Call> calls, Duration atMost) throws InterruptedException {
    await(CompletableFuture.anyOf(responses(calls)), atMost);
    return calls.stream().filter(call -> call.response.isDone()).count();
  }

  /// Waits until all `calls` have ended, but no longer than `atMost`.
  static void awaitAll(List<Call> calls, Duration atMost) throws InterruptedException {
    await(CompletableFuture.allOf(responses(calls)), atMost);
  }

  private static CompletableFuture<?>[] responses(List<Call> calls) {
    return calls.stream().map(call -> call.response).toArray(CompletableFuture<?>[]::new);
  }

  private static void await(CompletableFuture<?> ended, Duration atMost)
      throws InterruptedException {
    try {
      ended.get(atMost.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException _) {
      // The caller looks at each call.
    }
  }

  /// A time in words: `2 s`, `0.3 s`.
  static String seconds(Duration time) {
    long tenths = Math.round(time.toMillis() / 100.0);
    return tenths % 10 == 0 ? tenths / 10 + " s" : tenths / 10.0 + " s";
  }
}
