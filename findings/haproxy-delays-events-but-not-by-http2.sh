#!/bin/sh
# HAProxy passes on each event 200 ms late, but not by HTTP/2, and with TLS it depends on its version.
#
# A server writes an event every 0.6 s, each as one chunk, through HAProxy as its manual has it. To a client of HTTP/1.1 in
# clear text each event comes 205 to 230 ms late. To a client of HTTP/2 it comes at once, from the same process and the same
# configuration. To a client of HTTP/1.1 with TLS it comes at once from HAProxy 2.6.12 (Debian 12), and late from 3.0.11
# (Debian 13). HAProxy tells the system that more will follow, and the system then keeps a small packet for 200 ms. Two in a
# row add up: 420 ms, and 210 ms also for a client of HTTP/2, since the way between the two is HTTP/1.1 in clear text.
# `option http-no-delay` ends all of it.
#
# Who should care: everybody who measures events behind HAProxy on a test system, has a second HAProxy inside, or moves to
# Debian 13: browsers speak HTTP/2, and clients that are programs often do not, so users and tests see different things.
#
# Needs Debian 12 (apt, which downloads both versions into a temporary folder and installs nothing), openssl and Python 3.
# Takes a minute. Exits with 0 if it is still so.
set -eu

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
trap 'exit 1' INT TERM
mkdir -p "$folder/12" "$folder/13" "$folder/apt/sources" "$folder/apt/lists/partial" "$folder/apt/cache/archives/partial"

# Debian 13 has another C library, which comes along.
# apt writes the value in place of the name.
# shellcheck disable=SC2016
mirror=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' 'Label: Debian' | head -n 1)
cat >"$folder/apt/sources/next.sources" <<SOURCES
Types: deb
URIs: $mirror
Suites: trixie
Components: main
Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg
SOURCES
: >"$folder/apt/status"
cat >"$folder/apt/configuration" <<CONFIGURATION
Dir::State "$folder/apt";
Dir::State::status "$folder/apt/status";
Dir::Cache "$folder/apt/cache";
Dir::Etc::sourcelist "/dev/null";
Dir::Etc::sourceparts "$folder/apt/sources";
Acquire::Languages "none";
CONFIGURATION
next() {
  apt-get -q -c "$folder/apt/configuration" -o APT::Sandbox::User=root "$@" >/dev/null
}
(
  cd "$folder/12"
  apt-get -q -o APT::Sandbox::User=root download haproxy=2.6.12-1+deb12u4 liblua5.3-0 libopentracing-c-wrapper0 \
    libopentracing1 >/dev/null
)
(
  cd "$folder/13"
  next update
  next download haproxy=3.0.11-1+deb13u4 libc6 libcap2 libcrypt1 libgcc-s1 liblua5.4-0 libopentracing1 \
    libopentracing-c-wrapper0t64 libpcre2-8-0 libssl3t64 libstdc++6 libsystemd0 libzstd1 zlib1g
)
libraries() {
  find "$1" -name '*.so*' -exec dirname {} + | sort -u | tr '\n' ':'
}
for package in "$folder"/1[23]/*.deb; do
  dpkg-deb -x "$package" "${package%/*}/root"
done
cat >"$folder/12/haproxy" <<PROGRAM
#!/bin/sh
LD_LIBRARY_PATH="$(libraries "$folder/12/root")" exec "$folder/12/root/usr/sbin/haproxy" "\$@"
PROGRAM
loader=$(find "$folder/13/root" -type f -name 'ld-linux*')
cat >"$folder/13/haproxy" <<PROGRAM
#!/bin/sh
exec "$loader" --library-path "$(libraries "$folder/13/root")" "$folder/13/root/usr/sbin/haproxy" "\$@"
PROGRAM
chmod +x "$folder/12/haproxy" "$folder/13/haproxy"
openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost -keyout "$folder/key" -out "$folder/certificate" 2>/dev/null
cat "$folder/certificate" "$folder/key" >"$folder/both"

cat >"$folder/look.py" <<'PY'
import os, re, socket, ssl, statistics, subprocess, sys, threading, time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

EVENTS, PAUSE = 6, 0.6
haproxy, folder, version = sys.argv[1:]


class Streaming(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Cache-Control", "no-store")
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        for _ in range(EVENTS):
            time.sleep(PAUSE)
            event = b"data: %.6f\n\n" % time.monotonic()
            self.wfile.write(b"%x\r\n%s\r\n" % (len(event), event))
        # The last event is not the end: what follows would send it at once.
        time.sleep(PAUSE)
        self.wfile.write(b"0\r\n\r\n")

    def log_message(self, *_):
        pass


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def started(name, server, options=""):
    """Starts HAProxy before the port `server`, and returns its ports: clear text, TLS, HTTP/2 in clear text."""
    ports = [free_port() for _ in range(3)]
    with open(f"{folder}/{name}", "w") as file:
        file.write(f"""
defaults
    mode http
    timeout connect 5s
    timeout client 50s
    timeout server 50s
    {options}
listen all
    bind 127.0.0.1:{ports[0]}
    bind 127.0.0.1:{ports[1]} ssl crt {folder}/both
    bind 127.0.0.1:{ports[2]} proto h2
    server one 127.0.0.1:{server}
""")
    processes.append(subprocess.Popen([haproxy, "-db", "-f", f"{folder}/{name}"], stderr=subprocess.DEVNULL))
    for _ in range(100):
        try:
            socket.create_connection(("127.0.0.1", ports[2]), timeout=1).close()
            break
        except OSError:
            time.sleep(0.1)
    return ports


def lateness(port, tls=False, http2=False):
    """The median of how many milliseconds late an event comes."""
    client = socket.create_connection(("127.0.0.1", port), timeout=20)
    if tls:
        context = ssl.create_default_context()
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
        client = context.wrap_socket(client)
    if http2:
        # Preface, SETTINGS, and HEADERS with END_STREAM and END_HEADERS: GET, http, /, localhost (RFC 7541, appendix A).
        head = b"\x82\x86\x84\x01\x09localhost"
        client.sendall(b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + b"\0\0\0\4\0\0\0\0\0")
        client.sendall(len(head).to_bytes(3, "big") + b"\1\5\0\0\0\1" + head)
    else:
        client.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")
    late = []
    with client:
        while len(late) < EVENTS:
            read = client.recv(4096)
            now = time.monotonic()
            late += [(now - float(at)) * 1000 for at in re.findall(rb"data: ([0-9.]+)\n\n", read)]
            if not read:
                break
    return statistics.median(late)


server = ThreadingHTTPServer(("127.0.0.1", 0), Streaming)
server.handle_error = lambda *_: None  # A client that has gone.
threading.Thread(target=server.serve_forever, daemon=True).start()
processes = []
try:
    clear, tls, http2 = started("inner", server.server_port)
    outer_clear, _, outer_http2 = started("outer", clear)
    at_once, _, _ = started("without-delay", server.server_port, "option http-no-delay")
    ways = {
        "directly": lambda: lateness(server.server_port),
        "HTTP/1.1": lambda: lateness(clear),
        "HTTP/1.1 with TLS": lambda: lateness(tls, tls=True),
        "HTTP/2": lambda: lateness(http2, http2=True),
        "two in a row, HTTP/1.1": lambda: lateness(outer_clear),
        "two in a row, HTTP/2": lambda: lateness(outer_http2, http2=True),
        "HTTP/1.1, http-no-delay": lambda: lateness(at_once),
    }
    took = {}
    for way, measure in ways.items():
        took[way] = measure()
        print(f"{way:34}{took[way]:6.0f} ms late", flush=True)
finally:
    for process in processes:
        process.terminate()
        process.wait()
with_tls = "late" if version == "13" else "at once"
expected = {"directly": "at once", "HTTP/1.1": "late", "HTTP/1.1 with TLS": with_tls, "HTTP/2": "at once",
            "two in a row, HTTP/1.1": "twice as late", "two in a row, HTTP/2": "late", "HTTP/1.1, http-no-delay": "at once"}
seen = {way: "at once" if late < 100 else "late" if 180 < late < 350 else "twice as late" for way, late in took.items()}
sys.exit(seen != expected)
PY
for version in 12 13; do
  "$folder/$version/haproxy" -v | head -n 1
  python3 "$folder/look.py" "$folder/$version/haproxy" "$folder" "$version" || {
    echo "this is no longer so" >&2
    exit 1
  }
done
