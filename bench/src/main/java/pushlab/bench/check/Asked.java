package pushlab.bench.check;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A request that is asked once more, on a new connection, if its own is closed at once and without
/// an answer: that may have been one that was kept and had ended meanwhile (RFC 9112, 9.3.1). Safe
/// for use by several threads.
///
/// @param <T> what an answer's body is
final class Asked<T> {

  private static final Pattern UNANSWERED =
      Pattern.compile("received no bytes|(?i:connection reset|broken pipe|EOF reached)");

  private final CompletableFuture<HttpResponse<T>> response = new CompletableFuture<>();
  private final long start = System.nanoTime();
  private volatile CompletableFuture<HttpResponse<T>> asked;

  /// @param atOnce a connection that ends later than that was no ended one
  /// @param first asks
  /// @param again asks on a new connection
  Asked(
      Duration atOnce,
      Supplier<CompletableFuture<HttpResponse<T>>> first,
      Supplier<CompletableFuture<HttpResponse<T>>> again) {
    this.asked = first.get();
    var _ =
        asked.whenComplete(
            (answer, failure) -> {
              if (failure != null
                  && isUnanswered(failure)
                  && System.nanoTime() - start < atOnce.toNanos()) {
                askAgain(again);
              } else {
                end(answer, failure);
              }
            });
  }

  private void askAgain(Supplier<CompletableFuture<HttpResponse<T>>> again) {
    if (response.isDone()) {
      return;
    }
    asked = again.get();
    var _ = asked.whenComplete(this::end);
    if (response.isDone()) {
      asked.cancel(true);
    }
  }

  private void end(@Nullable HttpResponse<T> answer, @Nullable Throwable failure) {
    if (answer != null) {
      response.complete(answer);
    } else {
      Throwable why = Objects.requireNonNull(failure);
      boolean wrapped = why instanceof CompletionException && why.getCause() != null;
      response.completeExceptionally(wrapped ? why.getCause() : why);
    }
  }

  /// The answer; it fails as a request does that is not asked again.
  CompletableFuture<HttpResponse<T>> response() {
    return response;
  }

  /// Goes away from it: its connection is closed.
  void leave() {
    response.cancel(true);
    asked.cancel(true);
  }

  /// Whether the connection ended before the first byte of an answer, as far as the client tells.
  private static boolean isUnanswered(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof IOException
          && UNANSWERED.matcher(String.valueOf(cause.getMessage())).find()) {
        return true;
      }
    }
    return false;
  }
}
