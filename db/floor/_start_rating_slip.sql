-- The rules of starting a slip, for a person and for a floor system's feed. The visit's row is
-- locked, so that one player can't get two slips at once. A person can't start a slip at a time
-- at which the player was still playing elsewhere: seconds would count twice.

create or replace function floor._start_rating_slip(
  actor identity.actor,
  visit_id uuid,
  table_id uuid,
  seat_no integer,
  average_bet numeric,
  at timestamptz
) returns floor.rating_slip
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_visit floor.visit;
  v_table floor.gaming_table;
  v_not_before timestamptz := '-infinity';
  v_at timestamptz;
begin
  select * into v_visit
  from floor.visit as v
  where v.casino_id = actor.casino_id and v.visit_id = _start_rating_slip.visit_id
  for no key update;
  if not found or v_visit.closed_at is not null then
    perform ops._refuse('RSVIS');
  end if;
  if exists (
    select
    from floor.rating_slip as s
    where s.casino_id = actor.casino_id
      and s.player_id = v_visit.player_id
      and s.state <> 'closed'
  ) then
    perform ops._refuse('RSOPN');
  end if;
  v_table := floor._take_seat(actor, _start_rating_slip.table_id, seat_no);
  perform floor._check_bet(average_bet);
  if actor.ingesting is not true then
    v_not_before := greatest(
      v_visit.opened_at,
      (
        select max(s.closed_at)
        from floor.rating_slip as s
        where s.casino_id = actor.casino_id and s.player_id = v_visit.player_id
      )
    );
  end if;
  v_at := coalesce(at, greatest(now(), v_not_before));
  perform floor._check_time(actor, v_at, v_not_before);
  return floor._insert_slip(actor, v_visit, v_table, seat_no, average_bet, v_at);
end
$$;

alter function floor._start_rating_slip(
  identity.actor, uuid, uuid, integer, numeric, timestamptz
) owner to floor_service;
revoke all on function floor._start_rating_slip(
  identity.actor, uuid, uuid, integer, numeric, timestamptz
) from public;
grant execute on function floor._start_rating_slip(
  identity.actor, uuid, uuid, integer, numeric, timestamptz
) to ops_service;

comment on function floor._start_rating_slip(
  identity.actor, uuid, uuid, integer, numeric, timestamptz
) is
  'Opens a slip. Checked in this order: visit, no open slip, table, seat, bet, time. '
  'Errors: RSVIS, RSOPN, RSTNF, RSTBL, RSRNG, RSSEA, RSBET, RSTIM, LYGAM.';
