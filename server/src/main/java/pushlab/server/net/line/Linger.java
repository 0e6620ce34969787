package pushlab.server.net.line;

import java.io.IOException;
import java.net.Socket;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// The end of a connection whose client may not have been read to its end. If it were closed at
/// once, the system would reset it for the sake of the unread bytes, and a client that writes its
/// request before it reads would lose the answer (RFC 9112, section 9.6). So the sending side alone
/// is closed, and what still comes is read and thrown away, within bounds.
///
/// [#look] and [#cut] may be called by any thread, and only they.
public final class Linger {

  /// For how long nothing may come.
  public static final int SILENCE_SECONDS = 2;

  /// How long it lasts at most.
  public static final int SECONDS = 10;

  /// How many bytes are read at most.
  public static final long BYTES = 64L << 20;

  private final @Nullable Socket socket;
  private final Line line;
  private final SecondsClock clock;
  private final BooleanSupplier leavesBytesUnread;
  private volatile int since;
  private volatile int heard;

  /// The end of `line`, which is that of `socket`.
  public Linger(
      @Nullable Socket socket, Line line, SecondsClock clock, BooleanSupplier leavesBytesUnread) {
    this.socket = socket;
    this.line = line;
    this.clock = clock;
    this.leavesBytesUnread = leavesBytesUnread;
  }

  /// Lingers if there is cause to. To be called by the thread that handled the connection, once all
  /// has been written.
  public void ifNeeded() {
    if (socket == null || line.hasEnded() || !leavesBytesUnread.getAsBoolean()) {
      return;
    }
    heard = clock.now();
    since = heard;
    try {
      socket.shutdownOutput();
      long left = BYTES;
      byte[] bytes = line.read();
      while (bytes != null && left > bytes.length) {
        left -= bytes.length;
        heard = clock.now();
        bytes = line.read();
      }
    } catch (IOException | RuntimeException _) {
      // The client has reset the connection, or its time is over.
    } finally {
      since = 0;
    }
  }

  public boolean isGoingOn() {
    return since != 0;
  }

  /// Ends it if it has lasted for too long; to be called once a second.
  public void look() {
    int now = clock.now();
    if (isGoingOn() && (now - since > SECONDS || now - heard > SILENCE_SECONDS)) {
      line.end();
    }
  }

  /// Ends it now.
  public void cut() {
    if (isGoingOn()) {
      line.end();
    }
  }
}
