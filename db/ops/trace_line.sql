-- One thing that a request wrote, whatever wrote it: contexts tell their own rows in this shape,
-- and ops.trace puts them in order.

create type ops.trace_line as (
  at timestamptz,
  kind text,
  what text,
  staff_id uuid,
  player_id uuid,
  ids jsonb
);

alter type ops.trace_line owner to pit_owner;

comment on type ops.trace_line is
  'When a request wrote what kind of row, what it says, by whom, about whom, and the ids that lead '
  'there.';
