#!/usr/bin/env bash
# After an outage of 10 s a stream that was kept gets its next event about 6 s later than one that was opened anew.
#
# A server writes an event each 0.1 s, and the network loses everything for 5 s, and then for 10 s. Nothing is reset and both
# ends keep their connection. TCP sends the first lost packet again after a fraction of a second, and doubles that time after
# each try in vain (RFC 6298, section 5.5). When the network is back, the next try may be as far away as the outage was long.
# A client that takes 2 s of silence for a loss, and gives a new connection 2 s too, asks again and again and is back at once.
# One that has no limit for its new connection is between the two: TCP doubles the time between those tries as well, in Linux
# since 6.5 only after the first four, a second apart.
#
# Who should care: everybody who takes "TCP delivers it in the end" for "as soon as the network is back", and everybody who
# sets the time-outs of a client. Remedies: heartbeats more often than users tolerate silence, and a client that opens its
# stream again when they stop. On the server, since Linux 6.15, a lower net.ipv4.tcp_rto_max_ms.
#
# The network is made in namespaces of the script's own, with vde2's wirefilter. Needs Linux with vde2, iproute2, Python 3, and
# root. Takes a minute. Exits with 0 if it is still so.
set -euo pipefail

if [ "${1:-}" != inside ]; then
  folder=$(mktemp -d)
  trap 'rm -rf "$folder"' EXIT
  trap 'exit 1' INT TERM
  timeout 110 unshare --net bash "$(readlink -f "$0")" inside "$folder"
  exit
fi
cd "$2"

cat >server.py <<'PY'
import socket, threading, time

def serve(connection):
    try:
        while True:
            connection.sendall(b"x")
            time.sleep(0.1)
    except OSError:
        pass

with socket.create_server(("10.9.0.2", 80), backlog=100) as server:
    print("listening", flush=True)
    while True:
        threading.Thread(target=serve, args=server.accept()[:1], daemon=True).start()
PY

cat >clients.py <<'PY'
import socket, sys, threading, time

SERVER = ("10.9.0.2", 80)

def lose(percent):
    with socket.socket(socket.AF_UNIX) as console:
        console.connect("console")
        console.sendall(b"loss %d\n" % percent)
        answer = b""
        while b"Success" not in answer:
            answer += console.recv(4096)

class Client(threading.Thread):
    """Reads a stream, and opens it again after that much silence; None is for ever."""

    def __init__(self, silence, connect):
        super().__init__(daemon=True)
        self.silence, self.connect = silence, connect
        self.restored = self.back = None
        self.reads = threading.Event()

    def run(self):
        while self.back is None:
            try:
                with socket.create_connection(SERVER, timeout=self.connect) as stream:
                    stream.settimeout(self.silence)
                    while self.back is None and stream.recv(1):
                        self.reads.set()
                        if self.restored is not None:
                            self.back = time.monotonic()
            except OSError:
                time.sleep(0.05)

def after(outage):
    """How long after an outage each client reads again: one that keeps its stream, and two that do not."""
    clients = [Client(None, None), Client(2, 2), Client(2, None)]
    for client in clients:
        client.start()
    for client in clients:
        client.reads.wait()
    lose(100)
    time.sleep(outage)
    lose(0)
    restored = time.monotonic()
    for client in clients:
        client.restored = restored
    for client in clients:
        client.join(40)
    return [client.back - restored for client in clients]

said = []
for outage in (5, 10):
    kept, anew, patient = after(outage)
    print(f"outage of {outage} s: the next event came after another {kept:.1f} s to who kept its stream, "
          f"{anew:.1f} s to who opened it anew with a limit of 2 s, {patient:.1f} s without a limit")
    said.append(kept)
    assert kept > 1.5, "the kept stream was expected to wait"
    assert anew < 1.2, "the new stream was expected at once"
    assert patient < kept, "the new stream without a limit was expected before the kept one"
assert said[1] > 4, "the longer the outage, the longer the kept stream was expected to wait"
PY

started=()
trap 'kill "${started[@]}" 2>/dev/null' EXIT
trap 'exit 1' INT TERM
unshare --net sleep 110 &
started+=("$!")
there=(nsenter -t "$!" -n)
until [ "$("${there[@]}" readlink /proc/self/ns/net)" != "$(readlink /proc/self/ns/net)" ]; do sleep 0.05; done
dpipe vde_plug tap://near = wirefilter -d 20 -M "$PWD/console" = "${there[@]}" vde_plug tap://far >/dev/null 2>&1 &
started+=("$!")
until ip link show near && "${there[@]}" ip link show far; do sleep 0.05; done >/dev/null 2>&1
ip link set lo up
ip addr add 10.9.0.1/24 dev near
ip link set near up
"${there[@]}" ip addr add 10.9.0.2/24 dev far
"${there[@]}" ip link set far up
"${there[@]}" python3 server.py >up &
started+=("$!")
until [ -s up ]; do sleep 0.05; done
python3 clients.py
