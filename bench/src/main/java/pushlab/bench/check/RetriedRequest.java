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

/// A request that is sent a second time, on a new connection, if its connection is closed at once
/// and without an answer. The server may have closed a kept connection just before (RFC 9112,
/// 9.3.1). Thread-safe.
///
/// @param <T> the type of the answer's body
final class RetriedRequest<T> {

  private static final Pattern UNANSWERED =
      Pattern.compile("received no bytes|(?i:connection reset|broken pipe|EOF reached)");

  private final CompletableFuture<HttpResponse<T>> response = new CompletableFuture<>();
  private final long start = System.nanoTime();
  private volatile CompletableFuture<HttpResponse<T>> asked;

  /// @param atOnce if the connection is closed later than this, the request is not sent again
  /// @param first sends the request
  /// @param again sends the request on a new connection
  RetriedRequest(
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

  /// The answer. It fails with the failure of the last attempt.
  CompletableFuture<HttpResponse<T>> response() {
    return response;
  }

  /// Gives the request up and closes its connection.
  void leave() {
    response.cancel(true);
    asked.cancel(true);
  }

  /// Whether the connection was closed before the first byte of an answer, according to the
  /// client's message.
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
