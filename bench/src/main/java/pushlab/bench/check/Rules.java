package pushlab.bench.check;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import pushlab.bench.check.Rule.Broken;
import pushlab.bench.check.Server.Snapshot;

/// The rules of the long poll, as the course states them.
final class Rules {

  private static final int HELD_AT_ONCE = 50;
  private static final Duration AT_ONCE = Duration.ofSeconds(2);
  private static final Duration STILL_HELD = Duration.ofMillis(500);

  private final Server server;
  private final Duration shortestHold;

  /// The rules for `server`, which is to hold a request for `shortestHold` or longer.
  Rules(Server server, Duration shortestHold) {
    this.server = server;
    this.shortestHold = shortestHold;
  }

  List<Rule> all() {
    return List.of(
        new Rule(
            "first answer",
            true,
            "a client that has seen nothing is answered with status and version",
            server::current),
        new Rule(
            "an update grows the version",
            true,
            "POST /update-status sets the status and makes the version grow by one",
            this::updateGrowsTheVersion),
        new Rule(
            "behind: at once",
            true,
            "a last_version below the server's is answered at once",
            this::answersAtOnceWhenBehind),
        new Rule(
            "held, then all are woken",
            true,
            "a last_version equal to the server's is held, and an update answers every held"
                + " request",
            this::wakesEveryHeldRequest),
        new Rule(
            "a version ahead is not held",
            false,
            "a last_version that the server does not know, as after its restart, is answered at"
                + " once",
            this::answersAtOnceWhenAhead),
        new Rule(
            "UTF-8",
            true,
            "a status in any language arrives as it was sent",
            this::keepsEveryCharacter),
        new Rule(
            "bad last_version",
            false,
            "a last_version that is no number is answered 400",
            this::refusesWhatIsNoVersion),
        new Rule(
            "the hold ends",
            true,
            "without an update the answer is 204, or an empty JSON object, after 25 to 30 s",
            this::endsTheHold));
  }

  private void updateGrowsTheVersion() throws Broken, IOException, InterruptedException {
    Snapshot before = server.current();
    Snapshot updated = server.update("check");
    expect(
        updated.version() == before.version() + 1,
        "version %d came after %d".formatted(updated.version(), before.version()));
    expect(server.current().equals(updated), "the update's answer is not what is read after it");
  }

  private void answersAtOnceWhenBehind() throws Broken, IOException, InterruptedException {
    Snapshot now = server.update("check: behind");
    expect(
        answerAtOnce(server.startPoll(now.version() - 1)).equals(now), "it answered another one");
  }

  private void answersAtOnceWhenAhead() throws Broken, IOException, InterruptedException {
    Snapshot now = server.current();
    expect(
        answerAtOnce(server.startPoll(now.version() + 1000)).equals(now),
        "it answered another one");
  }

  private void wakesEveryHeldRequest() throws Broken, IOException, InterruptedException {
    Snapshot before = server.current();
    var held =
        IntStream.range(0, HELD_AT_ONCE).mapToObj(_ -> server.startPoll(before.version())).toList();
    try {
      CompletableFuture.anyOf(held.toArray(CompletableFuture[]::new))
          .get(STILL_HELD.toMillis(), TimeUnit.MILLISECONDS);
      throw new Broken("a request was answered though nothing had changed");
    } catch (TimeoutException _) {
      // All are held, as they should be.
    } catch (ExecutionException e) {
      throw new IOException(e.getCause());
    }
    Snapshot updated = server.update("check: wake up");
    int woken = woken(held, updated);
    expect(
        woken == HELD_AT_ONCE,
        "%d of %d held requests got the update".formatted(woken, HELD_AT_ONCE));
  }

  /// How many of `held` are answered at once with `updated`.
  private static int woken(List<CompletableFuture<HttpResponse<String>>> held, Snapshot updated)
      throws Broken, InterruptedException {
    try {
      CompletableFuture.allOf(held.toArray(CompletableFuture[]::new))
          .get(AT_ONCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException _) {
      // Those that have an answer by now count.
    }
    int woken = 0;
    for (var poll : held) {
      if (poll.state() == Future.State.SUCCESS) {
        HttpResponse<String> answer = poll.resultNow();
        woken += answer.statusCode() == 200 && Server.snapshot(answer).equals(updated) ? 1 : 0;
      }
    }
    return woken;
  }

  private void keepsEveryCharacter() throws Broken, IOException, InterruptedException {
    String status = "Échec — 失敗 🚦";
    server.update(status);
    String read = server.current().status();
    expect(read.equals(status), "'%s' came back as '%s'".formatted(status, read));
  }

  private void refusesWhatIsNoVersion() throws Broken, IOException, InterruptedException {
    int code = server.poll("?last_version=abc").statusCode();
    expect(code == 400, "it answered %d to last_version=abc".formatted(code));
  }

  private void endsTheHold() throws Broken, IOException, InterruptedException {
    Snapshot now = server.current();
    long start = System.nanoTime();
    try {
      HttpResponse<String> answer = server.poll("?last_version=" + now.version());
      Duration held = Duration.ofNanos(System.nanoTime() - start);
      boolean nothing =
          answer.statusCode() == 204
              || (answer.statusCode() == 200 && answer.body().strip().matches("\\{\\s*}"));
      expect(
          nothing,
          "after %d s it answered %d %s"
              .formatted(held.toSeconds(), answer.statusCode(), answer.body()));
      expect(
          held.compareTo(shortestHold) >= 0, "it gave up after %d s".formatted(held.toSeconds()));
    } catch (HttpTimeoutException _) {
      throw new Broken("no answer within %d s".formatted(server.longestHold().toSeconds()));
    }
  }

  private static Snapshot answerAtOnce(CompletableFuture<HttpResponse<String>> poll)
      throws Broken, IOException, InterruptedException {
    try {
      return Server.snapshot(poll.get(AT_ONCE.toMillis(), TimeUnit.MILLISECONDS));
    } catch (TimeoutException _) {
      throw new Broken("no answer within %d s".formatted(AT_ONCE.toSeconds()));
    } catch (ExecutionException e) {
      throw new IOException(e.getCause());
    }
  }

  private static void expect(boolean holds, String otherwise) throws Broken {
    if (!holds) {
      throw new Broken(otherwise);
    }
  }
}
