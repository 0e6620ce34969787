#!/usr/bin/env bash
# OkHttp sends a POST three times when a kept connection closes without an answer.
#
# By RFC 9110, section 9.2.2, a client should not repeat a request by itself that is not idempotent, unless it knows that the
# server has not processed it. The JDK's client and node follow this. OkHttp 5.5.1, with its defaults, does not: over a
# connection that has served a request before, a POST whose connection closes without an answer is sent again over a new
# connection, and once more, with its body. As the first request of a connection it is sent once. (curl 7.88.1, tested by
# hand in the same way, sends it twice.)
#
# Who should care: everybody who counts updates, orders or votes. If a server ends (or a proxy closes) after it has processed
# an update and before its answer is out, it processes the same update up to three times. Remedies: the client sets
# retryOnConnectionFailure(false), or the update carries an id that the server recognizes.
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
      <groupId>com.squareup.okhttp3</groupId>
      <artifactId>okhttp-jvm</artifactId>
      <version>5.5.1</version>
    </dependency>
  </dependencies>
</project>
XML
timeout 90 mvn -B -q dependency:copy-dependencies -DoutputDirectory=lib >maven.log 2>&1 || {
  cat maven.log
  exit 1
}

cat >Again.java <<'JAVA'
import java.io.*;
import java.net.*;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.*;

/** Asks a server that closes the connection in place of an answer, and counts how often it was asked. */
public class Again {
  public static void main(String[] args) throws Exception {
    System.out.println("OkHttp " + OkHttp.VERSION);
    String said = "";
    for (boolean kept : new boolean[] {false, true}) {
      for (String method : new String[] {"GET", "POST"}) {
        said += asked(method, kept) + " ";
      }
    }
    System.exit(said.equals("1 1 3 3 ") ? 0 : 1);
  }

  static int asked(String method, boolean kept) throws Exception {
    var asked = new AtomicInteger();
    try (var server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      Thread.ofVirtual().start(() -> accept(server, asked));
      String url = "http://127.0.0.1:" + server.getLocalPort();
      var client = new OkHttpClient();
      if (kept) {
        try (var answer = client.newCall(new Request.Builder().url(url + "/answered").build()).execute()) {
          answer.body().string();
        }
      }
      var request = new Request.Builder().url(url + "/closed");
      if (method.equals("POST")) {
        request.post(RequestBody.create("status=x", MediaType.get("application/x-www-form-urlencoded")));
      }
      try (var answer = client.newCall(request.build()).execute()) {
        throw new IllegalStateException("answered " + answer.code());
      } catch (IOException unanswered) {
        System.out.printf("%s over a %s connection: the server got it %d times%n",
            method, kept ? "kept" : "new", asked.get());
      }
    }
    return asked.get();
  }

  static void accept(ServerSocket server, AtomicInteger asked) {
    while (true) {
      try {
        Socket socket = server.accept();
        Thread.ofVirtual().start(() -> serve(socket, asked));
      } catch (IOException closed) {
        return;
      }
    }
  }

  static void serve(Socket socket, AtomicInteger asked) {
    try (socket) {
      var in = new BufferedReader(new InputStreamReader(socket.getInputStream(), "US-ASCII"));
      for (String first = in.readLine(); first != null; first = in.readLine()) {
        int length = 0;
        for (String line = in.readLine(); !line.isEmpty(); line = in.readLine()) {
          if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
            length = Integer.parseInt(line.substring(15).strip());
          }
        }
        for (int i = 0; i < length; i++) {
          in.read();
        }
        if (first.contains("/closed")) {
          asked.incrementAndGet();
          return;
        }
        socket.getOutputStream().write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok".getBytes("US-ASCII"));
      }
    } catch (IOException gone) {
      // The client has ended.
    }
  }
}
JAVA
timeout 30 "${java:?a JDK 25 is needed: set JAVA_HOME}" -cp 'lib/*' Again.java || {
  echo "changed: once over a new connection and three times over a kept one was expected, GET and POST alike"
  exit 1
}
