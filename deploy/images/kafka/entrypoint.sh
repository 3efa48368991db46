# Fills in the settings, formats the storage at the first start, then becomes the broker.
set -eu
advertised=${KAFKA_ADVERTISED:?set KAFKA_ADVERTISED to the host:port clients are sent to}
settings=/data/server.properties
sed -e 's/{port}/9092/; s/{controller_port}/9093/; s#{data}#/data/logs#; s/{flush_ms}/9223372036854775807/' \
  -e 's/{session_ms}/3000/; s/{heartbeat_ms}/1000/' \
  -e 's#^listeners=.*#listeners=PLAINTEXT://0.0.0.0:9092,CONTROLLER://127.0.0.1:9093#' \
  -e "s#^advertised.listeners=.*#advertised.listeners=PLAINTEXT://$advertised#" \
  /opt/kafka/server.properties > "$settings"
export CLASSPATH='/opt/kafka/libs/*'
options="-Xms64m -Xmx256m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -XX:-UsePerfData"
options="$options -Dorg.slf4j.simpleLogger.defaultLogLevel=warn"
if [ ! -e /data/logs/meta.properties ]; then
  java $options kafka.tools.StorageTool format --standalone -t "$(head -c 16 /dev/urandom | base64 | tr '+/' 'ab' | head -c 22)" -c "$settings"
fi
exec java $options kafka.Kafka "$settings"
