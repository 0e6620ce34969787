#!/usr/bin/env bash
# Jetty's two proxy servlets hold back an event stream to its end, and its proxy handler does not.
#
# A server writes an event each half second for three seconds, behind Jetty 12.1.14. `ProxyServlet` and `AsyncProxyServlet`, the
# asynchronous one, both write each event into a buffer that they do not flush: the client gets all of them at the end.
# `ProxyHandler`, of the same version, passes each at once. A request that is held for longer than 30 s is answered with 504 by
# all three.
#
# Who should care: everybody who puts such a servlet in front of a server of event streams, or of JSON in lines, as many Java
# applications do to reach a second one. Remedies: `ProxyHandler`, or a subclass that flushes; a hold below 30 s.
#
# Needs a JDK 17 or newer, Maven and Python 3. Takes a minute. Exits with 0 if it is still so.
set -euo pipefail
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
      <groupId>org.eclipse.jetty.ee10</groupId>
      <artifactId>jetty-ee10-proxy</artifactId>
      <version>12.1.14</version>
    </dependency>
    <dependency>
      <groupId>org.eclipse.jetty.ee10</groupId>
      <artifactId>jetty-ee10-servlet</artifactId>
      <version>12.1.14</version>
    </dependency>
    <dependency>
      <groupId>org.eclipse.jetty</groupId>
      <artifactId>jetty-proxy</artifactId>
      <version>12.1.14</version>
    </dependency>
  </dependencies>
</project>
XML
timeout 60 mvn -B -q org.apache.maven.plugins:maven-dependency-plugin:3.9.0:copy-dependencies -DoutputDirectory=lib \
  >maven.log 2>&1 || {
  cat maven.log
  exit 1
}

cat >Proxies.java <<'JAVA'
import jakarta.servlet.Servlet;
import org.eclipse.jetty.ee10.proxy.AsyncProxyServlet;
import org.eclipse.jetty.ee10.proxy.ProxyServlet;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.proxy.ProxyHandler;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** Starts three proxies in front of the address that is given, and prints the port of each. */
class Proxies {
  public static void main(String... args) throws Exception {
    start(servlet(ProxyServlet.Transparent.class, args[0]));
    start(servlet(AsyncProxyServlet.Transparent.class, args[0]));
    start(new ProxyHandler.Reverse("^http://[^/]+/(.*)$", args[0] + "/$1"));
  }

  static Handler servlet(Class<? extends Servlet> type, String target) {
    var holder = new ServletHolder(type);
    holder.setInitParameter("proxyTo", target);
    holder.setAsyncSupported(true);
    var handler = new ServletContextHandler();
    handler.addServlet(holder, "/*");
    return handler;
  }

  static void start(Handler handler) throws Exception {
    var server = new Server();
    var connector = new ServerConnector(server);
    connector.setHost("127.0.0.1");
    server.addConnector(connector);
    server.setHandler(handler);
    server.start();
    System.out.println(connector.getLocalPort());
  }
}
JAVA

cat >look.py <<'PY'
import subprocess, sys, threading, time
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

EVENTS, PAUSE, HOLD = 6, 0.5, 35


class Streaming(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        if self.path == "/held":
            time.sleep(HOLD)
            self.send_response(204)
            self.end_headers()
            return
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        for number in range(EVENTS):
            event = b"data: event no. %03d\n\n" % number
            self.wfile.write(b"%x\r\n%s\r\n" % (len(event), event))
            time.sleep(PAUSE)
        self.wfile.write(b"0\r\n\r\n")

    def log_message(self, *_):
        pass


def first_event(port):
    start = time.monotonic()
    connection = HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request("GET", "/events")
    connection.getresponse().read(5)
    return time.monotonic() - start


def held(port):
    start = time.monotonic()
    connection = HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("GET", "/held")
    statuses[port] = connection.getresponse().status, time.monotonic() - start


server = ThreadingHTTPServer(("127.0.0.1", 0), Streaming)
server.handle_error = lambda *_: None  # A client that has gone.
threading.Thread(target=server.serve_forever, daemon=True).start()
java = subprocess.Popen([*sys.argv[1:], f"http://127.0.0.1:{server.server_port}"],
                        stdout=subprocess.PIPE, stderr=open("java.log", "w"), text=True)
statuses = {}
late = []
try:
    ports = [int(java.stdout.readline()) for _ in range(3)]
    holding = [threading.Thread(target=held, args=(port,)) for port in ports]
    for each in holding:
        each.start()
    first_event(ports[2])  # The first request starts slowly.
    took = [first_event(port) for port in ports]
    for each in holding:
        each.join()
    for name, port, first in zip(("ProxyServlet", "AsyncProxyServlet", "ProxyHandler"), ports, took):
        status, after = statuses[port]
        late.append(first > EVENTS * PAUSE * 0.8)
        print(f"{name:18} first event after {first:.1f} s; a hold of {HOLD} s: {status} after {after:.0f} s")
finally:
    java.terminate()
    java.wait()
sys.exit(not (late == [True, True, False] and all(status == 504 and 28 < after < 34 for status, after in statuses.values())))
PY
for candidate in "${JAVA_HOME:-}" /usr/lib/jvm/* "$(dirname "$(dirname "$(readlink -f "$(command -v java)")")")"; do
  if [ -x "$candidate/bin/java" ] && "$candidate/bin/java" -version 2>&1 | grep -q -E 'version "(17|2[0-9])'; then
    java=$candidate/bin/java
    break
  fi
done
python3 look.py "${java:?a JDK 17 or newer is needed: set JAVA_HOME}" -cp 'lib/*' Proxies.java || {
  tail -n 5 java.log
  echo "this is no longer so" >&2
  exit 1
}
