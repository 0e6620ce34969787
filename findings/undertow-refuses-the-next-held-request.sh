#!/usr/bin/env bash
# Undertow's proxy holds ten requests for each of its threads, and refuses the next one, before its server is asked.
#
# Sixty clients ask at the same time, and the server holds each request for 3 s. Undertow 2.4.4, with the proxy client that its
# examples show and all else default, passes on ten for each I/O thread, and has one of these for each processor (at least two).
# It answers all the others at once with 503, without Retry-After. Short requests never meet that bound, since each leaves
# within milliseconds; held requests, event streams and WebSockets do, on a machine of two processors with the 21st client.
# `setConnectionsPerThread` moves it.
#
# Who should care: everybody who puts Undertow, or a server that contains it, in front of held requests: a load test with short
# requests finds nothing, and the same program holds more clients on a machine with more processors.
#
# Needs a JDK 17 or newer, Maven and Python 3. Takes half a minute. Exits with 0 if it is still so.
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
      <groupId>io.undertow</groupId>
      <artifactId>undertow-core</artifactId>
      <version>2.4.4.Final</version>
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
import io.undertow.Undertow;
import io.undertow.server.handlers.proxy.LoadBalancingProxyClient;
import io.undertow.server.handlers.proxy.ProxyHandler;
import java.net.InetSocketAddress;
import java.net.URI;

/** Starts two proxies in front of the address that is given, and prints their ports and how many threads each has. */
class Proxies {
  public static void main(String... args) {
    start(new LoadBalancingProxyClient().addHost(URI.create(args[0])));
    start(new LoadBalancingProxyClient().setConnectionsPerThread(1000).addHost(URI.create(args[0])));
    System.out.println(Math.max(Runtime.getRuntime().availableProcessors(), 2));
  }

  static void start(LoadBalancingProxyClient client) {
    var handler = ProxyHandler.builder().setProxyClient(client).build();
    var server = Undertow.builder().addHttpListener(0, "127.0.0.1").setHandler(handler).build();
    server.start();
    System.out.println(((InetSocketAddress) server.getListenerInfo().get(0).getAddress()).getPort());
  }
}
JAVA

cat >look.py <<'PY'
import subprocess, sys, threading, time
from collections import Counter
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

CLIENTS, HOLD = 60, 3


class Holding(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        time.sleep(HOLD)
        self.send_response(204)
        self.end_headers()

    def log_message(self, *_):
        pass


def ask(port, answers):
    start = time.monotonic()
    connection = HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request("GET", "/")
    status = connection.getresponse().status
    answers.append((status, "held" if time.monotonic() - start > HOLD - 0.5 else "at once"))


def ask_at_once(port):
    answers = []
    clients = [threading.Thread(target=ask, args=(port, answers)) for _ in range(CLIENTS)]
    for client in clients:
        client.start()
    for client in clients:
        client.join()
    return Counter(answers)


server = ThreadingHTTPServer(("127.0.0.1", 0), Holding)
server.request_queue_size = 128
server.socket.listen(128)
threading.Thread(target=server.serve_forever, daemon=True).start()
java = subprocess.Popen([*sys.argv[1:], f"http://127.0.0.1:{server.server_port}"],
                        stdout=subprocess.PIPE, stderr=open("java.log", "w"), text=True)
try:
    usual, raised, threads = (int(java.stdout.readline()) for _ in range(3))
    seen = ask_at_once(usual), ask_at_once(raised)
finally:
    java.terminate()
    java.wait()
for what, answers in zip((f"defaults, {threads} threads", "1,000 connections a thread"), seen):
    print(f"{what}: " + ", ".join(f"{count} x {status} {when}" for (status, when), count in sorted(answers.items())))
passed = min(CLIENTS, 10 * threads)
expected = Counter({(204, "held"): passed, (503, "at once"): CLIENTS - passed})
sys.exit(not (+seen[0] == +expected and seen[1] == Counter({(204, "held"): CLIENTS})))
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
