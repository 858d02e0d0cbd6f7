-- Gives a newly enrolled player a standing, in the transaction of the enrolment. Its row is the
-- lock under which the player's entries will be numbered.

create or replace function loyalty._open_player_loyalty(player_id uuid, at timestamptz) returns void
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_standing loyalty.tier_standing;
begin
  select s.* into v_standing from loyalty._tier_standing(identity._casino(), 0, at) as s;
  if v_standing.tier is null then
    perform ops._refuse('LYPOL', array[at::text]);
  end if;
  insert into loyalty.player_loyalty (casino_id, player_id, tier, tier_progress)
  values (
    identity._casino(), _open_player_loyalty.player_id, v_standing.tier, v_standing.tier_progress
  );
end
$$;

alter function loyalty._open_player_loyalty(uuid, timestamptz) owner to loyalty_service;
revoke all on function loyalty._open_player_loyalty(uuid, timestamptz) from public;
grant execute on function loyalty._open_player_loyalty(uuid, timestamptz) to floor_service;

comment on function loyalty._open_player_loyalty(uuid, timestamptz) is
  'Creates the player''s balance row with the lowest tier. Error: LYPOL without tiers.';
