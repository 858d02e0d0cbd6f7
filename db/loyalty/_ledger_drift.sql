-- Everything that is off with these players, in their standings and in their ledgers: what a
-- reconciliation records and a rebuild looks at. In one statement, so in one snapshot.

create or replace function loyalty._ledger_drift(player_ids uuid[]) returns setof loyalty.drift
language sql
stable
security definer
set search_path = ''
begin atomic
  select d.player_id, d.entry_no, d.what, d.expected, d.actual
  from loyalty._standing_drift(player_ids) as d
  union all
  select d.player_id, d.entry_no, d.what, d.expected, d.actual
  from loyalty._entry_drift(player_ids) as d;
end;

alter function loyalty._ledger_drift(uuid[]) owner to loyalty_service;
revoke all on function loyalty._ledger_drift(uuid[]) from public;
grant execute on function loyalty._ledger_drift(uuid[]) to ops_service;

comment on function loyalty._ledger_drift(uuid[]) is
  'Every difference in the standings and ledgers of these players of the running call''s casino.';
