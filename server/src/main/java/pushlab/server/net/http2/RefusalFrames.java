package pushlab.server.net.http2;

import io.helidon.common.buffers.BufferData;
import io.helidon.http.http2.Http2ErrorCode;
import io.helidon.http.http2.Http2Flag;
import io.helidon.http.http2.Http2FrameData;
import io.helidon.http.http2.Http2GoAway;
import io.helidon.http.http2.Http2Settings;

/// The frames that refuse an HTTP/2 connection before its first request.
public final class RefusalFrames {

  private RefusalFrames() {}

  /// SETTINGS, which come first always, and GOAWAY with ENHANCE_YOUR_CALM (RFC 9113, section 6.8):
  /// what 503 is after a request.
  ///
  /// @param detail why the connection is refused
  public static byte[] of(String detail) {
    var settings = Http2Settings.create();
    return BufferData.create(
            bytes(settings.toFrameData(settings, 0, Http2Flag.SettingsFlags.create(0))),
            bytes(
                new Http2GoAway(0, Http2ErrorCode.ENHANCE_YOUR_CALM, detail)
                    .toFrameData(settings, 0, Http2Flag.NoFlags.create())))
        .readBytes();
  }

  private static BufferData bytes(Http2FrameData frame) {
    return BufferData.create(frame.header().write(), frame.data());
  }
}
