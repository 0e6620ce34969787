package pushlab.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;

/// A port on which nobody listens, and which no other process can take until this is closed.
public final class NobodyListens implements AutoCloseable {

  private final Socket bound = new Socket();

  public NobodyListens() {
    try {
      bound.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public int port() {
    return bound.getLocalPort();
  }

  /// Its address, as that of a server.
  public URI address() {
    return URI.create("http://127.0.0.1:" + port());
  }

  @Override
  public void close() throws IOException {
    bound.close();
  }
}
