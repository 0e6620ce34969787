"""Polls a server with httpx, and tells what it sees as real-clients.js does.

Usage: httpx-polls.py URL [TIMEOUT]. The timeout is in seconds; without one it is httpx's own.
"""

import sys

import httpx

url = sys.argv[1]
settings = {"timeout": float(sys.argv[2])} if len(sys.argv) > 2 else {}


def tell(what, value):
    print("httpx 0", what, value, flush=True)


with httpx.Client(**settings) as client:
    seen = {}
    while True:
        try:
            answer = client.get(f"{url}/poll-status", params=seen)
            if answer.status_code == 200:
                snapshot = answer.json()
                seen = {"epoch": snapshot["epoch"], "last_version": snapshot["version"]}
                tell("shown", snapshot["epoch"])
        except httpx.TransportError:
            tell("failed", "-")
