package pushlab.bench.check;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static pushlab.bench.SmallServer.beginEvents;
import static pushlab.bench.SmallServer.beginLines;
import static pushlab.bench.SmallServer.send;
import static pushlab.bench.SmallServer.sendEvent;
import static pushlab.bench.SmallServer.write;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import pushlab.bench.SmallServer;
import pushlab.bench.SmallServer.Request;
import pushlab.bench.SmallServer.Snapshot;
import pushlab.bench.SmallWebSocket;

/// The faults that a server can have, one at a time.
@SuppressWarnings("ImmutableEnumChecker") // its lambdas and lists do not change
enum Fault {
  HOLDS_WHO_HAS_SEEN_NOTHING(
      server ->
          server.on(
              "/poll-status",
              (request, out) -> {
                boolean said = request.query().containsKey("last_version");
                send(
                    out,
                    server.awaitOther(
                        said ? request.lastVersion() : server.current().version(), CheckTest.HOLD));
              }),
      "first answer"),

  FORGETS_TO_GROW_THE_VERSION(
      server ->
          updates(
              server,
              (status, out) -> {
                long version = server.current().version();
                send(out, 200, server.set(new Snapshot(version, status)).json());
              }),
      "an update makes a newer version"),

  GROWS_THE_VERSION_BY_TWO(
      server ->
          updates(
              server,
              (status, out) -> {
                synchronized (server) {
                  long version = server.current().version();
                  send(out, 200, server.set(new Snapshot(version + 2, status)).json());
                }
              }),
      "the version grows by one"),

  WRITES_TIMESTAMPS(Timestamps::in, "the version grows by one"),

  LOSES_UPDATES_AT_THE_SAME_TIME(
      server ->
          updates(
              server,
              (status, out) -> {
                long version = server.current().version();
                Thread.sleep(2);
                send(out, 200, server.set(new Snapshot(version + 1, status)).json());
              }),
      "updates at the same time all count"),

  ANSWERS_AN_UPDATE_WITH_OK(
      server ->
          updates(
              server,
              (status, out) -> {
                server.update(status);
                send(out, 200, "{\"message\":\"ok\"}");
              }),
      "an update's answer is the new snapshot"),

  TAKES_ANY_UPDATE(
      server ->
          server.on(
              "/update-status",
              (request, out) -> {
                if (request.method().equals("GET")) {
                  send(out, 405, "{}");
                } else {
                  send(out, 200, server.update(request.status()).json());
                }
              }),
      "a bad update is refused"),

  FAILS_ON_A_BAD_UPDATE(
      server ->
          server.on(
              "/update-status",
              (request, out) -> {
                if (request.method().equals("GET") || request.status().isEmpty()) {
                  send(out, 500, "NullPointerException");
                } else {
                  send(out, 200, server.update(request.status()).json());
                }
              }),
      "a bad update is refused"),

  UPDATES_BY_GET(
      server ->
          server.on(
              "/update-status",
              (request, out) -> {
                String status = request.query().getOrDefault("status", request.status());
                if (status.isEmpty()) {
                  send(out, 400, "{}");
                } else {
                  send(out, 200, server.update(status).json());
                }
              }),
      "reading changes nothing"),

  KEEPS_ASCII_ONLY(
      server ->
          updates(
              server,
              (status, out) -> {
                String kept = new String(status.getBytes(US_ASCII), US_ASCII);
                send(out, 200, server.update(kept).json());
              }),
      "UTF-8",
      "any character"),

  WRITES_LATIN_1(
      server ->
          polls(
              server,
              (next, out) -> {
                byte[] body = next.json().getBytes(ISO_8859_1);
                write(
                    out,
                    """
                    HTTP/1.1 200 OK\r
                    Cache-Control: no-store\r
                    Content-Type: application/json; charset=iso-8859-1\r
                    Content-Length: %d\r
                    \r
                    """
                        .formatted(body.length));
                out.write(body);
              }),
      "UTF-8",
      "any character",
      "JSON and its charset",
      "..."),

  BREAKS_EMOJI(
      server ->
          updates(
              server,
              (status, out) -> {
                String kept = status.replaceAll("[^\\u0000-\\uffff]", "?");
                send(out, 200, server.update(kept).json());
              }),
      "any character"),

  WRITES_THE_VERSION_AS_TEXT(
      server ->
          polls(
              server,
              (next, out) ->
                  send(
                      out,
                      200,
                      "{\"version\":\"%d\",%s"
                          .formatted(next.version(), next.json().split(",", 2)[1]))),
      "the version is a number"),

  ANSWERS_WITHOUT_A_CHANGE(
      server -> server.on("/poll-status", (_, out) -> send(out, 200, server.current().json())),
      "equal: held",
      "the hold ends",
      "a time-out has no version",
      "204, or an empty JSON",
      "the loop goes on after a time-out"),

  TIMES_OUT_AT_ONCE(
      server ->
          server.on(
              "/poll-status",
              (request, out) -> {
                Snapshot now = server.current();
                send(
                    out,
                    request.lastVersion() == now.version() ? Optional.empty() : Optional.of(now));
              }),
      "equal: held",
      "the hold ends",
      "the loop goes on after a time-out"),

  HANGS_UP_ON_WHOM_IT_HOLDS(
      server ->
          server.on(
              "/poll-status",
              (request, out) -> {
                if (request.lastVersion() == server.current().version()) {
                  throw new IOException("enough");
                }
                send(out, 200, server.current().json());
              }),
      "equal: held",
      "the hold ends"),

  NEVER_TIMES_OUT(
      server ->
          server.on(
              "/poll-status",
              (request, out) -> send(out, Optional.of(server.awaitOther(request.lastVersion())))),
      "the hold ends"),

  TIMES_OUT_TOO_SOON(
      server ->
          server.on(
              "/poll-status",
              (request, out) ->
                  send(
                      out,
                      server.awaitOther(
                          request.lastVersion(), CheckTest.SHORTEST_HOLD.minusMillis(500)))),
      "the hold ends"),

  SELLS_THE_OLD_VERSION_AS_NEW(
      server ->
          server.on(
              "/poll-status",
              (request, out) -> {
                var _ = server.awaitOther(request.lastVersion(), CheckTest.HOLD);
                send(out, 200, server.current().json());
              }),
      "a time-out has no version",
      "204, or an empty JSON"),

  SAYS_TIMEOUT_BY_A_STATUS(
      server ->
          server.on(
              "/poll-status",
              (request, out) -> {
                Optional<Snapshot> next = server.awaitOther(request.lastVersion(), CheckTest.HOLD);
                send(out, 200, next.map(Snapshot::json).orElse("{\"status\":\"no change\"}"));
              }),
      "204, or an empty JSON"),

  FAILS_AT_THE_END_OF_A_HOLD(
      server ->
          server.on(
              "/poll-status",
              (request, out) -> {
                Optional<Snapshot> next = server.awaitOther(request.lastVersion(), CheckTest.HOLD);
                send(out, next.isPresent() ? 200 : 504, next.map(Snapshot::json).orElse("{}"));
              }),
      "a time-out has no version",
      "204, or an empty JSON"),

  SENDS_EQUAL_POLLS_ONE_AFTER_THE_OTHER(
      server -> {
        var one = new Semaphore(1);
        server.on(
            "/poll-status",
            (request, out) -> {
              boolean held = request.lastVersion() == server.current().version();
              if (held) {
                one.acquire();
              }
              try {
                send(out, server.awaitOther(request.lastVersion(), CheckTest.HOLD));
              } finally {
                if (held) {
                  one.release();
                }
              }
            });
      },
      "the hold ends"),

  HOLDS_WHO_IS_BEHIND(
      server ->
          server.on(
              "/poll-status",
              (request, out) ->
                  send(
                      out,
                      server.awaitOther(
                          request.lastVersion() < 0 ? -1 : server.current().version(),
                          CheckTest.HOLD))),
      "behind: at once",
      "..."),

  HOLDS_A_VERSION_AHEAD(
      server ->
          server.on(
              "/poll-status",
              (request, out) -> {
                long seen = Math.min(request.lastVersion(), server.current().version());
                send(out, server.awaitOther(seen, CheckTest.HOLD));
              }),
      "ahead: not held"),

  WAKES_ONE_WAITER_ONLY(
      server -> {
        var told = new AtomicLong(-1);
        server.on(
            "/poll-status",
            (request, out) -> {
              boolean held = request.lastVersion() == server.current().version();
              Snapshot next = server.awaitOther(request.lastVersion());
              if (held && told.getAndSet(next.version()) == next.version()) {
                next = server.awaitOther(next.version());
              }
              send(out, 200, next.json());
            });
      },
      "one update wakes all",
      "..."),

  HOLDS_A_WORKER_FOR_EACH_CLIENT(
      server -> {
        var workers = new Semaphore(20);
        server.on(
            "/poll-status",
            (request, out) -> {
              workers.acquire();
              try {
                send(out, server.awaitOther(request.lastVersion(), CheckTest.HOLD));
              } finally {
                workers.release();
              }
            });
        updates(
            server,
            (status, out) -> {
              workers.acquire();
              try {
                send(out, 200, server.update(status).json());
              } finally {
                workers.release();
              }
            });
      },
      "one update wakes all",
      "..."),

  CHECKS_THEN_REGISTERS(
      server ->
          server.on(
              "/poll-status",
              (request, out) -> {
                if (request.lastVersion() == server.current().version()) {
                  Thread.sleep(0, 200_000);
                  send(out, server.awaitOther(server.current().version(), CheckTest.HOLD));
                } else {
                  send(out, 200, server.current().json());
                }
              }),
      "no wake-up is lost",
      "..."),

  GOES_BACK(
      server -> {
        var polls = new AtomicInteger();
        polls(
            server,
            (next, out) -> {
              boolean stale = polls.incrementAndGet() % 50 == 0;
              long version = stale ? next.version() - 3 : next.version();
              send(out, 200, new Snapshot(version, next.status()).json());
            });
      },
      "versions never go back",
      "..."),

  NEVER_CLEARS_ITS_EVENT(
      server -> {
        var set = new AtomicBoolean();
        server.on(
            "/poll-status",
            (request, out) -> {
              if (request.lastVersion() == server.current().version() && !set.get()) {
                send(out, server.awaitOther(request.lastVersion(), CheckTest.HOLD));
                set.set(true);
              } else {
                send(out, 200, server.current().json());
              }
            });
      },
      "one update wakes all",
      "..."),

  CUTS_ALL_OFF_WHEN_ONE_LEAVES(
      server -> {
        var left = new AtomicInteger();
        server.on(
            "/poll-status",
            (request, out) -> {
              var answered = new AtomicBoolean();
              Thread.startVirtualThread(
                  () -> {
                    if (isAtEnd(request.in()) && !answered.get()) {
                      left.incrementAndGet();
                    }
                  });
              int leftBefore = left.get();
              Optional<Snapshot> next = Optional.empty();
              long end = System.nanoTime() + CheckTest.HOLD.toNanos();
              while (next.isEmpty() && System.nanoTime() < end) {
                if (left.get() > leftBefore) {
                  throw new IOException("one has left");
                }
                next = server.awaitOther(request.lastVersion(), CheckTest.HOLD.dividedBy(100));
              }
              answered.set(true);
              if (next.isPresent()) {
                send(out, 200, next.get().json(), "Connection: close\r\nCache-Control: no-store");
              } else {
                write(out, "HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n");
              }
              throw new IOException("as was said");
            });
      },
      "a client that leaves",
      "..."),

  FAILS_ON_NONSENSE(
      server -> {
        server.on(
            "/poll-status",
            (request, out) -> {
              try {
                send(out, server.awaitOther(request.lastVersion(), CheckTest.HOLD));
              } catch (NumberFormatException e) {
                send(out, 500, e.toString());
              }
            });
      },
      "nonsense is refused",
      "nonsense breaks nothing"),

  LETS_ITS_ANSWERS_BE_KEPT(
      server -> polls(server, (next, out) -> send(out, 200, next.json(), "Vary: Accept")),
      "an answer is not stored"),

  SHOWS_A_SHORT_POLL_WHAT_IS_OLD(
      server -> {
        Snapshot first = server.update("En cours");
        var cached = new AtomicInteger();
        server.on(
            "/status",
            (_, out) ->
                send(
                    out,
                    200,
                    (cached.getAndIncrement() == 0 ? server.current() : first).json(),
                    "ETag: \"1\""));
      },
      "short poll: each update",
      "short poll: 304"),

  KEEPS_EACH_EVENT_BACK(
      server ->
          server.on(
              "/events",
              (request, out) -> {
                beginEvents(out);
                long seen = Long.parseLong(request.headers().getOrDefault("last-event-id", "-1"));
                while (true) {
                  Snapshot next = server.awaitOther(seen);
                  Thread.sleep(210);
                  sendEvent(out, next);
                  seen = next.version();
                }
              }),
      "event stream: without delay"),

  FORGETS_THE_IDS(
      server ->
          server.on(
              "/events",
              (_, out) -> {
                beginEvents(out);
                for (Snapshot next = server.current(); ; next = server.awaitOther(next.version())) {
                  write(out, "data: %s\n\n".formatted(next.json()));
                }
              }),
      "event stream: ids"),

  FORGETS_THE_EMPTY_LINE(
      server ->
          server.on(
              "/events",
              (_, out) -> {
                beginEvents(out);
                for (Snapshot next = server.current(); ; next = server.awaitOther(next.version())) {
                  write(out, "data: %s\n".formatted(next.json()));
                }
              }),
      "event stream: first snapshot"),

  BREAKS_LINES_WITHIN_AN_EVENT(
      server ->
          server.on(
              "/events",
              (_, out) -> {
                beginEvents(out);
                for (Snapshot next = server.current(); ; next = server.awaitOther(next.version())) {
                  write(out, "data: %s\n\n".formatted(next.json().replace(",", ",\n")));
                }
              }),
      "event stream: first snapshot"),

  TELLS_NO_FIRST_EVENT(
      server ->
          server.on(
              "/events",
              (_, out) -> {
                beginEvents(out);
                long seen = server.current().version();
                while (true) {
                  Snapshot next = server.awaitOther(seen);
                  sendEvent(out, next);
                  seen = next.version();
                }
              }),
      "event stream: first snapshot"),

  TELLS_ONE_STREAM_ONLY(
      server -> {
        var newest = new AtomicInteger();
        server.on(
            "/events",
            (request, out) -> {
              int own = newest.incrementAndGet();
              beginEvents(out);
              long seen = Long.parseLong(request.headers().getOrDefault("last-event-id", "-1"));
              while (true) {
                Snapshot next = server.awaitOther(seen);
                if (seen < 0 || own == newest.get()) {
                  sendEvent(out, next);
                }
                seen = next.version();
              }
            });
      },
      "event stream: each update"),

  SENDS_EACH_LINE_TWICE(
      server ->
          server.on(
              "/stream",
              (request, out) -> {
                beginLines(out);
                long seen = request.lastVersion();
                while (true) {
                  Snapshot next = server.awaitOther(seen);
                  write(out, (next.json() + "\n").repeat(2));
                  seen = next.version();
                }
              }),
      "NDJSON stream: each update",
      "NDJSON stream: in order"),

  IGNORES_WHERE_A_LINE_READER_STOOD(
      server ->
          server.on(
              "/stream",
              (_, out) -> {
                beginLines(out);
                for (Snapshot next = server.current(); ; next = server.awaitOther(next.version())) {
                  write(out, next.json() + "\n");
                }
              }),
      "NDJSON stream: resumes"),

  SENDS_EACH_FRAME_TWICE(
      server ->
          frames(
              server,
              (next, socket) -> {
                socket.send(next.json());
                socket.send(next.json());
              }),
      "WebSocket: each update",
      "WebSocket: in order",
      "WebSocket: answers a close"),

  SENDS_FRAMES_OUT_OF_ORDER(
      server ->
          frames(
              server,
              (next, socket) -> {
                socket.send(next.json());
                if (next.version() % 4 == 0) {
                  socket.send(new Snapshot(next.version() - 2, next.status()).json());
                }
              }),
      "WebSocket: in order",
      "..."),

  IGNORES_PINGS_AND_CLOSES(
      server ->
          server.on(
              "/ws",
              (request, out) -> {
                var socket = SmallWebSocket.acceptMute(request, out);
                long seen = request.lastVersion();
                while (true) {
                  Snapshot next = server.awaitOther(seen);
                  socket.send(next.json());
                  seen = next.version();
                }
              }),
      "WebSocket: answers a ping",
      "WebSocket: answers a close"),

  ACCEPTS_ANOTHER_KEY(
      server ->
          server.on(
              "/ws",
              (request, out) ->
                  SmallWebSocket.acceptMute(
                      new Request(
                          request.method(),
                          request.path(),
                          request.query(),
                          Map.of("sec-websocket-key", "another"),
                          request.body(),
                          request.in()),
                      out)),
      "WebSocket: first snapshot",
      "..."),

  HANGS_UP_ON_A_CLOSE(
      server ->
          frames(
              server,
              (next, socket) -> {
                socket.hangUpOnAClose();
                socket.send(next.json());
              }),
      "WebSocket: answers a close");

  /// Stands for other rules that the server may break by chance.
  private static final String OTHERS = "...";

  private final Consumer<SmallServer> in;
  private final List<String> caughtBy;

  Fault(Consumer<SmallServer> in, String... caughtBy) {
    this.in = in;
    this.caughtBy = List.of(caughtBy);
  }

  /// Gives the correct `server` this fault.
  void in(SmallServer server) {
    in.accept(server);
  }

  /// The rules that the server always breaks.
  List<String> caughtBy() {
    return caughtBy.stream().filter(rule -> !rule.equals(OTHERS)).toList();
  }

  /// Whether it breaks no others.
  boolean breaksNothingElse() {
    return !caughtBy.contains(OTHERS);
  }

  @FunctionalInterface
  private interface Update {
    void set(String status, OutputStream out) throws IOException, InterruptedException;
  }

  @FunctionalInterface
  private interface Told {
    void tell(Snapshot next, OutputStream out) throws IOException, InterruptedException;
  }

  @FunctionalInterface
  private interface Frames {
    void send(Snapshot next, SmallWebSocket socket) throws IOException, InterruptedException;
  }

  /// Waits for the end of the input.
  private static boolean isAtEnd(InputStream in) {
    try {
      return in.read() < 0;
    } catch (IOException _) {
      return true;
    }
  }

  /// Passes each valid update to `update`.
  private static void updates(SmallServer server, Update update) {
    server.on(
        "/update-status",
        (request, out) -> {
          if (!request.method().equals("POST")) {
            send(out, 405, "{}");
          } else if (request.status().isEmpty()) {
            send(out, 400, "{}");
          } else {
            update.set(request.status(), out);
          }
        });
  }

  /// `told` writes each answer to a poll that has a newer version.
  private static void polls(SmallServer server, Told told) {
    server.on(
        "/poll-status",
        (request, out) -> {
          Optional<Snapshot> next = server.awaitOther(request.lastVersion(), CheckTest.HOLD);
          if (next.isPresent()) {
            told.tell(next.get(), out);
          } else {
            send(out, next);
          }
        });
  }

  /// `frames` sends each version to a WebSocket.
  private static void frames(SmallServer server, Frames frames) {
    server.on(
        "/ws",
        (request, out) -> {
          var socket = SmallWebSocket.accept(request, out);
          long seen = request.lastVersion();
          while (true) {
            Snapshot next = server.awaitOther(seen);
            frames.send(next, socket);
            seen = next.version();
          }
        });
  }
}
