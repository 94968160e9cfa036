"""Exit with 0 when the PostgreSQL at the given address answers."""

import sys

import psycopg

try:
    psycopg.connect(sys.argv[1], connect_timeout=3).close()
except psycopg.OperationalError as error:
    print(f"no answer: {error}".splitlines()[0], file=sys.stderr)
    sys.exit(1)
