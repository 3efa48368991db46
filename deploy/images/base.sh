#!/usr/bin/env bash
# Makes the image `nuanliu-base` from Debian's packages alone, for machines that cannot pull one. Needs root and debootstrap.
set -euo pipefail

root=$(mktemp -d)
trap 'rm -rf "$root"' EXIT
debootstrap --variant=minbase --include=ca-certificates bookworm "$root" "${1:-}" >/dev/null
rm -rf "$root"/var/cache/apt/archives/*.deb "$root"/var/lib/apt/lists/*
tar -C "$root" -c . | docker import - nuanliu-base >/dev/null
echo nuanliu-base
