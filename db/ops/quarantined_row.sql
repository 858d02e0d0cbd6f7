-- A quarantined row as people see it: where it stands, what it says, and why it
-- wasn't posted.

create type ops.quarantined_row as (
  import_quarantine_id uuid,
  file text,
  row_no integer,
  legacy_id text,
  reason text,
  raw text,
  content jsonb,
  retries integer
);

alter type ops.quarantined_row owner to pit_owner;

comment on type ops.quarantined_row is 'A row of an import that waits for a correction.';
comment on column ops.quarantined_row.content is
  'Its values by column, with the corrections made so far.';
comment on column ops.quarantined_row.reason is 'Of the last attempt.';
