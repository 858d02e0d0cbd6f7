-- One row of the answer to ops.ingest_events. Names instead of SQLSTATEs: a sender's log is read
-- by people.

create type ops.ingested_outcome as (
  key text,
  outcome text,
  code text
);

alter type ops.ingested_outcome owner to pit_owner;

comment on type ops.ingested_outcome is
  'What became of an event: applied, replayed or refused, with the name of the error.';
