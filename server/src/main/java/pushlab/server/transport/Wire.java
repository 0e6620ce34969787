package pushlab.server.transport;

import io.helidon.common.uri.UriQuery;
import io.helidon.http.Header;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import pushlab.server.http.Answers;
import pushlab.server.http.Get;
import pushlab.server.http.Problem;
import pushlab.server.state.Position;
import pushlab.server.state.Snapshot;
import pushlab.server.state.StoreException;
import pushlab.server.state.Tasks;
import pushlab.server.state.VersionedState;

/// What is common to the transports: the parameters of a request, and a snapshot in the form that
/// each of them sends.
public final class Wire {

  /// The longest time for which a request may ask to be held.
  public static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

  private static final Pattern VERSION = Pattern.compile("[0-9]+");
  private static final Pattern EPOCH = Pattern.compile("[0-9A-Za-z]{1,32}");
  private static final Pattern SECONDS = Pattern.compile("[0-9]{1,2}(\\.[0-9]{1,3})?");
  private static final Pattern TAG = Pattern.compile("([0-9A-Za-z]{1,32})-([0-9]+)");
  private static final Pattern TASK = Pattern.compile("[0-9A-Za-z._-]{1,64}");

  private static final HeaderName STALE = HeaderNames.create("Pushlab-Stale-Since");

  private Wire() {}

  /// The state of the task that `query` names, or of the default task.
  ///
  /// @throws Problem 400 if the name is malformed, 404 if there is no such task, 503 if only the
  ///     store could tell and it is lost
  static VersionedState state(Tasks tasks, UriQuery query) {
    String task = taskName(single(query, "task").orElse(Tasks.DEFAULT));
    return find(tasks, task)
        .orElseThrow(
            () ->
                new Problem(
                    Status.NOT_FOUND_404,
                    "task: there is no task '%s' yet; its first update creates it"
                        .formatted(task)));
  }

  private static Optional<VersionedState> find(Tasks tasks, String task) {
    try {
      return tasks.find(task);
    } catch (StoreException _) {
      throw new Problem(
              Status.SERVICE_UNAVAILABLE_503,
              "task: whether there is a task '%s' is for the store to know, which is lost now"
                  .formatted(task))
          .with("Retry-After", "1");
    }
  }

  /// Returns `name` if it is a valid name of a task: 1 to 64 letters, digits, dots, dashes and
  /// underscores.
  ///
  /// @throws Problem 400 if it is not
  public static String taskName(String name) {
    if (!TASK.matcher(name).matches()) {
      throw Problem.badRequest(
          "task", "must be 1 to 64 letters, digits, dots, dashes and underscores");
    }
    return name;
  }

  /// The position that `query` gives by `last_version` and `epoch`.
  ///
  /// @throws Problem 400 if one of them is malformed
  static Position seen(UriQuery query) {
    Optional<Long> version = single(query, "last_version").map(Wire::version);
    Optional<String> epoch = single(query, "epoch");
    if (epoch.isPresent() && !EPOCH.matcher(epoch.get()).matches()) {
      throw Problem.badRequest("epoch", "must be 1 to 32 letters and digits");
    }
    return version.map(number -> new Position(epoch.orElse(null), number)).orElse(Position.NOTHING);
  }

  /// The position of a subscriber whose last snapshot had `tag`, as [#tag] makes it. A tag of
  /// another form is not from this server, so its subscriber has seen nothing.
  static Position seenByTag(String tag) {
    Matcher matcher = TAG.matcher(tag);
    try {
      return matcher.matches()
          ? new Position(matcher.group(1), Long.parseLong(matcher.group(2)))
          : Position.NOTHING;
    } catch (NumberFormatException _) {
      return Position.NOTHING;
    }
  }

  /// How long `request` may be held: the seconds in its `wait`, or else `otherwise`. HEAD is never
  /// held.
  ///
  /// @throws Problem 400 if `wait` is not a number of seconds from 0 to 30
  static Duration patience(ServerRequest request, Duration otherwise) {
    Duration wait = single(request.query(), "wait").map(Wire::seconds).orElse(otherwise);
    return Get.isHead(request) ? Duration.ZERO : wait;
  }

  /// `snapshot` as JSON.
  public static String text(Snapshot snapshot) {
    return Encoded.of(snapshot).text;
  }

  /// `snapshot` as a line of NDJSON, in UTF-8. Must not be changed.
  static byte[] line(Snapshot snapshot) {
    return Encoded.of(snapshot).line;
  }

  /// [#line] as a chunk. Must not be changed.
  static byte[] lineChunk(Snapshot snapshot) {
    return Encoded.of(snapshot).lineChunk;
  }

  /// `snapshot` as an event of an event stream, in UTF-8. Must not be changed.
  static byte[] event(Snapshot snapshot) {
    return Encoded.of(snapshot).event;
  }

  /// [#event] as a chunk. Must not be changed.
  static byte[] eventChunk(Snapshot snapshot) {
    return Encoded.of(snapshot).eventChunk;
  }

  /// `snapshot` as a WebSocket frame. Must not be changed.
  static byte[] frame(Snapshot snapshot) {
    return Encoded.of(snapshot).frame;
  }

  /// Epoch and version as one word. It is an entity tag without its quotes, and the id of an event.
  static String tag(String epoch, long version) {
    return epoch + "-" + version;
  }

  /// The header with the entity tag of a version.
  static Header etag(String epoch, long version) {
    return HeaderValues.create(HeaderNames.ETAG, '"' + tag(epoch, version) + '"');
  }

  static Position position(Snapshot snapshot) {
    return new Position(snapshot.epoch(), snapshot.version());
  }

  /// Answers 200 with `snapshot`, the current one of `state`. Returns whether the snapshot itself
  /// was sent, which is so unless the method is HEAD.
  static boolean send(
      ServerRequest request, ServerResponse response, VersionedState state, Snapshot snapshot) {
    tellIfStale(response, state.lostSince());
    send(request, response, snapshot);
    return !Get.isHead(request);
  }

  /// The header that says how long this server holds a request, in whole seconds, rounded up.
  static Header pollHold(Duration hold) {
    return HeaderValues.createCached("Poll-Hold", hold.plusNanos(999_999_999).toSeconds());
  }

  /// Adds the header that says since when this server has lost the store, if it has.
  public static void tellIfStale(ServerResponse response, Optional<Instant> lostSince) {
    lostSince.map(Wire::stale).ifPresent(response::header);
  }

  /// The header that says since when this server has lost the store.
  static Header stale(Instant since) {
    return HeaderValues.create(STALE, since.toString());
  }

  /// Answers 200 with `snapshot`.
  public static void send(ServerRequest request, ServerResponse response, Snapshot snapshot) {
    Encoded encoded = Encoded.of(snapshot);
    response.header(encoded.tag);
    response.header(Answers.NO_STORE);
    response.header(Answers.JSON);
    Answers.write(() -> Get.send(request, response, encoded.json));
  }

  /// Answers `status`, which has no body, because nothing is newer than `seen`. The tag is that of
  /// `seen`. The current version may be newer by now, and this answer does not contain it.
  static void sendNothing(
      ServerResponse response, Status status, VersionedState state, Position seen) {
    tellIfStale(response, state.lostSince());
    response.header(etag(state.epoch(), seen.version()));
    response.header(Answers.NO_STORE);
    response.status(status);
    Answers.write(response::send);
  }

  /// The value of `parameter` in `query`, if there is one.
  ///
  /// @throws Problem 400 if there is more than one
  static Optional<String> single(UriQuery query, String parameter) {
    if (!query.contains(parameter)) {
      return Optional.empty();
    }
    if (query.all(parameter).size() > 1) {
      throw Problem.badRequest(parameter, "must be given once only");
    }
    return Optional.of(query.get(parameter));
  }

  private static long version(String text) {
    try {
      if (VERSION.matcher(text).matches()) {
        return Long.parseLong(text);
      }
    } catch (NumberFormatException _) {
      // The number does not fit a long.
    }
    throw Problem.badRequest(
        "last_version", "must be a whole number from 0 to %d".formatted(Long.MAX_VALUE));
  }

  private static Duration seconds(String text) {
    if (SECONDS.matcher(text).matches()) {
      Duration wait = Duration.ofMillis(new BigDecimal(text).movePointRight(3).longValueExact());
      if (wait.compareTo(LONGEST_WAIT) <= 0) {
        return wait;
      }
    }
    throw Problem.badRequest(
        "wait", "must be a number of seconds from 0 to %d".formatted(LONGEST_WAIT.toSeconds()));
  }
}
