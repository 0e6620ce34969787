#!/bin/sh
# A queue in one direction of wirefilter delays the packets of the other direction, and its jitter adds up.
#
# wirefilter of vde2 imitates a slow, long or lossy wire. As its manual has it, one process stands for the wire: two pipes in, two
# out. It keeps packets in order by one clock: a packet leaves no earlier than every packet before it. That clock is one for both
# directions. So with a rate (`-b`), an acknowledgement waits for the whole queue of the data that goes the other way, about a
# second here, as if the wire were slow in both directions at once. TCP then sees round trips that no network has.
#
# With jitter (`-d 30+25`) the same order makes each packet as late as the latest one before it. Packets that are far apart are
# late by 30 ms on average; packets that are close are late by about 50, since one of them always draws nearly the longest delay.
#
# Who should care: everybody who measures TCP over wirefilter with a rate, or takes its jitter for a mean of nothing. Remedy: one
# process for each direction, as a ring of pipes (`plug <ring | wirefilter | plug | wirefilter >ring`), which the script tries too.
# `-N` gives up the order instead, so that packets overtake each other.
#
# Needs Debian 12 (apt, which downloads vde-wirefilter 2.3.2 into a temporary folder and installs nothing) and Python 3. Needs no
# rights: packets come and go by pipes. Takes 15 seconds. Exits with 0 if it is still so.
set -eu

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
trap 'exit 1' INT TERM

(cd "$folder" && apt-get -q -o APT::Sandbox::User=root download vde-wirefilter libvdeplug2) >/dev/null
for package in "$folder"/*.deb; do
  basename "$package"
  dpkg-deb -x "$package" "$folder/root"
done
LD_LIBRARY_PATH=$(find "$folder/root" -name '*.so*' -exec dirname {} + | sort -u | tr '\n' ':')
export LD_LIBRARY_PATH

cat >"$folder/look.py" <<'PY'
import os, statistics, struct, subprocess, sys, threading, time

program = sys.argv[1]


class Wire:
    """A process of wirefilter for one direction, or for both."""

    def __init__(self, both, *options):
        forth, back = os.pipe(), os.pipe()
        variables = {"ALTERNATE_STDIN": str(back[0]), "ALTERNATE_STDOUT": str(forth[1])} if both else {}
        self.process = subprocess.Popen(
            [program, *options], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            env=dict(os.environ, **variables), pass_fds=(back[0], forth[1]))
        self.ways_in = [self.process.stdin, os.fdopen(back[1], "wb")]
        ways_out = [os.fdopen(forth[0], "rb"), self.process.stdout] if both else [self.process.stdout]
        os.close(back[0])
        os.close(forth[1])
        self.came = [[], []]
        for came, way in zip(self.came, ways_out):
            threading.Thread(target=self.receive, args=(came, way), daemon=True).start()
        time.sleep(0.3)

    @staticmethod
    def receive(came, way):
        """A packet on a pipe is its length in two bytes, and itself. Its first bytes say when it was sent."""
        while len(head := way.read(2)) == 2:
            packet = way.read(struct.unpack(">H", head)[0])
            came.append((time.monotonic() - struct.unpack(">d", packet[:8])[0]) * 1000)

    def send(self, direction, size):
        self.ways_in[direction].write(struct.pack(">Hd", size, time.monotonic()) + bytes(size - 8))
        self.ways_in[direction].flush()

    def late(self, direction, count):
        """How late the packets came, in milliseconds."""
        deadline = time.monotonic() + 10
        while len(self.came[direction]) < count and time.monotonic() < deadline:
            time.sleep(0.01)
        return self.came[direction]

    def end(self):
        self.process.kill()
        self.process.wait()


def answer_beside_a_queue(both):
    """50 packets of 1,500 bytes go one way, at 62,500 bytes a second; then a small one goes the other way."""
    options = ("-d", "10", "-b", "62500")
    wires = [Wire(True, *options)] if both else [Wire(False, *options), Wire(False, *options)]
    for _ in range(50):
        wires[0].send(0, 1500)
    back, direction = (wires[0], 1) if both else (wires[1], 0)
    back.send(direction, 60)
    late = back.late(direction, 1)[0]
    queue = wires[0].late(0, 50)[-1]
    for wire in wires:
        wire.end()
    return late, queue


def mean_delay(seconds_apart):
    """Of 100 packets with a delay of 30 ms, give or take 25."""
    wire = Wire(False, "-d", "30+25")
    for _ in range(100):
        wire.send(0, 60)
        time.sleep(seconds_apart)
    mean = statistics.mean(wire.late(0, 100))
    wire.end()
    return mean


both, queue = answer_beside_a_queue(True)
print(f"a queue of {queue:.0f} ms one way; the other way, by the same process:   {both:6.0f} ms")
alone, queue = answer_beside_a_queue(False)
print(f"a queue of {queue:.0f} ms one way; the other way, by its own process:    {alone:6.0f} ms")
apart = mean_delay(0.06)
print(f"30 ms, give or take 25, of packets 60 ms apart, the mean:            {apart:6.0f} ms")
close = mean_delay(0.001)
print(f"30 ms, give or take 25, of packets 1 ms apart, the mean:             {close:6.0f} ms")
sys.exit(not (both > 500 and alone < 100 and apart < 40 and close > 42))
PY
python3 "$folder/look.py" "$folder/root/usr/bin/wirefilter" || {
  echo "this is no longer so" >&2
  exit 1
}
