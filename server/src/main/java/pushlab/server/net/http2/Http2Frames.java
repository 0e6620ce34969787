package pushlab.server.net.http2;

import java.nio.ByteBuffer;

/// Reads what a client sends by HTTP/2 before Helidon does, wherever the bytes are cut, and reports
/// where its requests begin and end (RFC 9113, sections 4.1 and 8.1). Hides from Helidon the
/// settings that it does not know. For one thread.
final class Http2Frames {

  private static final int PREFACE = 24;
  private static final int HEADER = 9;

  private static final int DATA = 0;
  private static final int HEADERS = 1;
  private static final int RST_STREAM = 3;
  private static final int SETTINGS = 4;
  private static final int END_STREAM = 1;

  private final RequestObserver observer;
  private final ByteBuffer header = ByteBuffer.allocate(HEADER);
  private final KnownSettings settings = new KnownSettings();
  private int skip = PREFACE;
  private boolean amidSettings;

  /// Is told of the request on each stream.
  interface RequestObserver {

    /// A request has begun, and is not complete.
    void begun(int stream);

    /// A request is complete.
    void whole(int stream);

    /// The client does not want an answer any more.
    void reset(int stream);
  }

  Http2Frames(RequestObserver observer) {
    this.observer = observer;
  }

  void read(byte[] bytes) {
    int at = 0;
    while (at < bytes.length) {
      if (skip > 0) {
        int skipped = Math.min(skip, bytes.length - at);
        if (amidSettings) {
          settings.read(bytes, at, at + skipped);
        }
        skip -= skipped;
        at += skipped;
      } else {
        header.put(bytes[at++]);
        if (!header.hasRemaining()) {
          readHeader();
        }
      }
    }
  }

  private void readHeader() {
    header.flip();
    int lengthAndKind = header.getInt();
    boolean ends = (header.get() & END_STREAM) != 0;
    int stream = header.getInt() & Integer.MAX_VALUE;
    header.clear();
    skip = lengthAndKind >>> 8;
    amidSettings = false;
    switch (lengthAndKind & 0xff) {
      case DATA, HEADERS -> {
        if (ends) {
          observer.whole(stream);
        } else {
          observer.begun(stream);
        }
      }
      case RST_STREAM -> observer.reset(stream);
      case SETTINGS -> {
        amidSettings = true;
        settings.begin();
      }
      default -> {}
    }
  }
}
