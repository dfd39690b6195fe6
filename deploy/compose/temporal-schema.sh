#!/bin/sh
# Makes Temporal's two databases and brings their tables up to date; both may be there already.
set -eu
SQL_PASSWORD=$(cat /run/secrets/temporal-database-password)
export SQL_PASSWORD
for pair in temporal:temporal temporal_visibility:visibility; do
  database=${pair%%:*}
  schema=/etc/temporal/schema/postgresql/v12/${pair##*:}/versioned
  tool="temporal-sql-tool --plugin postgres12 --endpoint postgres --port 5432 --user temporal --database $database"
  $tool create-database || true
  $tool setup-schema --version 0.0 || true
  $tool update-schema --schema-dir "$schema"
done
