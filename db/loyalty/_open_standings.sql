-- loyalty._open_player_loyalty for a list of newly enrolled players, in the transaction of their
-- enrolment. Without statistics, after a dry run say, the foreign key's check would read all
-- players for each of them.

create or replace function loyalty._open_standings(player_ids uuid[], enrolled_at timestamptz[])
returns void
language plpgsql
volatile
security definer
set search_path = ''
set enable_seqscan = off
as $$
declare
  v_players bigint := coalesce(cardinality(player_ids), 0);
  v_opened bigint;
begin
  insert into loyalty.player_loyalty (casino_id, player_id, tier, tier_progress)
  select identity._casino(), p.player_id, s.tier, s.tier_progress
  from unnest(_open_standings.player_ids, _open_standings.enrolled_at) as p (player_id, at)
  cross join lateral loyalty._tier_standing(identity._casino(), 0, p.at) as s;
  get diagnostics v_opened = row_count;
  if v_opened < v_players then
    perform ops._refuse(
      'LYPOL', array[(select min(a.at) from unnest(_open_standings.enrolled_at) as a (at))::text]
    );
  end if;
end
$$;

alter function loyalty._open_standings(uuid[], timestamptz[]) owner to loyalty_service;
revoke all on function loyalty._open_standings(uuid[], timestamptz[]) from public;
grant execute on function loyalty._open_standings(uuid[], timestamptz[]) to floor_service;

comment on function loyalty._open_standings(uuid[], timestamptz[]) is
  'Creates the players'' balance rows with the lowest tier. Error: LYPOL without tiers.';
