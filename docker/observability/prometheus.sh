#!/bin/sh
# Prometheus takes a token only from a file, and the container's user can't read a file that only
# its owner on the host can: so the token comes as a variable and lands in the container's memory.
set -eu
umask 077
printf %s "$PITLEDGER_METRICS_TOKEN" > /tmp/metrics-token
unset PITLEDGER_METRICS_TOKEN
exec /bin/prometheus --config.file=/etc/pitledger/prometheus.yml --storage.tsdb.path=/prometheus \
  --storage.tsdb.retention.time=30d
