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

/// A request on its way. Safe for use by several threads.
final class Call {

  private final String what;
  private final Asked<byte[]> asked;
  private final CompletableFuture<HttpResponse<byte[]>> response;
  private final CompletableFuture<Duration> took;

  /// @param what the request, for readers of the findings
  Call(String what, Asked<byte[]> asked) {
    this.what = what;
    this.asked = asked;
    this.response = asked.response();
    long start = System.nanoTime();
    this.took = response.handle((_, _) -> Duration.ofNanos(System.nanoTime() - start));
  }

  /// The answer as soon as it is there, or nothing if that takes longer than `atMost`.
  ///
  /// @throws IOException if the connection ended without one
  Optional<Answer> peek(Duration atMost) throws IOException, InterruptedException {
    try {
      return Optional.of(Answer.of(response.get(atMost.toMillis(), TimeUnit.MILLISECONDS)));
    } catch (TimeoutException _) {
      return Optional.empty();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof HttpTimeoutException) {
        return Optional.empty();
      }
      throw reason(e);
    }
  }

  /// Why it failed, without the client's word that it would not try again.
  static IOException reason(ExecutionException e) {
    if (e.getCause() instanceof IOException io) {
      boolean wrapped = io.getClass() == IOException.class;
      return wrapped && io.getCause() instanceof IOException inner ? inner : io;
    }
    return new IOException(e.getCause());
  }

  /// The answer, which is due within `atMost`; without one, the request is given up.
  Answer within(Duration atMost) throws Broken, IOException, InterruptedException {
    Optional<Answer> answer = peek(atMost);
    if (answer.isEmpty()) {
      leave();
      throw new Broken("no answer to %s within %s".formatted(what, seconds(atMost)));
    }
    return answer.get();
  }

  /// How long it took until now, or until its end.
  Duration took() {
    return took.join();
  }

  /// Goes away from it, as a client does that ends: its connection is closed.
  void leave() {
    asked.leave();
  }

  /// Waits until `other` is done or the answer is there, but no longer than `atMost`.
  void awaitOr(CompletableFuture<?> other, Duration atMost) throws InterruptedException {
    await(CompletableFuture.anyOf(response, other), atMost);
  }

  /// How many of `calls` have ended as soon as one has, or after `atMost`.
  static long endedEarly(List<Call> calls, Duration atMost) throws InterruptedException {
    await(CompletableFuture.anyOf(responses(calls)), atMost);
    return calls.stream().filter(call -> call.response.isDone()).count();
  }

  /// Waits until all have ended, but no longer than `atMost`.
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
      // The caller looks at each by itself.
    }
  }

  /// A time as a reader wants it: `2 s`, `0.3 s`.
  static String seconds(Duration time) {
    long tenths = Math.round(time.toMillis() / 100.0);
    return tenths % 10 == 0 ? tenths / 10 + " s" : tenths / 10.0 + " s";
  }
}
