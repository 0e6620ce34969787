package pushlab.bench.check;

import static pushlab.bench.check.Rule.Weight.RECOMMENDED;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Optional;
import pushlab.bench.check.CheckedServer.SeenSnapshot;
import pushlab.bench.check.Rule.Broken;
import pushlab.bench.check.Rule.Skipped;

/// The rules of the event stream, if the server has one.
final class EventStreamRules {

  private static final String NAME = "event stream";

  private final CheckedServer server;
  private final CheckOptions options;
  private final Limits limits;

  EventStreamRules(CheckedServer server, CheckOptions options, Limits limits) {
    this.server = server;
    this.options = options;
    this.limits = limits;
  }

  Rule.Group group() {
    var feed = new FeedRules(NAME, server, limits, () -> open(Optional.empty()));
    var rules = new ArrayList<>(feed.rules());
    rules.add(feed.withoutDelay());
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
    return new Rule.Group("Event stream", rules);
  }

  Feed.Kind feed() {
    return new Feed.Kind(NAME, () -> open(Optional.empty()));
  }

  private Feed open(Optional<String> lastEventId)
      throws Broken, Skipped, IOException, InterruptedException {
    var request = server.get(options.eventsPath, "").header("Accept", "text/event-stream");
    lastEventId.ifPresent(id -> request.header("Last-Event-ID", id));
    return new EventStream(
        HttpStream.open(server, limits, request, options.eventsPath, "text/event-stream"));
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
