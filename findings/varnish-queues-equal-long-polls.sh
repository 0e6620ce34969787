#!/bin/sh
# Varnish makes equal long polls wait for one another, whatever `Cache-Control: no-store` says.
#
# Ten clients ask for the same address at the same time, and the server holds each request for 3 s. Varnish sends one of the
# ten to the server. It sends the others only once that one is answered, because until then it cannot know that the answer
# must not be shared. So nine of ten clients wait twice as long as the server held them, and a client that gives up after its
# own hold fails. Every answer says `no-store`. For two minutes afterwards Varnish remembers that this address must not be
# shared, so a second look finds nothing wrong.
#
# Who should care: everybody who has long polls, or other slow answers, behind Varnish without `return (pass)` in vcl_recv
# for them.
#
# Needs Debian 12 (apt, which downloads Varnish into a temporary folder and installs nothing), gcc and Python 3. Takes half a
# minute. Exits with 0 if it is still so.
set -eu

version=7.1.1-2+deb12u1
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
trap 'exit 1' INT TERM

(cd "$folder" && apt-get -q -o APT::Sandbox::User=root download "varnish=$version" "libvarnishapi3=$version" libjemalloc2) >/dev/null
for package in "$folder"/*.deb; do
  dpkg-deb -x "$package" "$folder/root"
done
libraries=$(find "$folder/root" -name '*.so*' -exec dirname {} + | sort -u | tr '\n' ':')
export LD_LIBRARY_PATH="$libraries"
varnishd="$folder/root/usr/sbin/varnishd"
"$varnishd" -V 2>&1 | head -n 1

cat >"$folder/look.py" <<'PY'
import socket, subprocess, sys, threading, time
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

HOLD, CLIENTS = 3, 10
varnishd, folder = sys.argv[1:]
came = []


class Holding(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        if self.path != "/ready":
            came.append(time.monotonic())
            time.sleep(HOLD)
        self.send_response(200)
        self.send_header("Cache-Control", "no-store")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_):
        pass


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def ask(path, took):
    start = time.monotonic()
    connection = HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request("GET", path)
    connection.getresponse().read()
    took.append(time.monotonic() - start)


def ask_at_once(paths):
    came.clear()
    took = []
    clients = [threading.Thread(target=ask, args=(path, took)) for path in paths]
    for client in clients:
        client.start()
    for client in clients:
        client.join()
    at_first = sum(at - came[0] < HOLD - 0.5 for at in came)
    late = sum(each > HOLD + 2 for each in took)
    print(f"{at_first} of {CLIENTS} reached the server in the first {HOLD} s; {late} clients waited over {HOLD + 2} s")
    return at_first, late


server = ThreadingHTTPServer(("127.0.0.1", 0), Holding)
server.request_queue_size = 64
threading.Thread(target=server.serve_forever, daemon=True).start()
port = free_port()
varnish = subprocess.Popen(
    [varnishd, "-F", "-j", "none", "-n", folder + "/work", "-a", f"127.0.0.1:{port}",
     "-b", f"127.0.0.1:{server.server_address[1]}", "-s", "malloc,16m"],
    stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
try:
    for _ in range(100):
        try:
            ask("/ready", [])
            break
        except OSError:
            time.sleep(0.1)
    print("equal addresses:     ", end="")
    equal = ask_at_once(["/poll?seen=7"] * CLIENTS)
    print("the same, once more: ", end="")
    again = ask_at_once(["/poll?seen=7"] * CLIENTS)
    print("one word of its own each: ", end="")
    different = ask_at_once([f"/poll?seen=7&tab={client}" for client in range(CLIENTS)])
finally:
    varnish.terminate()
    varnish.wait()
sys.exit(0 if equal == (1, CLIENTS - 1) and again == (CLIENTS, 0) and different == (CLIENTS, 0) else 1)
PY
python3 "$folder/look.py" "$varnishd" "$folder" && status=0 || status=1
[ "$status" = 0 ] && echo "still so" || echo "no longer so"
exit "$status"
