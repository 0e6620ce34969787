#!/usr/bin/env bash
# Helidon's web server holds back the second of two small messages until the client has acknowledged the first.
#
# Helidon 4.5.0 leaves Nagle's algorithm on (RFC 9293, section 3.7.4; `TCP_NODELAY` is off): while something small is not yet
# acknowledged, TCP collects what is written after it. On loopback the acknowledgement comes at once, and nothing is seen. Over
# a round trip of 80 ms, an event that is written 20 ms after another one waits for the rest of that round trip and arrives
# after 100 ms instead of 40. An answer that is written at once does not wait. The messages of an event stream or a WebSocket
# do, and so do answers that are written in parts. The HTTP server of the JDK does the same unless the system property
# sun.net.httpserver.nodelay is true. Jetty 12.1.14 and Undertow 2.4.4 switch the algorithm off.
#
# Who should care: everybody who sends more than one message in a round trip, to mobile or distant clients above all. In a
# server of ours with 20 updates a second and 80 ms the median delivery was 97 ms, and is 46 ms without. Remedy:
# WebServer.builder().connectionOptions(socket -> socket.tcpNoDelay(true)), which the script tries too, or
# connection-options.tcp-no-delay in the configuration.
#
# The network is made in namespaces of the script's own, with vde2's wirefilter. Needs Linux with vde2, iproute2, Python 3,
# Maven, a JDK 25, and root. Takes half a minute. Exits with 0 if it is still so.
set -euo pipefail

script=$(readlink -f "$0")

# In the namespace of the clients: servers that are 80 ms away in a namespace of their own.
if [ "${1:-}" = inside ]; then
  cd "$2"
  started=()
  trap 'kill "${started[@]}" 2>/dev/null' EXIT
  trap 'exit 1' INT TERM
  unshare --net sleep 100 &
  started+=("$!")
  there=(nsenter -t "$!" -n)
  until [ "$("${there[@]}" readlink /proc/self/ns/net)" != "$(readlink /proc/self/ns/net)" ]; do sleep 0.05; done
  dpipe vde_plug tap://near = wirefilter -d 40 = "${there[@]}" vde_plug tap://far >/dev/null 2>&1 &
  started+=("$!")
  until ip link show near && "${there[@]}" ip link show far; do sleep 0.05; done >/dev/null 2>&1
  ip link set lo up
  ip addr add 10.9.0.1/24 dev near
  ip link set near up
  "${there[@]}" ip addr add 10.9.0.2/24 dev far
  "${there[@]}" ip link set far up
  timeout 90 "${there[@]}" "$JAVA" -cp 'jars/*' Pairs.java >up 2>server.log &
  started+=("$!")
  until [ -s up ]; do
    kill -0 "${started[-1]}"
    sleep 0.1
  done
  python3 read.py
  exit
fi

for candidate in "${JAVA_HOME:-}" /usr/lib/jvm/* "$(dirname "$(dirname "$(readlink -f "$(command -v java)")")")"; do
  if [ -x "$candidate/bin/java" ] && "$candidate/bin/java" -version 2>&1 | grep -q 'version "25'; then
    JAVA=$candidate/bin/java
    break
  fi
done
export JAVA=${JAVA:?a JDK 25 is needed: set JAVA_HOME}

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
trap 'exit 1' INT TERM
cd "$folder"

cat >pom.xml <<'XML'
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>finding</groupId>
  <artifactId>finding</artifactId>
  <version>1</version>
  <dependencies>
    <dependency>
      <groupId>io.helidon.webserver</groupId>
      <artifactId>helidon-webserver</artifactId>
      <version>4.5.0</version>
    </dependency>
    <dependency>
      <groupId>org.eclipse.jetty</groupId>
      <artifactId>jetty-server</artifactId>
      <version>12.1.14</version>
    </dependency>
    <dependency>
      <groupId>io.undertow</groupId>
      <artifactId>undertow-core</artifactId>
      <version>2.4.4.Final</version>
    </dependency>
  </dependencies>
</project>
XML
timeout 80 mvn -B -q dependency:copy-dependencies -DoutputDirectory=jars >maven.log 2>&1 || {
  cat maven.log
  exit 1
}

cat >Pairs.java <<'JAVA'
import com.sun.net.httpserver.HttpServer;
import io.helidon.webserver.WebServer;
import io.undertow.Undertow;
import io.undertow.server.handlers.BlockingHandler;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.util.concurrent.Executors;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.*;
import org.eclipse.jetty.util.Callback;

/** Each server sends ten pairs of events, 20 ms apart, and all its settings are the defaults. */
public class Pairs {
  static void write(OutputStream out) throws Exception {
    for (int pair = 0; pair < 10; pair++) {
      event(out);
      Thread.sleep(20);
      event(out);
      Thread.sleep(300);
    }
    out.close();
  }

  static void event(OutputStream out) throws Exception {
    out.write(("data: " + System.nanoTime() + "\n\n").getBytes());
    out.flush();
  }

  static WebServer helidon(int port, boolean noDelay) {
    var builder = WebServer.builder().port(port);
    if (noDelay) {
      builder.connectionOptions(socket -> socket.tcpNoDelay(true));
    }
    return builder.routing(routing -> routing.get("/", (request, response) -> {
      try {
        write(response.outputStream());
      } catch (Exception e) {
        throw new RuntimeException(e);
      }
    })).build().start();
  }

  public static void main(String[] args) throws Exception {
    helidon(8001, false);
    helidon(8002, true);

    var jetty = new Server(8003);
    jetty.setHandler(new Handler.Abstract() {
      @Override
      public boolean handle(Request request, Response response, Callback callback) throws Exception {
        write(Content.Sink.asOutputStream(response));
        callback.succeeded();
        return true;
      }
    });
    jetty.start();

    Undertow.builder().addHttpListener(8004, "0.0.0.0")
        .setHandler(new BlockingHandler(exchange -> write(exchange.getOutputStream()))).build().start();

    var jdk = HttpServer.create(new InetSocketAddress(8005), 0);
    jdk.createContext("/", exchange -> {
      exchange.sendResponseHeaders(200, 0);
      try {
        write(exchange.getResponseBody());
      } catch (Exception e) {
        throw new RuntimeException(e);
      }
    });
    jdk.setExecutor(Executors.newCachedThreadPool());
    jdk.start();
    System.out.println("up");
  }
}
JAVA

cat >read.py <<'PY'
import socket, statistics, sys, time
from concurrent.futures import ThreadPoolExecutor

SERVERS = {
    8001: "Helidon 4.5.0",
    8002: "Helidon 4.5.0, tcpNoDelay(true)",
    8003: "Jetty 12.1.14",
    8004: "Undertow 2.4.4",
    8005: "the JDK's HttpServer",
}

def late(port):
    """How late the first events of the pairs are, and the second ones: medians in milliseconds."""
    delays = []
    with socket.create_connection(("10.9.0.2", port), timeout=20) as connection:
        connection.sendall(b"GET / HTTP/1.1\r\nHost: far\r\nConnection: close\r\n\r\n")
        for line in connection.makefile("rb"):
            if line.startswith(b"data: "):
                delays.append(time.monotonic() * 1e3 - int(line[6:]) / 1e6)
                if len(delays) == 20:
                    break
    assert len(delays) == 20, f"{SERVERS[port]} sent {len(delays)} events"
    return [round(statistics.median(delays[which::2])) for which in (0, 1)]

with ThreadPoolExecutor(5) as pool:
    seen = dict(zip(SERVERS, pool.map(late, SERVERS)))
for port, name in SERVERS.items():
    first, second = seen[port]
    print(f"{name:32} first event of a pair {first:4} ms late, second {second:4} ms")
assert all(first < 70 for first, _ in seen.values()), "all first events were expected after half a round trip"
late = [port for port, (_, second) in seen.items() if second > 70]
assert late == [8001, 8005], "the second events of Helidon and the JDK's server were expected to be late, and no others"
PY

timeout 100 unshare --net bash "$script" inside "$folder"
