-- Do ledger and standings agree? First as a whole, which keeps nothing for each player; player by
-- player only when that doesn't come out. The caller's statement has one snapshot, in which entry
-- and standing are seen together, as they were written. Who is on another tier than the
-- versions say, whatever the copy for the write path has, is looked at closely in any case.

create or replace function loyalty._reconcile(slice_no integer)
returns loyalty.ledger_reconciliation
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  v_agrees boolean;
  v_result loyalty.ledger_reconciliation;
begin
  select l.players, l.entries, l.intact
  into v_result.players, v_result.entries, v_agrees
  from loyalty._reconciled_ledger(_reconcile.slice_no) as l;
  if v_agrees then
    select array_agg(p.player_id order by p.player_id)
    into v_result.suspects
    from loyalty.player_loyalty as p
    left join (
      select t.tiers, t.tier_floors
      from loyalty.terms_in_force as f
      cross join lateral loyalty._terms_at(f.casino_id, f.standings_as_of) as t
      where f.casino_id = identity._casino()
    ) as t on true
    where p.casino_id = identity._casino()
      and (p.tier, p.tier_progress) is distinct from (
        loyalty._tier(t.tiers, t.tier_floors, p.lifetime_points),
        loyalty._tier_progress(t.tier_floors, p.lifetime_points)
      );
  else
    select
      count(*), coalesce(sum(c.entries), 0),
      array_agg(c.player_id order by c.player_id) filter (where not c.intact)
    into v_result.players, v_result.entries, v_result.suspects
    from loyalty._reconciled_players(_reconcile.slice_no) as c;
  end if;
  return v_result;
end
$$;

alter function loyalty._reconcile(integer) owner to loyalty_service;
revoke all on function loyalty._reconcile(integer) from public;
grant execute on function loyalty._reconcile(integer) to ops_service;

comment on function loyalty._reconcile(integer) is
  'How many players and entries the running call''s casino has, and who has to be looked at '
  'closely.';
