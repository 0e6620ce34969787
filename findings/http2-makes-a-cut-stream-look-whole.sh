#!/bin/sh
# A stream that a dead server left unfinished looks finished to clients of HTTP/2, behind HAProxy, Varnish, lighttpd and Caddy.
#
# A server sends the beginning of a chunked answer and closes the connection, as it does when it is killed. By HTTP/1.1 the
# client can tell: the last chunk is missing. nginx 1.22.1 tells it by HTTP/2 too, with RST_STREAM and an error code. HAProxy
# 2.6.12, Varnish 7.1.1 and lighttpd 1.4.69 cut the stream of a client of HTTP/1.1, but to a client of HTTP/2 they send
# END_STREAM (or RST_STREAM with NO_ERROR), which ends an answer that is whole (RFC 9113, section 8.1). Caddy 2.6.2 says that it
# is whole in both protocols. So the same client, behind the same proxy, sees an error by HTTP/1.1 and a complete answer by
# HTTP/2, which is what browsers speak as soon as there is TLS. Of the versions of Debian 13, Varnish 7.7.0 and lighttpd 1.4.79
# do the same, and HAProxy 3.0.11 sends an error.
#
# Who should care: everybody who reads streams with `fetch`: `done` does not mean that the server said everything. Clients that
# return after a cut but not after an end (one is in event-sources-that-never-return.sh) are lost with the first server that
# dies. Remedy: the last line or event says that it is the last.
#
# Needs Debian 12 (apt, which downloads the proxies into a temporary folder and installs nothing), gcc for Varnish, and
# Python 3. Takes a minute. Exits with 0 if it is still so.
set -eu

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
trap 'exit 1' INT TERM

(cd "$folder" && apt-get -q -o APT::Sandbox::User=root download nginx=1.22.1-9+deb12u11 haproxy=2.6.12-1+deb12u4 \
  lighttpd=1.4.69-1 varnish=7.1.1-2+deb12u1 libvarnishapi3=7.1.1-2+deb12u1 caddy=2.6.2-5 libjemalloc2 liblua5.3-0 \
  libopentracing-c-wrapper0 libopentracing1 libnettle8) >/dev/null
for package in "$folder"/*.deb; do
  dpkg-deb -x "$package" "$folder/root"
done
LD_LIBRARY_PATH=$(find "$folder/root" -name '*.so*' -exec dirname {} + | sort -u | tr '\n' ':')
export LD_LIBRARY_PATH

cat >"$folder/look.py" <<'PY'
import os, socket, subprocess, sys, threading, time
from socketserver import StreamRequestHandler, ThreadingTCPServer

folder = sys.argv[1]
root = folder + "/root"


class Dying(StreamRequestHandler):
    def handle(self):
        while self.rfile.readline() not in (b"\r\n", b""):
            pass
        self.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nCache-Control: no-store\r\n"
                         b"Transfer-Encoding: chunked\r\n\r\n9\r\ndata: 1\n\n\r\n")
        time.sleep(1)


class Server(ThreadingTCPServer):
    allow_reuse_address, daemon_threads = True, True


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def written(name, text):
    with open(f"{folder}/{name}", "w") as file:
        file.write(text)
    return f"{folder}/{name}"


def nginx(port, port2, server):
    temporary = " ".join(f"{kind}_temp_path {folder}/{kind};" for kind in
                         ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
    return [f"{root}/usr/sbin/nginx", "-p", folder, "-e", f"{folder}/error.log", "-c", written("nginx", f"""
daemon off; worker_processes 1; pid {folder}/pid; error_log {folder}/error.log; events {{}}
http {{ access_log off; {temporary}
  server {{ listen 127.0.0.1:{port}; listen 127.0.0.1:{port2} http2;
    location / {{ proxy_pass http://127.0.0.1:{server}; proxy_http_version 1.1; }} }} }}""")]


def haproxy(port, port2, server):
    return [f"{root}/usr/sbin/haproxy", "-db", "-f", written("haproxy", f"""
defaults
    mode http
    timeout connect 5s
    timeout client 50s
    timeout server 50s
listen all
    bind 127.0.0.1:{port}
    bind 127.0.0.1:{port2} proto h2
    server one 127.0.0.1:{server}
""")]


def varnish(port, port2, server):
    return [f"{root}/usr/sbin/varnishd", "-F", "-j", "none", "-n", f"{folder}/work", "-a", f"127.0.0.1:{port}",
            "-a", f"127.0.0.1:{port2}", "-b", f"127.0.0.1:{server}", "-s", "malloc,16m", "-p", "feature=+http2"]


def lighttpd(port, port2, server):
    return [f"{root}/usr/sbin/lighttpd", "-D", "-m", f"{root}/usr/lib/lighttpd", "-f", written("lighttpd", f"""
server.document-root = "{folder}"
server.bind = "127.0.0.1"
server.port = {port}
server.errorlog = "{folder}/lighttpd.log"
server.modules = ("mod_proxy")
server.stream-response-body = 1
server.feature-flags += ("server.h2proto" => "enable", "server.h2c" => "enable")
$SERVER["socket"] == "127.0.0.1:{port2}" {{ }}
proxy.server = ("/" => (("host" => "127.0.0.1", "port" => {server})))
""")]


def caddy(port, port2, server):
    return [f"{root}/usr/bin/caddy", "run", "--adapter", "caddyfile", "--config", written("Caddyfile", f"""
{{
    admin off
    auto_https off
    servers {{
        protocols h1 h2c
    }}
}}
http://:{port}, http://:{port2} {{
    bind 127.0.0.1
    reverse_proxy 127.0.0.1:{server}
}}
""")]


def connected(port):
    for _ in range(100):
        try:
            return socket.create_connection(("127.0.0.1", port), timeout=10)
        except OSError:
            time.sleep(0.1)
    raise SystemExit(f"nothing listens on {port}")


def by_http1(port):
    with connected(port) as client:
        client.sendall(b"GET /1 HTTP/1.1\r\nHost: localhost\r\n\r\n")
        read = b""
        while not read.endswith(b"\r\n0\r\n\r\n"):
            more = client.recv(4096)
            if not more:
                return "cut" if b"data: 1" in read else "no answer"
            read += more
        return "whole" if b"data: 1" in read else "no answer"


def by_http2(port):
    """How stream 1 ends, by the frame that ends it."""
    with connected(port) as client, client.makefile("rb") as frames:
        # Preface, SETTINGS, and HEADERS with END_STREAM and END_HEADERS: GET, http, /2, localhost (RFC 7541, appendix A).
        head = b"\x82\x86\x04\x02/2\x01\x09localhost"
        client.sendall(b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + b"\0\0\0\4\0\0\0\0\0")
        client.sendall(len(head).to_bytes(3, "big") + b"\1\5\0\0\0\1" + head)
        read = b""
        while True:
            frame = frames.read(9)
            if len(frame) < 9:
                return "cut"
            payload = frames.read(int.from_bytes(frame[:3], "big"))
            kind, flags, stream = frame[3], frame[4], int.from_bytes(frame[5:], "big")
            read += payload
            if stream == 1 and kind == 3:
                error = int.from_bytes(payload, "big")
                return f"cut, error {error}" if error else "whole"
            if stream == 1 and kind in (0, 1) and flags & 1:
                return "whole" if b"data: 1" in read else "no answer"


server = Server(("127.0.0.1", 0), Dying)
threading.Thread(target=server.serve_forever, daemon=True).start()
environment = dict(os.environ, HOME=folder, XDG_DATA_HOME=folder, XDG_CONFIG_HOME=folder)
seen = {}
for proxy in (nginx, haproxy, varnish, lighttpd, caddy):
    port, port2 = free_port(), free_port()
    process = subprocess.Popen(proxy(port, port2, server.server_address[1]), env=environment,
                               stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        connected(port2).close()
        time.sleep(1)
        seen[proxy.__name__] = by_http1(port), by_http2(port2)
        print("{:10} HTTP/1.1: {:10} HTTP/2: {}".format(proxy.__name__, *seen[proxy.__name__]), flush=True)
    finally:
        process.terminate()
        process.wait()
expected = {"nginx": ("cut", "cut, error 2"), "caddy": ("whole", "whole")}
sys.exit(any(how != expected.get(proxy, ("cut", "whole")) for proxy, how in seen.items()))
PY
python3 "$folder/look.py" "$folder" || {
  echo "this is no longer so" >&2
  exit 1
}
