#!/bin/sh
# One database and one role a service: no service can read another's tables.
set -eu
for service in catalog contracts metering settlement customs attestation sandbox gateway; do
  psql -v ON_ERROR_STOP=1 --username "$POSTGRES_USER" <<SQL
CREATE ROLE $service LOGIN PASSWORD '$SERVICE_DB_PASSWORD';
CREATE DATABASE $service OWNER $service;
REVOKE CONNECT ON DATABASE $service FROM PUBLIC;
SQL
done
