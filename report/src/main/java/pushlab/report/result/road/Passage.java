package pushlab.report.result.road;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;
import pushlab.report.result.Said;

/// What one proxy, as it was set up, did to each transport. Each value is measured at the client,
/// or at the server behind the proxy.
///
/// @param hold a poll that is held for long
/// @param events the events of a stream, each sent in a chunk of its own
/// @param silentStream an event stream in which nothing is sent for long
/// @param silentSocket a WebSocket in which nothing is sent for long
/// @param webSocket the status of the answer to an opening handshake; 101 if it succeeds
/// @param update the status of the answer to an update that a page of this address sends
/// @param equalPolls ten polls with the same request line, sent at the same time
/// @param left when the server learns that the client of a held poll has gone
/// @param death what becomes of a held poll whose connection the server ends without an answer; it
///     is the first request of its connection
/// @param deathOfReused the same for a later request of its connection
/// @param reload what becomes of those that wait while the proxy reads its configuration again
/// @param polls held polls, each on its own connection
/// @param pollsOfOneConnection held polls, all on one HTTP/2 connection
/// @param compressed the events of a stream for a client that accepts gzip, with compression of
///     event streams switched on
public record Passage(
    Seen<Hold> hold,
    Seen<Lateness> events,
    Seen<Silence> silentStream,
    Seen<Silence> silentSocket,
    Seen<Integer> webSocket,
    Seen<Integer> update,
    Seen<EqualPolls> equalPolls,
    Seen<Left> left,
    Seen<Death> death,
    Seen<Death> deathOfReused,
    Seen<Reload> reload,
    Seen<AtOnce> polls,
    Seen<AtOnce> pollsOfOneConnection,
    Seen<Lateness> compressed) {

  /// A passage of which nothing could be measured, for this reason.
  public static Passage unknown(Said why) {
    return new Passage(
        Seen.not(why),
        Seen.not(why),
        Seen.not(why),
        Seen.not(why),
        Seen.not(why),
        Seen.not(why),
        Seen.not(why),
        Seen.not(why),
        Seen.not(why),
        Seen.not(why),
        Seen.not(why),
        Seen.not(why),
        Seen.not(why),
        Seen.not(why));
  }

  /// @throws NullPointerException if an aspect is null; the message names it
  void requireWhole() {
    for (Aspect aspect : Aspect.values()) {
      requireNonNull(aspect.of(this), aspect.id());
    }
  }

  /// A poll that was held for long.
  ///
  /// @param seconds how long the poll was held, or until it was ended by the proxy
  /// @param passed whether the server's answer arrived
  /// @param status of the answer that arrived; null if the connection ended without one
  public record Hold(double seconds, boolean passed, @Nullable Integer status) {}

  /// How late events are.
  ///
  /// @param firstMillis how late the first event is; null if it did not arrive in time
  /// @param laterMillis the median of the later ones; null if that one did not arrive in time
  /// @param sent how many events the server sent
  /// @param arrived how many of them arrived in time, that is before the server sent the next
  public record Lateness(
      @Nullable Double firstMillis, @Nullable Double laterMillis, int sent, int arrived) {}

  /// How the client sees the end of a stream or of a WebSocket.
  public enum End {
    /// It did not end.
    NONE,
    /// As if the server had ended it: the last chunk, or a close frame.
    COMPLETE,
    /// The connection was closed in the middle of an answer or without a close frame.
    CUT
  }

  /// A silence.
  ///
  /// @param seconds the silence that passed, or after which it was ended
  /// @param code of the close frame, or the status of an answer other than 200; null if there is
  ///     neither
  public record Silence(double seconds, End end, @Nullable Integer code) {

    public Silence {
      requireNonNull(end, "end");
    }
  }

  /// Equal polls that were sent at the same time.
  ///
  /// @param sent how many polls were sent at once
  /// @param first how many of them the server held at once
  /// @param second the same for the round that follows the first answers
  public record EqualPolls(int sent, int first, int second) {}

  /// When the server learnt that a client had gone.
  ///
  /// @param millis after the client closed its connection; null if the server had not learnt it by
  ///     then
  /// @param resetMillis after the client reset its connection, as a client does that ends with
  ///     unread data; null if the server had not learnt it by then
  /// @param waitedMillis how long the server was watched
  public record Left(@Nullable Double millis, @Nullable Double resetMillis, double waitedMillis) {}

  /// What a client is told when its server dies.
  ///
  /// @param status that the client gets; null if its connection is closed without an answer
  /// @param requests how often the poll arrived at the server; 0 if the proxy had ended the
  ///     connection before
  public record Death(@Nullable Integer status, int requests) {}

  /// What becomes of one that waits.
  public enum Fate {
    /// It gets what the server sends after the reload.
    SERVED,
    /// It is told to come back: by a status, the end of its stream or a close frame.
    TOLD,
    /// Its connection is closed without a word.
    CUT
  }

  /// What became of those that waited during a reload.
  ///
  /// @param stream null if the proxy does not pass on the events of a stream anyway
  /// @param socket null if the proxy does not let a WebSocket through anyway
  /// @param socketCode of the close frame; null if there is none
  public record Reload(
      Fate poll, @Nullable Fate stream, @Nullable Fate socket, @Nullable Integer socketCode) {

    public Reload {
      requireNonNull(poll, "poll");
    }
  }

  /// Polls that were held at the same time.
  ///
  /// @param asked how many polls were sent
  /// @param held how many of them the server held at the same time
  /// @param refused how many were answered or closed by the proxy meanwhile; the rest waited
  public record AtOnce(int asked, int held, int refused) {}
}
