-- The rules of an enrolment, for a person and for a floor system's feed. The player's standing
-- is created in the same transaction. Names are short enough for the index that finds them.

create or replace function floor._enroll_player(
  actor identity.actor,
  card_no text,
  first_name text,
  last_name text,
  birth_date date,
  at timestamptz
) returns floor.player
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_player floor.player;
begin
  if not coalesce(
    btrim(card_no) ~ '^[^\s[:cntrl:]]([^[:cntrl:]]{0,62}[^\s[:cntrl:]])?$'
      and btrim(first_name) ~ '^[^[:cntrl:]]{1,100}$' and first_name ~ '\S'
      and btrim(last_name) ~ '^[^[:cntrl:]]{1,100}$' and last_name ~ '\S'
      and isfinite(birth_date) and birth_date < at,
    false
  ) then
    perform ops._refuse('RSPRS');
  end if;
  perform floor._check_time(actor, at);

  insert into floor.player as p (
    casino_id, card_no, first_name, last_name, birth_date, enrolled_at, correlation_id
  )
  values (
    actor.casino_id, btrim(_enroll_player.card_no), btrim(_enroll_player.first_name),
    btrim(_enroll_player.last_name), _enroll_player.birth_date, at, actor.correlation_id
  )
  on conflict on constraint card_is_unique_in_its_casino do nothing
  returning * into v_player;
  if not found then
    perform ops._refuse('RSCRD', array[btrim(_enroll_player.card_no)]);
  end if;
  perform loyalty._open_player_loyalty(v_player.player_id, at);
  return v_player;
end
$$;

alter function floor._enroll_player(identity.actor, text, text, text, date, timestamptz)
owner to floor_service;
revoke all on function floor._enroll_player(identity.actor, text, text, text, date, timestamptz)
from public;
grant execute on function
floor._enroll_player(identity.actor, text, text, text, date, timestamptz)
to ops_service;

comment on function floor._enroll_player(identity.actor, text, text, text, date, timestamptz) is
  'Creates a player with their standing. Errors: RSPRS, RSTIM, RSCRD, LYPOL.';
