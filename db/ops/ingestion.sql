-- Which rows an applied event touched; what ops._apply_event hands to ops.ingest_events, which
-- remembers it for reversals, corrections, identifications and reports; and what is to be told of
-- points.

create type ops.ingestion as (
  player_id uuid,
  visit_id uuid,
  rating_slip_id uuid,
  entry_no bigint,
  patron_id uuid,
  mtl_entry_id uuid,
  told jsonb
);

alter type ops.ingestion owner to pit_owner;

comment on type ops.ingestion is
  'The rows that an ingested event made or changed, and what the log says where points changed.';
