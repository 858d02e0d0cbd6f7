# PostgreSQL 18 with pgTAP on the server, and pg_prove for the profile "pgtap".
FROM postgres:18-trixie
RUN apt-get update \
  && apt-get install --yes --no-install-recommends \
    postgresql-18-pgtap libtap-parser-sourcehandler-pgtap-perl \
  && rm -rf /var/lib/apt/lists/*
