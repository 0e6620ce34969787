#!/bin/sh
# HAProxy compresses an event stream event by event, and each event ends one or two bytes too early for anybody to see it.
#
# A server writes an event each half second, as one chunk, behind HAProxy 2.6.12 with `compression algo gzip` for
# text/event-stream. A chunk leaves HAProxy at once for each event, so a trace of the network looks right. But what a client can
# decompress of it ends before the empty line that ends the event; the rest comes with the next one. An event source shows an
# event when it has read that empty line. So each event is shown when the next one comes, however long that takes, and the last
# one at the end of the stream. The same client without `Accept-Encoding: gzip`, as `curl` is, gets each event at once, and so do
# all clients of HAProxy 3.0.11 (Debian 13).
#
# Who should care: everybody who compresses behind HAProxy by type: a value that changes rarely is always one value old. Remedy:
# leave text/event-stream out of `compression type`.
#
# Needs Debian 12 (apt, which downloads HAProxy into a temporary folder and installs nothing) and Python 3. Takes half a minute.
# Exits with 0 if it is still so.
set -eu

version=2.6.12-1+deb12u4
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
trap 'exit 1' INT TERM

(cd "$folder" && apt-get -q -o APT::Sandbox::User=root download "haproxy=$version" liblua5.3-0 libopentracing-c-wrapper0 \
  libopentracing1) >/dev/null
for package in "$folder"/*.deb; do
  dpkg-deb -x "$package" "$folder/root"
done
LD_LIBRARY_PATH=$(find "$folder/root" -name '*.so*' -exec dirname {} + | sort -u | tr '\n' ':')
export LD_LIBRARY_PATH
haproxy="$folder/root/usr/sbin/haproxy"
"$haproxy" -v | head -n 1

cat >"$folder/look.py" <<'PY'
import socket, subprocess, sys, threading, time, zlib
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

EVENTS, PAUSE = 6, 0.5
haproxy, folder = sys.argv[1:]


class Streaming(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        for number in range(EVENTS):
            event = b"data: event no. %03d\n\n" % number
            sent.append(time.monotonic())
            self.wfile.write(b"%x\r\n%s\r\n" % (len(event), event))
            time.sleep(PAUSE)
        self.wfile.write(b"0\r\n\r\n")

    def log_message(self, *_):
        pass


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def look(port, encoding):
    """How late something of each event comes, and how late its empty line, in seconds."""
    sent.clear()
    connection = HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request("GET", "/", headers={"Accept-Encoding": encoding})
    answer = connection.getresponse()
    gzip = zlib.decompressobj(31) if answer.getheader("Content-Encoding") == "gzip" else None
    begun, ended, text = [], [], b""
    while part := answer.read1(4096):
        text += gzip.decompress(part) if gzip else part
        now = time.monotonic()
        begun += [now - sent[i] for i in range(len(begun), text.count(b"data: "))]
        ended += [now - sent[i] for i in range(len(ended), text.count(b"\n\n"))]
    return begun, ended


server = ThreadingHTTPServer(("127.0.0.1", 0), Streaming)
server.handle_error = lambda *_: None  # A client that has gone.
threading.Thread(target=server.serve_forever, daemon=True).start()
sent = []
port = free_port()
with open(f"{folder}/configuration", "w") as file:
    file.write(f"""
defaults
    mode http
    timeout connect 5s
    timeout client 50s
    timeout server 50s
    option http-no-delay
listen all
    bind 127.0.0.1:{port}
    compression algo gzip
    compression type text/event-stream
    server one 127.0.0.1:{server.server_port}
""")
process = subprocess.Popen([haproxy, "-db", "-f", f"{folder}/configuration"], stderr=subprocess.DEVNULL)
try:
    for _ in range(100):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            break
        except OSError:
            time.sleep(0.1)
    seen = {}
    for encoding in ("identity", "gzip"):
        begun, ended = seen[encoding] = look(port, encoding)
        print(f"{encoding:9} seconds until an event begins: {' '.join(f'{late:.1f}' for late in begun)}"
              f"; until its empty line: {' '.join(f'{late:.1f}' for late in ended)}")
finally:
    process.terminate()
    process.wait()
at_once = max(seen["identity"][1] + seen["gzip"][0]) < PAUSE * 0.6
one_late = min(seen["gzip"][1]) > PAUSE * 0.8
sys.exit(not (at_once and one_late and len(seen["gzip"][1]) == EVENTS))
PY
python3 "$folder/look.py" "$haproxy" "$folder" || {
  echo "this is no longer so" >&2
  exit 1
}
