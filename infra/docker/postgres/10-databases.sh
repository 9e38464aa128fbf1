#!/bin/sh
# One database a service, and two roles on it: the owner migrates, the service works. No service can enter another's
# database, and none can change its own tables.
set -eu
for service in catalog contracts metering settlement customs attestation sandbox gateway; do
  psql -v ON_ERROR_STOP=1 --username "$POSTGRES_USER" <<SQL
CREATE ROLE ${service}_owner LOGIN PASSWORD '$SERVICE_DB_PASSWORD';
CREATE ROLE $service LOGIN PASSWORD '$SERVICE_DB_PASSWORD';
CREATE DATABASE $service OWNER ${service}_owner;
REVOKE ALL ON DATABASE $service FROM PUBLIC;
GRANT CONNECT, TEMPORARY ON DATABASE $service TO $service;
SQL
done
