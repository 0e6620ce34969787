package pushlab.bench.road;

import static pushlab.bench.road.Road.millis;
import static pushlab.bench.road.Road.seconds;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import pushlab.bench.host.Reason;
import pushlab.report.result.Said;
import pushlab.report.result.road.Passage;
import pushlab.report.result.road.Passage.AtOnce;
import pushlab.report.result.road.Passage.EqualPolls;
import pushlab.report.result.road.Passage.Hold;
import pushlab.report.result.road.Passage.Lateness;
import pushlab.report.result.road.Passage.Left;
import pushlab.report.result.road.ProxyResult;
import pushlab.report.result.road.Seen;
import pushlab.report.text.NotSeen;

/// Measures a proxy that already runs in front of a server of the contract. Clients alone can be
/// seen there, so much remains unknown. Changes the status of one task of its own; a server without
/// tasks has only one status, which is changed then.
public final class GivenProxy {

  private static final int EVENTS = 10;
  private static final int EQUAL_POLLS = 10;
  private static final int POLLS = 100;
  private static final Duration SHORT_WAIT = Duration.ofSeconds(2);
  private static final Duration LEFT_WAIT = Duration.ofSeconds(7);
  private static final Duration LONG_WAIT = Duration.ofSeconds(30);
  private static final Duration SLACK = Duration.ofSeconds(10);
  private static final Duration MISS = Duration.ofSeconds(1);
  private static final int STEP_MILLIS = 20;

  private final ContractServer server;
  private final Duration hold;

  private GivenProxy(ContractServer server, Duration hold) {
    this.server = server;
    this.hold = hold;
  }

  /// Measures the proxy at `address`. It takes about 50 s.
  ///
  /// @param address may have a path, where the server's paths begin
  /// @param hold how long a poll asks to be held, at most 30 s
  /// @param system the operating system and its version, of this machine
  /// @throws IOException if nothing answers there, or no server of the contract; the message is one
  ///     line that names the address
  public static ProxyResult measure(URI address, Duration hold, String system)
      throws IOException, InterruptedException {
    Instant begun = Instant.now();
    try (var client = new Client()) {
      String task = "road-" + UUID.randomUUID().toString().substring(0, 8);
      var given = new GivenProxy(new ContractServer(client, address, task), min(hold, LONG_WAIT));
      Passage passage = given.measure();
      return new ProxyResult(
          ProxyResult.BEHIND, address.toString(), null, system, begun, passage, null, Map.of());
    }
  }

  private static Duration min(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  private Passage measure() throws IOException, InterruptedException {
    // Many servers know a task from its first update on.
    var _ = server.snapshot(server.update(), "POST /update-status");
    Said serverOnly = NotSeen.SERVER_ONLY.say();
    // A server that does not learn of it counts a stream that has gone, until its next heartbeat.
    Seen<EqualPolls> equalPolls = seen(this::equalPolls);
    Seen<Left> left = seen(this::left);
    Seen<Lateness> events = seen(this::events);
    Seen<Lateness> compressed = seen(this::compressed);
    Seen<Integer> webSocket = seen(this::webSocket);
    Seen<Integer> update = seen(this::updateFromPage);
    Seen<Hold> held = seen(this::hold);
    Seen<AtOnce> polls = seen(this::polls);
    return new Passage(
        held,
        events,
        Seen.not(serverOnly),
        Seen.not(serverOnly),
        webSocket,
        update,
        equalPolls,
        left,
        Seen.not(serverOnly),
        Seen.not(serverOnly),
        Seen.not(NotSeen.NOT_OURS.say()),
        polls,
        Seen.not(NotSeen.HTTP1_ONLY.say()),
        compressed);
  }

  private interface Look<T> {
    Seen<T> look() throws IOException, InterruptedException;
  }

  private static <T> Seen<T> seen(Look<T> look) throws InterruptedException {
    try {
      return look.look();
    } catch (NotSeenException e) {
      return Seen.not(e.why());
    } catch (IOException e) {
      return Seen.not(NotSeen.FAILED.say(Reason.of(e)));
    }
  }

  private Seen<Hold> hold() throws IOException, InterruptedException {
    JsonNode newest = server.newest();
    try (Connection client = server.open()) {
      long start = System.nanoTime();
      client.get(server.poll(newest, hold));
      Duration patience = hold.plus(SLACK);
      Optional<Answer> answer = client.answer(patience);
      if (answer.isEmpty()) {
        return Seen.not(NotSeen.NO_ANSWER.say(patience.toSeconds()));
      }
      Integer status = answer.get().status();
      boolean passed = status != null && (status == 200 || status == 204);
      return Seen.of(new Hold(seconds(start, answer.get().nanos()), passed, status));
    }
  }

  private Seen<Lateness> events() throws IOException, InterruptedException {
    try (Connection client = server.open()) {
      return events(client);
    }
  }

  private Seen<Lateness> compressed() throws IOException, InterruptedException {
    try (Connection client = server.openForGzip()) {
      Seen<Lateness> events = events(client);
      return client.isCompressed() ? events : Seen.not(NotSeen.NO_GZIP.say());
    }
  }

  /// The first event is late by the time since the request. Each later one is late by the time
  /// since the answer to its update, which a client can see, and the server's write not.
  private Seen<Lateness> events(Connection client) throws IOException, InterruptedException {
    var arrivals = new EventArrivals(client);
    var caused = new long[EVENTS];
    var sent = new long[EVENTS];
    int first = (int) server.newest().path("version").asLong();
    sent[0] = System.nanoTime();
    client.get(server.target("/events"));
    boolean begun = arrivals.await(first, MISS);
    if (arrivals.status() != null && arrivals.status() != 200) {
      return Seen.not(NotSeen.NO_STREAM.say(arrivals.status()));
    }
    var versions = new int[EVENTS];
    versions[0] = first;
    for (int i = 1; i < EVENTS; i++) {
      caused[i] = System.nanoTime();
      Answer answer = server.update();
      sent[i] = answer.nanos();
      versions[i] = (int) server.snapshot(answer, "POST /update-status").path("version").asLong();
      begun |= arrivals.await(versions[i], begun ? MISS : Duration.ofMillis(STEP_MILLIS));
    }
    return Seen.of(arrivals.lateness(versions, caused, sent));
  }

  private Seen<Integer> webSocket() throws IOException, InterruptedException {
    try (Connection client = server.open()) {
      return Seen.of(HandshakeProbe.status(client, server.target("/ws")));
    }
  }

  private Seen<Integer> updateFromPage() throws IOException, InterruptedException {
    try (Connection client = server.open()) {
      client.updateFromPage(server.target("/update-status"), server.body());
      return UpdateProbe.status(client.answer(Road.PATIENCE));
    }
  }

  /// Polls that a proxy sends one after the other are held one after the other.
  private Seen<EqualPolls> equalPolls() throws IOException, InterruptedException {
    if (inTime(1) != 1) {
      return Seen.not(NotSeen.NO_WAIT.say());
    }
    return Seen.of(new EqualPolls(EQUAL_POLLS, inTime(EQUAL_POLLS), inTime(EQUAL_POLLS)));
  }

  /// How many of equal polls are answered after one hold.
  private int inTime(int count) throws IOException, InterruptedException {
    String target = server.poll(server.newest(), SHORT_WAIT);
    var clients = new ArrayList<Connection>();
    try {
      for (int i = 0; i < count; i++) {
        clients.add(server.open());
      }
      long start = System.nanoTime();
      for (Connection client : clients) {
        client.get(target);
      }
      long deadline = start + SHORT_WAIT.multipliedBy(3).dividedBy(2).toNanos();
      int answered = 0;
      for (Connection client : clients) {
        Optional<Answer> answer =
            client.answer(Duration.ofNanos(Math.max(0, deadline - System.nanoTime())));
        answered += answer.isPresent() ? 1 : 0;
      }
      return answered;
    } finally {
      EqualPollsProbe.close(clients);
    }
  }

  private Seen<Left> left() throws IOException, InterruptedException {
    Double closed = leftAfter(false);
    Double reset = leftAfter(true);
    return Seen.of(new Left(closed, reset, Road.PATIENCE.toMillis()));
  }

  private @Nullable Double leftAfter(boolean reset) throws IOException, InterruptedException {
    long before = waiting();
    String target = server.poll(server.newest(), LEFT_WAIT);
    long end = System.nanoTime() + LEFT_WAIT.plusSeconds(1).toNanos();
    try (Connection client = server.open()) {
      client.get(target);
      awaitWaiting(before + 1);
      long start = System.nanoTime();
      client.leave(reset);
      long deadline = start + Road.PATIENCE.toNanos();
      while (System.nanoTime() < deadline) {
        if (waiting() <= before) {
          return millis(start, System.nanoTime());
        }
        Thread.sleep(STEP_MILLIS);
      }
      // Until the poll ends at the server, it counts among those that wait.
      Thread.sleep(Duration.ofNanos(Math.max(0, end - System.nanoTime())));
      return null;
    }
  }

  private Seen<AtOnce> polls() throws IOException, InterruptedException {
    long before = waiting();
    String target = server.poll(server.newest(), LONG_WAIT);
    var clients = new ArrayList<Connection>();
    try {
      for (int i = 0; i < POLLS; i++) {
        clients.add(server.open());
        clients.getLast().get(target + "&number=" + i);
      }
      long held = awaitWaiting(before + POLLS) - before;
      int refused = (int) clients.stream().filter(Connection::hasHeard).count();
      return Seen.of(new AtOnce(POLLS, (int) held, refused));
    } finally {
      EqualPollsProbe.close(clients);
    }
  }

  /// Waits a moment for so many subscribers. Returns how many wait.
  private long awaitWaiting(long count) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + SHORT_WAIT.toNanos();
    long waiting = waiting();
    while (waiting < count && System.nanoTime() < deadline) {
      Thread.sleep(STEP_MILLIS);
      waiting = waiting();
    }
    return waiting;
  }

  private long waiting() throws IOException, InterruptedException {
    OptionalLong waiting = server.waiting();
    if (waiting.isEmpty()) {
      throw new NotSeenException(NotSeen.NO_METRICS.say());
    }
    return waiting.getAsLong();
  }
}
