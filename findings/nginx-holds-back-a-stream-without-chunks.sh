#!/bin/sh
# nginx passes on an event stream event by event, or holds back all of it: it depends on whether the server sends chunks.
#
# A server writes one event of 20 bytes each half second, for five seconds, behind an nginx with its defaults, so
# `proxy_buffering` is on. If the answer comes in chunks, each event reaches the client at once, although it should be
# buffered. If it comes without chunks, up to the end of the connection, nothing is passed on until the server has ended: not
# the events, not even the status line. `proxy_pass` alone makes this nginx speak HTTP/1.0 to the server, and HTTP/1.0 has no
# chunks. So `proxy_http_version 1.1` looks like the cure, but is one only if the server then sends chunks.
#
# Who should care: everybody who streams through nginx and found that it works without `proxy_buffering off`. A server or a
# framework that stops sending chunks, or an HTTP/1.0 hop, makes the stream silent.
#
# Needs Debian 12 (apt, which downloads nginx into a temporary folder and installs nothing) and Python 3. Takes half a
# minute. Exits with 0 if it is still so.
set -eu

version=1.22.1-9+deb12u11
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
trap 'exit 1' INT TERM

(cd "$folder" && apt-get -q -o APT::Sandbox::User=root download "nginx=$version") >/dev/null
dpkg-deb -x "$folder"/nginx_*.deb "$folder/root"
nginx="$folder/root/usr/sbin/nginx"
"$nginx" -v

cat >"$folder/look.py" <<'PY'
import os, socket, subprocess, sys, threading, time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

EVENTS, PAUSE = 10, 0.5
nginx, folder = sys.argv[1:]


class Streaming(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        chunks = self.path.endswith("/chunks") and self.request_version == "HTTP/1.1"
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Cache-Control", "no-store")
        self.send_header(*(("Transfer-Encoding", "chunked") if chunks else ("Connection", "close")))
        self.end_headers()
        for number in range(EVENTS):
            event = b"data: event no. %03d\n\n" % number
            self.wfile.write(b"%x\r\n%s\r\n" % (len(event), event) if chunks else event)
            time.sleep(PAUSE)
        if chunks:
            self.wfile.write(b"0\r\n\r\n")
        self.close_connection = True

    def log_message(self, *_):
        pass


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def first_byte(port, path):
    with socket.create_connection(("127.0.0.1", port), timeout=30) as client:
        start = time.monotonic()
        client.sendall(b"GET %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n" % path.encode())
        client.recv(1)
        took = time.monotonic() - start
        while client.recv(4096):
            pass
        return took


server = ThreadingHTTPServer(("127.0.0.1", 0), Streaming)
threading.Thread(target=server.serve_forever, daemon=True).start()
port = free_port()
temporary = " ".join(f"{kind}_temp_path {folder}/{kind};" for kind in
                     ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
with open(f"{folder}/nginx.conf", "w") as file:
    file.write(f"""
daemon off; worker_processes 1; pid {folder}/pid; error_log {folder}/error.log;
events {{}}
http {{
  access_log off; {temporary}
  server {{
    listen 127.0.0.1:{port};
    location /1.0/ {{ proxy_pass http://127.0.0.1:{server.server_port}; }}
    location /1.1/ {{ proxy_pass http://127.0.0.1:{server.server_port}; proxy_http_version 1.1; }}
  }}
}}
""")
process = subprocess.Popen([nginx, "-p", folder, "-e", f"{folder}/error.log", "-c", f"{folder}/nginx.conf"])
try:
    for _ in range(100):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            break
        except OSError:
            time.sleep(0.1)
    took = {}
    for path, what in (("/1.1/chunks", "HTTP/1.1 with chunks"), ("/1.1/close", "HTTP/1.1 without chunks"),
                       ("/1.0/chunks", "HTTP/1.0 (nginx's default here)")):
        took[path] = first_byte(port, path)
        print(f"{what}: first byte of the answer after {took[path]:.1f} s")
finally:
    process.terminate()
    process.wait()
whole = EVENTS * PAUSE
sys.exit(not (took["/1.1/chunks"] < whole / 2 and min(took["/1.1/close"], took["/1.0/chunks"]) > whole * 0.8))
PY
python3 "$folder/look.py" "$nginx" "$folder"
echo "nginx still holds back a stream that has no chunks, and passes on one that has"
