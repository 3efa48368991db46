# Makes the cluster and the database at the first start, then becomes the server.
set -eu
user=${POSTGRES_USER:-postgres}
database=${POSTGRES_DB:-$user}
if [ ! -s /data/PG_VERSION ]; then
  printf '%s' "${POSTGRES_PASSWORD:?set POSTGRES_PASSWORD}" > /tmp/password
  initdb -D /data -U "$user" -A scram-sha-256 --pwfile=/tmp/password -E UTF8 \
    --locale-provider=builtin --locale=C.UTF-8 > /dev/null
  rm /tmp/password
  if [ "$database" != postgres ]; then
    echo "CREATE DATABASE \"$database\"" | postgres --single -D /data postgres > /dev/null
  fi
  echo "host all all all scram-sha-256" >> /data/pg_hba.conf
fi
exec postgres -D /data -c listen_addresses='*' -c unix_socket_directories=/tmp -c max_connections=200 \
  -c track_commit_timestamp=on -c fsync=off
