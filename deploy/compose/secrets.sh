#!/bin/sh
# Makes ./secrets with random passwords, once; never overwrites.
set -eu
cd "$(dirname -- "$0")"
[ ! -e secrets ] || { echo "secrets: is there already" >&2; exit 1; }
umask 077
mkdir secrets
random() { head -c 32 /dev/urandom | od -An -tx1 | tr -d ' \n'; }
password=$(random)
printf '%s' "$password" > secrets/database-password
random > secrets/temporal-database-password
# The network between them never leaves this host.
printf 'postgresql://approvals:%s@postgres:5432/approvals?sslmode=disable' "$password" > secrets/database-url
# The folder keeps others out; a container sees its own files alone, whichever user it runs as.
chmod 444 secrets/*
