#!/bin/sh
# Checks the format of JavaScript, CSS and JSON, here and in the report, and lints them, by ../biome.json.
# npm brings Biome, as package-lock.json says; where it cannot, nothing else of the build depends on it.
set -eu
cd "$(dirname "$0")"
if ! npm install --no-save --prefer-offline --fetch-retries=1 --fetch-timeout=30000; then
  echo "WARNING: npm could not install Biome: scripts and styles are not checked" >&2
  exit 0
fi
cd ..
exec client/node_modules/.bin/biome ci --colors=off --error-on-warnings
