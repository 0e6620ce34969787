package pushlab.bench.road.proxy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

/// A server behind a proxy: it answers each request with its path, and counts them.
final class SmallOrigin implements AutoCloseable {

  private final HttpServer server;
  private final AtomicInteger requests = new AtomicInteger();

  private SmallOrigin(HttpServer server) {
    this.server = server;
  }

  static SmallOrigin start() throws IOException {
    var loopback = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    var origin = new SmallOrigin(HttpServer.create(loopback, 0));
    origin.server.createContext(
        "/",
        exchange -> {
          origin.requests.incrementAndGet();
          byte[] path = exchange.getRequestURI().toString().getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().add("Cache-Control", "no-store");
          exchange.sendResponseHeaders(200, path.length);
          exchange.getResponseBody().write(path);
          exchange.close();
        });
    origin.server.start();
    return origin;
  }

  InetSocketAddress address() {
    return server.getAddress();
  }

  int requests() {
    return requests.get();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
