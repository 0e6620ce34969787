#!/usr/bin/env bash
# Of several Jersey event sources that share a client, one returns after a restart, and the others never do.
#
# Jersey recommends one Client for many requests. Its SseEventSource reads the first stream in a thread of a pool that grows.
# After a stream has ended it reconnects in the client's scheduler, which has one thread, and reads the new stream in that
# thread. So the first event source that returns keeps the thread, and the others wait for it without an error: isOpen() is
# true, and no callback is called. Event sources that have a client of their own all return.
#
# Who should care: everybody who opens more than one event source with Jersey. Remedies: a Client for each, or a scheduler of
# one's own for the ClientBuilder, with as many threads as there are event sources.
#
# Needs a JDK 25 and Maven. Takes half a minute. Exits with 0 if it is still so.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

for candidate in "${JAVA_HOME:-}" /usr/lib/jvm/* "$(dirname "$(dirname "$(readlink -f "$(command -v java)")")")"; do
  if [ -x "$candidate/bin/java" ] && "$candidate/bin/java" -version 2>&1 | grep -q 'version "25'; then
    java=$candidate/bin/java
    break
  fi
done

cat >pom.xml <<'XML'
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>finding</groupId>
  <artifactId>finding</artifactId>
  <version>1</version>
  <dependencies>
    <dependency>
      <groupId>org.glassfish.jersey.media</groupId>
      <artifactId>jersey-media-sse</artifactId>
      <version>4.0.2</version>
    </dependency>
    <dependency>
      <groupId>org.glassfish.jersey.inject</groupId>
      <artifactId>jersey-hk2</artifactId>
      <version>4.0.2</version>
    </dependency>
  </dependencies>
</project>
XML
timeout 90 mvn -B -q dependency:copy-dependencies -DoutputDirectory=lib >maven.log 2>&1 || {
  cat maven.log
  exit 1
}

cat >Return.java <<'JAVA'
import jakarta.ws.rs.client.*;
import jakarta.ws.rs.sse.SseEventSource;
import java.io.*;
import java.net.*;
import java.util.*;
import java.util.concurrent.*;

/** Ends the first stream of each event source, and counts which of them are there again. */
public class Return {
  static final int SOURCES = 5;

  public static void main(String[] args) throws Exception {
    int own = returned(true, null);
    int shared = returned(false, null);
    int threads = returned(false, Executors.newScheduledThreadPool(SOURCES));
    System.out.println("of 5 event sources with a client each, returned:            " + own);
    System.out.println("of 5 that share a client:                                   " + shared);
    System.out.println("of 5 that share a client whose scheduler has five threads:  " + threads);
    System.exit(own == 5 && shared == 1 && threads == 5 ? 0 : 1);
  }

  static int returned(boolean each, ScheduledExecutorService scheduler) throws Exception {
    Map<String, Integer> asked = new ConcurrentHashMap<>();
    try (var server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      Thread.ofVirtual().start(() -> accept(server, asked));
      Client one = client(scheduler);
      for (int i = 0; i < SOURCES; i++) {
        var target = (each ? client(null) : one).target("http://127.0.0.1:" + server.getLocalPort() + "/" + i);
        SseEventSource source = SseEventSource.target(target).build();
        source.register(event -> {});
        source.open();
      }
      // Each returns half a second after its stream has ended.
      Thread.sleep(5_000);
      return (int) asked.values().stream().filter(times -> times > 1).count();
    }
  }

  static Client client(ScheduledExecutorService scheduler) {
    var builder = ClientBuilder.newBuilder();
    return (scheduler == null ? builder : builder.scheduledExecutorService(scheduler)).build();
  }

  static void accept(ServerSocket server, Map<String, Integer> asked) {
    while (true) {
      try {
        Socket socket = server.accept();
        Thread.ofVirtual().start(() -> serve(socket, asked));
      } catch (IOException closed) {
        return;
      }
    }
  }

  static void serve(Socket socket, Map<String, Integer> asked) {
    try (socket) {
      var in = new BufferedReader(new InputStreamReader(socket.getInputStream(), "US-ASCII"));
      String path = in.readLine().split(" ")[1];
      while (!in.readLine().isEmpty()) {}
      int times = asked.merge(path, 1, Integer::sum);
      socket.getOutputStream().write(
          "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\ndata: 1\n\n".getBytes("US-ASCII"));
      if (times > 1) {
        Thread.sleep(20_000);
      }
    } catch (IOException | InterruptedException gone) {
      // The client has ended.
    }
  }
}
JAVA
timeout 60 "${java:?a JDK 25 is needed: set JAVA_HOME}" -cp 'lib/*' Return.java || {
  echo "changed: 5, 1 and 5 was expected"
  exit 1
}
