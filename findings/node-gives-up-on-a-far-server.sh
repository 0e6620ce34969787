#!/usr/bin/env bash
# node cannot reach a server that is more than 250 ms away and has a second address that does not answer.
#
# Since version 20 node tries the addresses of a name in turn ("happy eyeballs"). It gives each one but the last 250 ms, node
# 26 gives it 500 ms, and then it closes that attempt. RFC 8305, section 5, lets the attempt go on beside the next one. A TCP
# connection takes one round trip. So over a satellite of 600 ms an address that works is given up. If the last address has no
# route, fetch and http.get fail with ETIMEDOUT (in node 26 fetch says UND_ERR_CONNECT_TIMEOUT), however often they try. The
# usual case is a name that has an IPv6 address too, on a network without IPv6: the system sorts that address last. With one
# address, or at 80 ms, the same program works. curl works in all cases.
#
# Who should care: everybody whose node programs run behind satellite links, slow mobile networks or VPNs. Remedies: node
# --network-family-autoselection-attempt-timeout=5000, or net.setDefaultAutoSelectFamilyAttemptTimeout(5000).
#
# The network is made in namespaces of the script's own, with a delay by vde2's wirefilter. Needs Linux with vde2, iproute2,
# curl, npm, and root. Takes a minute. Exits with 0 if it is still so.
set -euo pipefail

script=$(readlink -f "$0")

# In the namespace of the clients: a server that is $1 ms away in a namespace of its own.
if [ "${1:-}" = at ]; then
  delay=$2
  cd "$3"
  started=()
  trap 'kill "${started[@]}" 2>/dev/null' EXIT
  trap 'exit 1' INT TERM
  unshare --net sleep 100 &
  holder=$!
  started+=("$holder")
  there=(nsenter -t "$holder" -n)
  until [ "$("${there[@]}" readlink /proc/self/ns/net)" != "$(readlink /proc/self/ns/net)" ]; do sleep 0.05; done
  dpipe vde_plug tap://near = wirefilter -d "$((delay / 2))" = "${there[@]}" vde_plug tap://far >/dev/null 2>&1 &
  started+=("$!")
  until ip link show near && "${there[@]}" ip link show far; do sleep 0.05; done >/dev/null 2>&1
  ip link set lo up
  ip addr add 10.9.0.1/24 dev near
  ip link set near up
  "${there[@]}" ip addr add 10.9.0.2/24 dev far
  "${there[@]}" ip link set far up
  "${there[@]}" node22/bin/node -e 'require("http").createServer((_, a) => a.end("ok")).listen(80, () => console.log())' >up &
  started+=("$!")
  until [ -s up ]; do sleep 0.05; done
  rm up

  for addresses in 1 2; do
    echo 10.9.0.2 far.example >hosts
    [ "$addresses" = 1 ] || echo 2001:db8::2 far.example >>hosts
    mount --bind hosts /etc/hosts
    echo "$delay ms, $addresses: curl      $(curl -s -m 20 http://far.example/ || echo "error $?")"
    for node in node22 node26; do
      echo "$delay ms, $addresses: $node    $("$node/bin/node" ask.mjs)"
      [ "$addresses" = 1 ] || echo "$delay ms, $addresses: $node, 5 s $("$node/bin/node" --network-family-autoselection-attempt-timeout=5000 ask.mjs)"
    done
    umount /etc/hosts
  done
  exit 0
fi

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
trap 'exit 1' INT TERM
cd "$folder"
echo '{}' >package.json
timeout 90 npm install --silent --no-audit --no-fund node22@npm:node@22.23.3 node26@npm:node@26.10.0 >npm.log 2>&1 || {
  cat npm.log
  exit 1
}
ln -s node_modules/node22 node_modules/node26 .

cat >ask.mjs <<'JS'
import http from 'node:http';

const url = 'http://far.example/';

/** What became of two tries, one after another. */
async function tries(ask) {
  const seen = new Set();
  for (let i = 0; i < 2; i++) {
    seen.add(await ask().catch((error) => error.cause?.code ?? error.code));
  }
  return [...seen].join(' ');
}

const fetched = await tries(async () => (await fetch(url)).text());
const got = await tries(
  () =>
    new Promise((resolve, reject) => {
      const take = async (answer) => resolve((await answer.toArray()).join(''));
      http.get(url, { agent: false }, take).on('error', reject);
    }),
);
console.log(`fetch: ${fetched}, http.get: ${got}`);
process.exit();
JS

echo "round trip, addresses: client"
for delay in 80 600; do
  timeout 100 unshare --net --mount bash "$script" at "$delay" "$folder"
done | tee seen

cat >expected <<'END'
80 ms, 1: curl      ok
80 ms, 1: node22    fetch: ok, http.get: ok
80 ms, 1: node26    fetch: ok, http.get: ok
80 ms, 2: curl      ok
80 ms, 2: node22    fetch: ok, http.get: ok
80 ms, 2: node22, 5 s fetch: ok, http.get: ok
80 ms, 2: node26    fetch: ok, http.get: ok
80 ms, 2: node26, 5 s fetch: ok, http.get: ok
600 ms, 1: curl      ok
600 ms, 1: node22    fetch: ok, http.get: ok
600 ms, 1: node26    fetch: ok, http.get: ok
600 ms, 2: curl      ok
600 ms, 2: node22    fetch: ETIMEDOUT, http.get: ETIMEDOUT
600 ms, 2: node22, 5 s fetch: ok, http.get: ok
600 ms, 2: node26    fetch: UND_ERR_CONNECT_TIMEOUT, http.get: ETIMEDOUT
600 ms, 2: node26, 5 s fetch: ok, http.get: ok
END
cmp -s seen expected || {
  echo "changed: this was expected"
  cat expected
  exit 1
}
