package pushlab.server.net.http2;

/// Hides from Helidon the HTTP/2 settings that it does not know. RFC 9113, section 6.5.2, has them
/// ignored. Helidon skips their identifiers but not their values, and so misreads all settings that
/// follow. Browsers send such settings, some of them only to test that they are ignored (RFC 8701).
///
/// An unknown setting is replaced by one that says that no pushes are wanted. The server never
/// pushes.
final class KnownSettings {

  private static final int ENABLE_PUSH = 2;
  private static final int LAST_KNOWN = 6;
  private static final int SETTING = 6;

  private int at;
  private boolean unknown;

  /// A SETTINGS frame begins.
  void begin() {
    at = 0;
  }

  /// Reads `bytes` from `from` to `to`, the next ones of that frame, and replaces what is to be
  /// hidden.
  void read(byte[] bytes, int from, int to) {
    for (int i = from; i < to; i++) {
      if (at == 0) {
        unknown = bytes[i] != 0;
        bytes[i] = 0;
      } else if (at == 1) {
        unknown |= bytes[i] < 1 || bytes[i] > LAST_KNOWN;
        bytes[i] = unknown ? ENABLE_PUSH : bytes[i];
      } else if (unknown) {
        bytes[i] = 0;
      }
      at = (at + 1) % SETTING;
    }
  }
}
