package pushlab.server.net.line;

import io.helidon.http.WritableHeaders;

/// The requests and answers on one connection, as the protocol sees them that reads the same bytes
/// before Helidon does.
public interface Exchanges {

  /// The requests and answers on a connection that only Helidon reads.
  Exchanges UNREAD =
      new Exchanges() {
        @Override
        public void requested(WritableHeaders<?> headers) {}

        @Override
        public void answering(WritableHeaders<?> headers) {}

        @Override
        public boolean leaveBytesUnread() {
          return true;
        }

        @Override
        public boolean hasArrived() {
          return false;
        }
      };

  /// The headers of a request have arrived, and may still be changed.
  void requested(WritableHeaders<?> headers);

  /// An answer with these headers is about to be sent. They may still be changed.
  void answering(WritableHeaders<?> headers);

  /// Whether bytes may have arrived, or be about to arrive, that nobody has read.
  boolean leaveBytesUnread();

  /// Whether bytes have arrived that Helidon has not been given.
  boolean hasArrived();
}
