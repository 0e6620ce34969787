#!/bin/sh
# One held request makes a graceful restart of lighttpd an outage of nine seconds for everybody else.
#
# lighttpd 1.4.69 takes `SIGUSR1` for a graceful restart: it serves what it has begun, and starts again with its new
# configuration. It does so in one process, one after the other. While it serves the rest, nobody accepts new connections; they
# wait. For short requests that is a blink (0.1 s here). With one request that is held, as behind long polling there always is
# one, or one event stream or WebSocket, new clients wait until lighttpd gives it up: 8 s (server.graceful-shutdown-timeout) and
# a little. Then the held request is cut without an answer too. nginx, HAProxy, Apache, Caddy and h2o of the same Debian serve
# new clients at once in the same situation. lighttpd 1.4.79 (Debian 13) does as 1.4.69.
#
# Who should care: everybody who reloads lighttpd in front of long polls, event streams or WebSockets, for example for a
# certificate. Remedy, which the script tries too: `server.feature-flags = ("server.graceful-restart-bg" => "enable")`, by which
# a new process accepts while the old one ends. A shorter "server.graceful-shutdown-timeout" makes the outage shorter.
#
# Needs Debian 12 (apt, which downloads lighttpd into a temporary folder and installs nothing) and Python 3. Takes half a minute.
# Exits with 0 if it is still so.
set -eu

version=1.4.69-1
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
trap 'exit 1' INT TERM

(cd "$folder" && apt-get -q -o APT::Sandbox::User=root download "lighttpd=$version" libnettle8) >/dev/null
for package in "$folder"/*.deb; do
  dpkg-deb -x "$package" "$folder/root"
done
LD_LIBRARY_PATH=$(find "$folder/root" -name '*.so*' -exec dirname {} + | sort -u | tr '\n' ':')
export LD_LIBRARY_PATH
"$folder/root/usr/sbin/lighttpd" -v | head -n 1

cat >"$folder/look.py" <<'PY'
import signal, socket, subprocess, sys, threading, time
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

folder = sys.argv[1]


class Holding(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        if self.path == "/held":
            time.sleep(25)
        self.send_response(204)
        self.end_headers()

    def log_message(self, *_):
        pass


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def ask(port, path):
    """The status, or None if the connection was closed without one."""
    try:
        connection = HTTPConnection("127.0.0.1", port, timeout=30)
        connection.request("GET", path)
        return connection.getresponse().status
    except OSError:
        return None


def worst_wait(held, options=""):
    """The longest wait of a new client within 3 s of a graceful restart."""
    port = free_port()
    with open(f"{folder}/configuration", "w") as file:
        file.write(f"""
server.document-root = "{folder}"
server.bind = "127.0.0.1"
server.port = {port}
server.errorlog = "{folder}/log"
server.modules = ("mod_proxy")
proxy.server = ("/" => (("host" => "127.0.0.1", "port" => {server.server_port})))
{options}
""")
    process = subprocess.Popen([f"{folder}/root/usr/sbin/lighttpd", "-D", "-m", f"{folder}/root/usr/lib/lighttpd",
                                "-f", f"{folder}/configuration"])
    try:
        for _ in range(100):
            if ask(port, "/") == 204:
                break
            time.sleep(0.1)
        if held:
            threading.Thread(target=ask, args=(port, "/held"), daemon=True).start()
            time.sleep(0.5)
        process.send_signal(signal.SIGUSR1)
        waits = []

        def wait():
            start = time.monotonic()
            while ask(port, "/") != 204:
                time.sleep(0.05)
            waits.append(time.monotonic() - start)

        clients = [threading.Thread(target=wait, daemon=True) for _ in range(15)]
        for client in clients:
            client.start()
            time.sleep(0.2)
        for client in clients:
            client.join()
        return max(waits)
    finally:
        process.kill()
        process.wait()


server = ThreadingHTTPServer(("127.0.0.1", 0), Holding)
server.handle_error = lambda *_: None  # A client that has gone.
threading.Thread(target=server.serve_forever, daemon=True).start()
worst = []
for what, held, flag in (("no request is held", False, ""),
                         ("one is held", True, ""),
                         ("one is held, timeout 1", True, '"server.graceful-shutdown-timeout" => 1'),
                         ("one is held, restart-bg", True, '"server.graceful-restart-bg" => "enable"')):
    worst.append(worst_wait(held, f"server.feature-flags = ({flag})" if flag else ""))
    print(f"{what:24} the longest wait of a new client: {worst[-1]:.1f} s", flush=True)
sys.exit(not (worst[0] < 2 and worst[1] > 7 and worst[2] < 5 and worst[3] < 2))
PY
python3 "$folder/look.py" "$folder" || {
  echo "this is no longer so" >&2
  exit 1
}
