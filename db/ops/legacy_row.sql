-- A row of points history or a rating slip of a legacy export, read: null where a value can't be
-- what it should be.

create type ops.legacy_row as (
  legacy_id text,
  card_no text,
  points_change bigint,
  has_type boolean,
  occurred_at timestamptz,
  reason text,
  qualifies boolean,
  idempotency_key text,
  request_fingerprint bytea
);

alter type ops.legacy_row owner to pit_owner;

comment on type ops.legacy_row is 'What a row of points history, or a rating slip, says.';
comment on column ops.legacy_row.points_change is
  'Signed; null unless a whole number of at least 1.';
comment on column ops.legacy_row.has_type is 'CREDIT or DEBIT; a slip needs none.';
comment on column ops.legacy_row.qualifies is
  'Of a slip: closed and worth points. A row of points history always does.';
