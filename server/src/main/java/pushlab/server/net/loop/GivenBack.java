package pushlab.server.net.loop;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataWriter;

/// What is left to do on a connection that a [PollLoop] gives back.
public final class GivenBack {

  private final byte[] unsent;
  private final Runnable written;
  private final byte[] arrived;

  /// After `unsent`, the rest of an answer, has been sent, `written` is to be run.
  ///
  /// @param arrived what has arrived since the last answer
  GivenBack(byte[] unsent, Runnable written, byte[] arrived) {
    this.unsent = unsent;
    this.written = written;
    this.arrived = arrived;
  }

  /// Writes the rest of an answer, if there is one. Waits for the client to take it.
  public void finishAnswer(DataWriter out) {
    if (unsent.length > 0) {
      out.writeNow(BufferData.create(unsent));
      written.run();
    }
  }

  /// What has arrived since the last answer. Must not be changed.
  public byte[] arrived() {
    return arrived;
  }
}
