#!/bin/sh
# `X-Accel-Buffering: no` reaches the first nginx on the way, and no second one.
#
# A server may tell nginx not to gather an answer, by the header `X-Accel-Buffering: no`, as many servers do with each
# event stream. nginx 1.22.1 obeys and takes the header away. So where two stand in a row, as a container's nginx behind that of
# its host or of a cluster, the inner one passes each event at once and the outer one, which never saw the header, holds the
# stream back to its end. Nothing in the answer shows that the header was ever there. `proxy_pass_header X-Accel-Buffering` at
# the inner one passes it on.
#
# Both are set up with `proxy_pass` alone; where the outer one has `proxy_http_version 1.1`, events pass anyway
# (nginx-holds-back-a-stream-without-chunks.sh), until it compresses them.
#
# Who should care: everybody who relies on that header, and moves behind one nginx more.
#
# Needs Debian 12 (apt, which downloads nginx into a temporary folder and installs nothing) and Python 3. Takes half a minute.
# Exits with 0 if it is still so.
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
import socket, subprocess, sys, threading, time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

EVENTS, PAUSE = 6, 0.5
nginx, folder = sys.argv[1:]


class Streaming(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("X-Accel-Buffering", "no")
        self.end_headers()
        for number in range(EVENTS):
            self.wfile.write(b"data: event no. %03d\n\n" % number)
            time.sleep(PAUSE)

    def log_message(self, *_):
        pass


def free_ports(count):
    probes = [socket.socket() for _ in range(count)]
    for probe in probes:
        probe.bind(("127.0.0.1", 0))
    ports = [probe.getsockname()[1] for probe in probes]
    for probe in probes:
        probe.close()
    return ports


def first_event(port):
    """After how many seconds the first event comes, and whether the header came too."""
    with socket.create_connection(("127.0.0.1", port), timeout=30) as client:
        start = time.monotonic()
        client.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")
        read = b""
        while b"data: " not in read:
            read += client.recv(4096)
        return time.monotonic() - start, b"x-accel-buffering" in read.lower()


server = ThreadingHTTPServer(("127.0.0.1", 0), Streaming)
server.handle_error = lambda *_: None  # A client that has gone.
threading.Thread(target=server.serve_forever, daemon=True).start()
inner, outer, passing, outer_of_passing = free_ports(4)
temporary = " ".join(f"{kind}_temp_path {folder}/{kind};" for kind in
                     ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
with open(f"{folder}/nginx.conf", "w") as file:
    file.write(f"""
daemon off; worker_processes 1; pid {folder}/pid; error_log {folder}/error.log; events {{}}
http {{
  access_log off; {temporary}
  server {{ listen 127.0.0.1:{inner}; location / {{ proxy_pass http://127.0.0.1:{server.server_port}; }} }}
  server {{ listen 127.0.0.1:{outer}; location / {{ proxy_pass http://127.0.0.1:{inner}; }} }}
  server {{
    listen 127.0.0.1:{passing};
    location / {{ proxy_pass http://127.0.0.1:{server.server_port}; proxy_pass_header X-Accel-Buffering; }}
  }}
  server {{ listen 127.0.0.1:{outer_of_passing}; location / {{ proxy_pass http://127.0.0.1:{passing}; }} }}
}}
""")
process = subprocess.Popen([nginx, "-p", folder, "-e", f"{folder}/error.log", "-c", f"{folder}/nginx.conf"])
try:
    for _ in range(100):
        try:
            socket.create_connection(("127.0.0.1", inner), timeout=1).close()
            break
        except OSError:
            time.sleep(0.1)
    seen = []
    for what, port in (("one nginx", inner), ("two in a row", outer), ("two, the inner one passes it on", outer_of_passing)):
        took, header = first_event(port)
        seen.append((took > EVENTS * PAUSE * 0.8, header))
        print(f"{what:32} first event after {took:.1f} s, the header {'is' if header else 'is not'} there")
finally:
    process.terminate()
    process.wait()
sys.exit(seen != [(False, False), (True, False), (False, False)])
PY
python3 "$folder/look.py" "$nginx" "$folder" || {
  echo "this is no longer so" >&2
  exit 1
}
