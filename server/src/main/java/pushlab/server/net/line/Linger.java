package pushlab.server.net.line;

import java.io.IOException;
import java.net.Socket;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// The end of a connection on which bytes may have been left unread. If it were closed at once, the
/// system would reset it because of those bytes, and a client that writes its whole request before
/// it reads would lose the answer (RFC 9112, section 9.6). So only the sending side is closed. What
/// still arrives is read and dropped, within bounds.
///
/// Any thread may call [#look] and [#cut], but not the other methods.
public final class Linger {

  /// The seconds after which it ends if nothing arrives.
  static final int SILENCE_SECONDS = 2;

  /// The seconds after which it ends in any case.
  static final int SECONDS = 10;

  /// The number of bytes after which it ends in any case.
  static final long BYTES = 64L << 20;

  private final @Nullable Socket socket;
  private final Line line;
  private final SecondsClock clock;
  private final BooleanSupplier leavesBytesUnread;
  private volatile int since;
  private volatile int heard;

  /// The end of `line`, the line of `socket`.
  public Linger(
      @Nullable Socket socket, Line line, SecondsClock clock, BooleanSupplier leavesBytesUnread) {
    this.socket = socket;
    this.line = line;
    this.clock = clock;
    this.leavesBytesUnread = leavesBytesUnread;
  }

  /// Lingers if bytes may have been left unread. To be called by the thread that handled the
  /// connection, after everything has been written.
  public void ifNeeded() {
    if (socket == null || line.hasEnded() || !mayLeaveBytesUnread(socket)) {
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
      // The client has reset the connection, or the time is over.
    } finally {
      since = 0;
    }
  }

  private boolean mayLeaveBytesUnread(Socket socket) {
    try {
      return leavesBytesUnread.getAsBoolean() || socket.getInputStream().available() > 0;
    } catch (IOException _) {
      return false;
    }
  }

  public boolean isGoingOn() {
    return since != 0;
  }

  /// Ends it if it has taken too long. To be called once a second.
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
