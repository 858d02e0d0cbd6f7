-- Which rows an applied event touched; what ops._apply_event hands to ops.ingest_events, which
-- remembers it for reversals, corrections, identifications and reports.

create type ops.ingestion as (
  player_id uuid,
  visit_id uuid,
  rating_slip_id uuid,
  entry_no bigint,
  patron_id uuid,
  mtl_entry_id uuid
);

alter type ops.ingestion owner to pit_owner;

comment on type ops.ingestion is 'The rows that an ingested event made or changed.';
