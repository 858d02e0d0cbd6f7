-- What became of a staged row of points history, or of a slip that qualifies, before anything is
-- posted.

create type ops.judged_row as (
  file text,
  row_no integer,
  legacy_id text,
  player_id uuid,
  points_change bigint,
  reason text,
  occurred_at timestamptz,
  idempotency_key text,
  request_fingerprint bytea,
  verdict text
);

alter type ops.judged_row owner to pit_owner;

comment on type ops.judged_row is 'A row of an import and its verdict.';
comment on column ops.judged_row.legacy_id is 'Null when it is to be posted.';
comment on column ops.judged_row.player_id is 'Null unless it is to be posted.';
comment on column ops.judged_row.idempotency_key is
  'When it is to be posted, that of its ledger entry; otherwise its own.';
comment on column ops.judged_row.verdict is
  'Null: to be posted; REPLAYED: known; otherwise why it is quarantined.';
