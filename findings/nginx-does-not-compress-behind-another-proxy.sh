#!/bin/sh
# nginx holds back an event stream when it compresses it, unless another proxy stands in front that says so.
#
# nginx 1.22.1 with `gzip on` for text/event-stream gathers the stream: the client gets nothing until it ends. With a `Via` in
# the request, as Squid and h2o add it, nginx does not compress, and each event passes at once: `gzip_proxied` is `off` by
# default. HAProxy, Varnish and Caddy of the same Debian add no `Via` to what they ask, so behind them it stays silent. So
# the same page shows each event to those who come through their company's proxy, and none to those who come directly; and a
# second proxy that is put in front cures it or not by a header that nobody looks at.
#
# Who should care: everybody who tests a stream from behind another proxy than users have, or who wonders why it works for some.
#
# Needs Debian 12 (apt, which downloads nginx, HAProxy and h2o into a temporary folder and installs nothing) and Python 3. Takes
# half a minute. Exits with 0 if it is still so.
set -eu

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
trap 'exit 1' INT TERM

(cd "$folder" && apt-get -q -o APT::Sandbox::User=root download nginx=1.22.1-9+deb12u11 haproxy=2.6.12-1+deb12u4 \
  h2o=2.2.5+dfsg2-7 liblua5.3-0 libopentracing-c-wrapper0 libopentracing1 libuv1 libwslay1) >/dev/null
for package in "$folder"/*.deb; do
  dpkg-deb -x "$package" "$folder/root"
done
LD_LIBRARY_PATH=$(find "$folder/root" -name '*.so*' -exec dirname {} + | sort -u | tr '\n' ':')
export LD_LIBRARY_PATH

cat >"$folder/look.py" <<'PY'
import socket, subprocess, sys, threading, time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

EVENTS, PAUSE = 6, 0.5
folder = sys.argv[1]
root = folder + "/root"
said = []


class Streaming(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        said.append(self.headers["Via"])
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Cache-Control", "no-store")
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        for number in range(EVENTS):
            event = b"data: event no. %03d\n\n" % number
            self.wfile.write(b"%x\r\n%s\r\n" % (len(event), event))
            time.sleep(PAUSE)
        self.wfile.write(b"0\r\n\r\n")

    def log_message(self, *_):
        pass


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def started(name, arguments, configuration):
    port = free_port()
    with open(f"{folder}/{name}", "w") as file:
        file.write(configuration.replace("PORT", str(port)))
    processes.append(subprocess.Popen([*arguments, f"{folder}/{name}"],
                                      stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL))
    for _ in range(100):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return port
        except OSError:
            time.sleep(0.1)
    raise SystemExit(f"{name} does not listen")


def first_byte(port, more=b""):
    with socket.create_connection(("127.0.0.1", port), timeout=30) as client:
        start = time.monotonic()
        client.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\nAccept-Encoding: gzip\r\n" + more + b"\r\n")
        read = b""
        while not read.partition(b"\r\n\r\n")[2]:
            read += client.recv(4096)
        return time.monotonic() - start


server = ThreadingHTTPServer(("127.0.0.1", 0), Streaming)
server.handle_error = lambda *_: None  # A client that has gone.
threading.Thread(target=server.serve_forever, daemon=True).start()
temporary = " ".join(f"{kind}_temp_path {folder}/{kind};" for kind in
                     ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
processes = []
try:
    nginx = started("nginx", [f"{root}/usr/sbin/nginx", "-p", folder, "-e", f"{folder}/error.log", "-c"], f"""
daemon off; worker_processes 1; pid {folder}/pid; error_log {folder}/error.log; events {{}}
http {{
  access_log off; {temporary}
  gzip on; gzip_types text/event-stream;
  server {{
    listen 127.0.0.1:PORT;
    location / {{
      proxy_pass http://127.0.0.1:{server.server_port}; proxy_http_version 1.1; proxy_set_header Via $http_via;
    }}
  }}
}}
""")
    haproxy = started("haproxy", [f"{root}/usr/sbin/haproxy", "-db", "-f"], f"""
defaults
    mode http
    timeout connect 5s
    timeout client 50s
    timeout server 50s
listen all
    bind 127.0.0.1:PORT
    server one 127.0.0.1:{nginx}
""")
    h2o = started("h2o", [f"{root}/usr/bin/h2o", "-m", "worker", "-c"], f"""
hosts:
  default:
    listen:
      host: 127.0.0.1
      port: PORT
    paths:
      /:
        proxy.reverse.url: http://127.0.0.1:{nginx}/
""")
    took = []
    for what, port, more in (("nginx alone", nginx, b""), ("nginx alone, asked with a Via", nginx, b"Via: 1.1 office\r\n"),
                             ("HAProxy before nginx", haproxy, b""), ("h2o before nginx", h2o, b"")):
        took.append(first_byte(port, more))
        print(f"{what:31} first event after {took[-1]:.1f} s, Via: {said[-1] or 'none'}", flush=True)
finally:
    for process in processes:
        process.terminate()
        process.wait()
whole = EVENTS * PAUSE
late = [each > whole * 0.8 for each in took]
sys.exit(late != [True, False, True, False] or max(took[1], took[3]) > whole / 2)
PY
python3 "$folder/look.py" "$folder" || {
  echo "this is no longer so" >&2
  exit 1
}
