-- One row of the answer to ops.ingest_events. Names instead of SQLSTATEs: a sender's log is read
-- by people. told is for the gateway's own log and isn't sent on.

create type ops.ingested_outcome as (
  key text,
  outcome text,
  code text,
  told jsonb
);

alter type ops.ingested_outcome owner to pit_owner;

comment on type ops.ingested_outcome is
  'What became of an event: applied, replayed or refused, with the name of the error.';
comment on column ops.ingested_outcome.told is
  'What the log says of it where it changed points.';
