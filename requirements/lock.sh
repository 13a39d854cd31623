#!/bin/sh
# Writes every lock anew (`make lock`): the newest versions that pyproject.toml and the .in files allow, with the hash of every
# file, for Python 3.11 and later on every system. With UPGRADE= (empty) it keeps the versions that still fit.
set -eu
cd "$(dirname "$0")/.."
lock() {
  "${UV:-uv}" pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header ${UPGRADE---upgrade} "$@"
}

lock pyproject.toml requirements/build.in --extra all --group dev -o requirements/ci.txt
lock pyproject.toml --extra all -c requirements/ci.txt -o requirements/runtime.txt
lock pyproject.toml requirements/ray.in requirements/build.in --extra ray -c requirements/ci.txt -o requirements/ray.txt
lock --no-deps requirements/unbound.in -o requirements/unbound.txt
lock requirements/siege.in -o requirements/siege.txt
lock requirements/tools.in -o requirements/tools.txt
lock requirements/site.in -o requirements/site.txt
lock pyproject.toml --extra legacy -o bench/peers/vnadmin.txt
for list in bench/peers/*.in; do
  lock --no-annotate "$list" -o "${list%.in}.txt"
done
