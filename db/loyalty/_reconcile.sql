-- Do ledger and standings agree? One statement, so one snapshot: entry and standing are written
-- together, and are seen together.

create or replace function loyalty._reconcile(slice_no integer)
returns loyalty.ledger_reconciliation
language sql
stable
security definer
set search_path = ''
begin atomic
  select
    count(*), coalesce(sum(c.entries), 0)::bigint,
    array_agg(c.player_id order by c.player_id) filter (where not c.intact)
  from loyalty._reconciled_players(_reconcile.slice_no) as c;
end;

alter function loyalty._reconcile(integer) owner to loyalty_service;
revoke all on function loyalty._reconcile(integer) from public;
grant execute on function loyalty._reconcile(integer) to ops_service;

comment on function loyalty._reconcile(integer) is
  'How many players and entries the running call''s casino has, and who has to be looked at '
  'closely.';
