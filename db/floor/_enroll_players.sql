-- The twin of floor._enroll_player for many players at once, for imports: the same rules. Whoever
-- doesn't meet them, and whose card is enrolled already, is left out.

create or replace function floor._enroll_players(
  actor identity.actor,
  enrolments floor.enrolment[]
) returns integer
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_player_ids uuid[];
  v_enrolled_at timestamptz[];
begin
  with enrolled as (
    insert into floor.player (
      casino_id, card_no, first_name, last_name, birth_date, enrolled_at, correlation_id
    )
    select
      actor.casino_id, btrim(e.card_no), btrim(e.first_name), btrim(e.last_name), e.birth_date,
      e.enrolled_at, actor.correlation_id
    from unnest(enrolments) as e
    where btrim(e.card_no) ~ '^[^\s[:cntrl:]]([^[:cntrl:]]{0,62}[^\s[:cntrl:]])?$'
      and btrim(e.first_name) ~ '^[^[:cntrl:]]{1,100}$' and e.first_name ~ '\S'
      and btrim(e.last_name) ~ '^[^[:cntrl:]]{1,100}$' and e.last_name ~ '\S'
      and isfinite(e.birth_date) and e.birth_date < e.enrolled_at
      and e.enrolled_at between now() - interval '60 years' and now() + interval '1 minute'
    order by btrim(e.card_no)
    on conflict on constraint card_is_unique_in_its_casino do nothing
    returning player_id, enrolled_at
  )
  select array_agg(e.player_id), array_agg(e.enrolled_at)
  into v_player_ids, v_enrolled_at
  from enrolled as e;
  perform loyalty._open_standings(v_player_ids, v_enrolled_at);
  return coalesce(cardinality(v_player_ids), 0);
end
$$;

alter function floor._enroll_players(identity.actor, floor.enrolment[]) owner to floor_service;
revoke all on function floor._enroll_players(identity.actor, floor.enrolment[]) from public;
grant execute on function floor._enroll_players(identity.actor, floor.enrolment[])
to ops_service;

comment on function floor._enroll_players(identity.actor, floor.enrolment[]) is
  'Creates the players of a list with their standings and gives their number. Error: LYPOL.';
