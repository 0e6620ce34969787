#!/usr/bin/env bash
# wirefilter without loss loses packets of odd sizes, if they come in bursts through ordinary pipes.
#
# Processes of vde2 pass a packet through a pipe as its length in two bytes, followed by its bytes; dpipe makes the pipes.
# wirefilter reads 2,048 bytes at a time. If many packets wait, a read ends anywhere. If it ends between the two bytes of a
# length, wirefilter takes the second byte from behind what it has read, so the length is wrong. It then writes "Packet length
# error", if at all, and drops the rest of that read, and often of the next ones. Nothing else says so: its loss is 0, and the
# interfaces count no error. In a burst of equal packets that happens only if their size is odd, since a read has an even number
# of bytes; in traffic of mixed sizes it may hit every packet. How many are lost depends on what was behind the read: seen from
# none to 246 of a burst of 337.
#
# Who should care: everybody who measures protocols over wirefilter, above all its loss: TCP then sends again what the network
# that was asked for had not lost. Remedy: pipes that keep packets apart (O_DIRECT of pipe(2), since Linux 3.4), which the
# script tries too. dpipe cannot make them, but a program that sets the flag on its output before it starts vde_plug can.
#
# The network is made in namespaces of the script's own. Each size from 150 to 250 bytes gets three bursts of 337 UDP packets.
# Needs Debian 12 (apt, which downloads vde2 2.3.2 into a temporary folder and installs nothing), iproute2, Python 3, and root.
# Takes half a minute. Exits with 0 if it is still so.
set -euo pipefail

if [ "${1:-}" != inside ]; then
  folder=$(mktemp -d)
  trap 'rm -rf "$folder"' EXIT
  trap 'exit 1' INT TERM
  (cd "$folder" && apt-get -q -o APT::Sandbox::User=root download vde-wirefilter vde2 libvdeplug2) >/dev/null
  for package in "$folder"/*.deb; do
    basename "$package"
    dpkg-deb -x "$package" "$folder/root"
  done
  LD_LIBRARY_PATH=$(find "$folder/root" -name '*.so*' -exec dirname {} + | sort -u | tr '\n' ':')
  export LD_LIBRARY_PATH PATH="$folder/root/usr/bin:$PATH"
  timeout 110 unshare --net bash "$(readlink -f "$0")" inside "$folder"
  exit
fi
cd "$2"

cat >look.py <<'PY'
import ctypes, os, socket, subprocess, sys, time

there = sys.argv[1:]
SIZES = range(150, 251)
ROUNDS = 3
COUNT = 337
HEADERS = 14 + 20 + 8  # of Ethernet, IP and UDP
SO_RCVBUFFORCE = 33


class Wire:
    """plug = wirefilter = plug, as dpipe connects them, by pipes of pipe2(2) with these flags."""

    def __init__(self, name, flags):
        self.said = open(f"{name}.log", "w+")
        there_in, there_out, back_in, back_out = pipes = [os.pipe2(flags) for _ in range(4)]
        self.processes = [
            self.start(["vde_plug", f"tap://{name}"], back_out[0], there_in[1]),
            self.start(["wirefilter", "-l", "0"], there_in[0], back_out[1],
                       {"ALTERNATE_STDIN": back_in[0], "ALTERNATE_STDOUT": there_out[1]}),
            self.start([*there, "vde_plug", f"tap://{name}"], there_out[0], back_in[1]),
        ]
        for end in sum(pipes, ()):
            os.close(end)
        for words, address in ([], "10.9.0.1/24"), (there, "10.9.0.2/24"):
            link = [*words, "ip", "link", "show", name]
            while subprocess.call(link, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL):
                time.sleep(0.05)
            subprocess.check_call([*words, "ip", "addr", "add", address, "dev", name])
            subprocess.check_call([*words, "ip", "link", "set", name, "up"])

    def start(self, command, stdin, stdout, more={}):
        variables = {name: str(end) for name, end in more.items()}
        return subprocess.Popen(command, stdin=stdin, stdout=stdout, stderr=self.said,
                                env=dict(os.environ, **variables), pass_fds=more.values())

    def end(self):
        for process in self.processes:
            process.kill()
            process.wait()


def receiver_there():
    """A socket of the other namespace, with room for all packets of a burst."""
    enter = ctypes.CDLL(None).setns
    with open("/proc/self/ns/net") as home, open(f"/proc/{there[2]}/ns/net") as far:
        assert enter(far.fileno(), 0) == 0
        receiver = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        assert enter(home.fileno(), 0) == 0
    receiver.setsockopt(socket.SOL_SOCKET, SO_RCVBUFFORCE, 1 << 23)
    receiver.bind(("0.0.0.0", 5000))
    receiver.settimeout(1)
    return receiver


def lost(sender, receiver, size):
    """How many of a burst of packets of this size do not come."""
    for _ in range(COUNT):
        sender.send(bytes(size - HEADERS))
    came = 0
    try:
        while came < COUNT:
            came += len(receiver.recv(2048)) == size - HEADERS
    except TimeoutError:
        pass
    return COUNT - came


receiver = receiver_there()
seen = {}
for kind, flags in ("ordinary", 0), ("O_DIRECT", os.O_DIRECT):
    wire = Wire(kind, flags)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sender:
        sender.connect(("10.9.0.2", 5000))
        sender.send(bytes(1))  # so that the address is known
        receiver.recv(2048)
        losses = {size: [lost(sender, receiver, size) for _ in range(ROUNDS)] for size in SIZES}
    wire.end()
    for parity, name in (1, "odd"), (0, "even"):
        bursts = [burst for size in SIZES if size % 2 == parity for burst in losses[size]]
        seen[kind, name] = sum(bursts)
        print(f"{kind} pipes, {name:4} sizes: lost {sum(bursts):5} of {len(bursts) * COUNT} packets, "
              f"in {sum(map(bool, bursts)):2} of {len(bursts)} bursts, at most {max(bursts):3} of {COUNT}")
    wire.said.seek(0)
    print(f"{kind} pipes, what wirefilter said: {wire.said.read().count('Packet length error')} times \"Packet length error\"")
sys.exit(not (seen.pop(("ordinary", "odd")) > 0 and not any(seen.values())))
PY
started=()
trap 'kill "${started[@]}" 2>/dev/null' EXIT
trap 'exit 1' INT TERM
unshare --net sleep 110 &
started+=("$!")
there=(nsenter -t "$!" -n)
until [ "$("${there[@]}" readlink /proc/self/ns/net)" != "$(readlink /proc/self/ns/net)" ]; do sleep 0.05; done
ip link set lo up
python3 look.py "${there[@]}" || {
  echo "changed: packets of odd sizes were expected to be lost, by ordinary pipes only" >&2
  exit 1
}
