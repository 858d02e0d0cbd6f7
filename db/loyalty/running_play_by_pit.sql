-- The line below a pit's name on the pit board: how many slips run and their theoretical win so
-- far, for each pit where somebody plays and for the casino.

create or replace function loyalty.running_play_by_pit() returns setof loyalty.pit_play
language plpgsql
stable
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_actor identity.actor := identity._enter('floor:rate');
begin
  return query
  select
    t.pit, count(*)::integer,
    coalesce(sum((r.play).theoretical_win), 0)
  from loyalty._running_play(v_actor.casino_id) as r
  join floor._pits() as t on t.table_id = r.table_id
  group by grouping sets ((t.pit), ())
  order by t.pit nulls last;
end
$$;

alter function loyalty.running_play_by_pit() owner to loyalty_service;
revoke all on function loyalty.running_play_by_pit() from public;
grant execute on function loyalty.running_play_by_pit() to pit_staff;

comment on function loyalty.running_play_by_pit() is
  'Running slips and their theoretical win so far by pit; last the casino, whose pit is null. '
  'Capability: floor:rate. Errors: IDUNA, IDFRB.';
