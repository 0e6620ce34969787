package pushlab.bench.check;

import static pushlab.bench.check.Rule.Weight.RECOMMENDED;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import pushlab.bench.check.CheckedServer.SeenSnapshot;
import pushlab.bench.check.Rule.Broken;
import pushlab.bench.check.Rule.Skipped;

/// The rules of the event stream, if the server has one.
final class EventStreamRules {

  private static final String NAME = "event stream";
  private static final int TIMED = 20;

  /// Less than the 200 ms for which TCP's delayed acknowledgement may hold back a part of an
  /// answer, and more than a user can see.
  private static final Duration LATE = Duration.ofMillis(100);

  private final CheckedServer server;
  private final CheckOptions options;
  private final Limits limits;

  EventStreamRules(CheckedServer server, CheckOptions options, Limits limits) {
    this.server = server;
    this.options = options;
    this.limits = limits;
  }

  Rule.Group group() {
    var rules =
        new ArrayList<>(new FeedRules(NAME, server, limits, () -> open(Optional.empty())).rules());
    rules.add(
        new Rule(
            NAME + ": without delay",
            RECOMMENDED,
            "an event arrives no later than 0.1 s after the answer to its update",
            "each page shows an update later than it could",
            Source.ALL_AT_ONCE,
            this::comesWithoutDelay));
    rules.add(
        new Rule(
            NAME + ": ids",
            RECOMMENDED,
            "each event has an id, different from the one before",
            "a browser that reconnects cannot tell which event it had last",
            Source.standard("HTML, 9.2", "a client reconnects with the last id in Last-Event-ID"),
            this::numbersItsEvents));
    rules.add(
        new Rule(
            NAME + ": resumes",
            RECOMMENDED,
            "after a reconnection with Last-Event-ID, an event is sent at once if there is a newer version,"
                + " and otherwise not",
            "after each reconnection, the page receives what it already has",
            Source.standard("HTML, 9.2", "a client reconnects with the last id in Last-Event-ID"),
            this::resumes));
    return new Rule.Group("Event stream", false, rules);
  }

  private Feed open(Optional<String> lastEventId)
      throws Broken, Skipped, IOException, InterruptedException {
    var request = server.get(options.eventsPath, "").header("Accept", "text/event-stream");
    lastEventId.ifPresent(id -> request.header("Last-Event-ID", id));
    RetriedRequest<InputStream> opening = server.stream(request);
    try {
      HttpResponse<InputStream> response =
          opening.response().get(limits.atOnce().toMillis(), TimeUnit.MILLISECONDS);
      var stream = new EventStream(response.body());
      String type = response.headers().firstValue("Content-Type").orElse("none");
      if (response.statusCode() == 200 && type.startsWith("text/event-stream")) {
        return stream;
      }
      stream.close();
      if (response.statusCode() == 404 || response.statusCode() == 200) {
        throw new Skipped(
            "the server has none: %s answered %d, Content-Type %s"
                .formatted(options.eventsPath, response.statusCode(), type));
      }
      throw new Broken("%s answered %d".formatted(options.eventsPath, response.statusCode()));
    } catch (TimeoutException _) {
      opening.leave();
      throw new Broken(
          ("no headers within %s: the server sends none before its first event, or %s in between buffers"
                  + " the stream (lighttpd: server.stream-response-body = 1; nginx:"
                  + " proxy_http_version 1.1 and proxy_buffering off)")
              .formatted(Call.seconds(limits.atOnce()), server.proxies().one()));
    } catch (ExecutionException e) {
      throw Call.reason(e);
    }
  }

  /// A busy machine delays some events, but a buffering proxy delays each. So one event in time is
  /// enough to pass.
  private void comesWithoutDelay() throws Broken, Skipped, IOException, InterruptedException {
    Duration quickest = limits.atOnce();
    try (Feed stream = open(Optional.empty())) {
      SeenSnapshot seen = server.snapshot(stream.next(limits.atOnce()).text());
      for (int update = 0; update < TIMED; update++) {
        long start = System.nanoTime();
        Call sent = server.startUpdate(server.others(seen.status()).getFirst());
        seen = server.snapshot(stream.next(limits.atOnce()).text());
        Duration event = Duration.ofNanos(System.nanoTime() - start);
        server.accepted(sent);
        Duration late = event.minus(sent.took());
        if (late.compareTo(LATE) < 0) {
          return;
        }
        quickest = late.compareTo(quickest) < 0 ? late : quickest;
      }
    }
    throw new Broken(
        ("each of %d events arrived %d ms or more after the answer to its update: the server, or %s in"
                + " between, holds small parts of an answer back (HAProxy: option http-no-delay)")
            .formatted(TIMED, quickest.toMillis(), server.proxies().one()));
  }

  private void numbersItsEvents() throws Broken, Skipped, IOException, InterruptedException {
    try (Feed stream = open(Optional.empty())) {
      Feed.Message first = stream.next(limits.atOnce());
      server.update();
      Feed.Message second = stream.next(limits.atOnce());
      Broken.unless(
          first.id().isPresent() && second.id().isPresent(),
          "an event has no id: %s".formatted(first.text()));
      Broken.unless(
          !first.id().equals(second.id()),
          "two events have the id %s".formatted(first.id().orElse("")));
    }
  }

  private void resumes() throws Broken, Skipped, IOException, InterruptedException {
    Optional<String> id;
    try (Feed stream = open(Optional.empty())) {
      id = stream.next(limits.atOnce()).id();
    }
    if (id.isEmpty()) {
      throw new Skipped("its events have no id");
    }
    try (Feed stream = open(id)) {
      Optional<Feed.Message> again = stream.poll(limits.stillHeld());
      Broken.unless(
          again.isEmpty(),
          "with the latest id, %s, it sent %s"
              .formatted(id.get(), again.map(Feed.Message::text).orElse("")));
    }
    SeenSnapshot now = server.update();
    try (Feed stream = open(id)) {
      SeenSnapshot told = server.snapshot(stream.next(limits.atOnce()).text());
      Broken.unless(told.equals(now), "it continued with %s instead of %s".formatted(told, now));
    }
  }
}
