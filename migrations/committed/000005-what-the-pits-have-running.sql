--! Previous: sha1:b584c6326899d3ebe00657724b3becbcd15632c1
--! Hash: sha1:b5f705ea589ad5401de5c3a1ba742546342b61a3
--! Message: what the pits have running

--! split: 1-current.sql
-- Enter migration here

-- What runs in a pit is summed by the database.
--! Included floor/_pits.sql
-- Answers loyalty's question "in which pit is this table?", for what is summed by pit. A slip may
-- outlive its table's service.

create or replace function floor._pits() returns table (table_id uuid, pit text)
language sql
stable
security definer
set search_path = ''
begin atomic
  select t.table_id, t.pit
  from floor.gaming_table as t
  where t.casino_id = identity._casino();
end;

alter function floor._pits() owner to floor_service;
revoke all on function floor._pits() from public;
grant execute on function floor._pits() to loyalty_service;

comment on function floor._pits() is 'Every table of the casino, in service or not, with its pit.';
--! EndIncluded floor/_pits.sql
--! Included loyalty/_running_play.sql
-- What every running slip is worth, and at which table, for the functions that tell it slip by slip
-- and pit by pit: computed as it will be when the slip closes, by the policy version with which
-- each slip opened.

create or replace function loyalty._running_play(casino_id integer)
returns table (table_id uuid, play loyalty.live_play)
language sql
stable
set search_path = ''
begin atomic
  select
    (r.slip).table_id,
    row(
      (r.slip).rating_slip_id, (r.slip).accumulated_seconds, (r.slip).average_bet,
      case
        when p.loyalty_policy_id is not null then round(
          (
            loyalty.calculate_points(
              (r.slip).average_bet, (r.slip).accumulated_seconds, (r.slip).house_edge,
              (r.slip).decisions_per_hour, (r.slip).seats, (r.slip).conversion_rate,
              (r.slip).point_multiplier, 1, p
            )
          ).theoretical_win,
          2
        )
      end,
      r.attention
    )::loyalty.live_play
  from floor._running_play() as r
  left join loyalty.loyalty_policy as p
    on p.casino_id = _running_play.casino_id and p.loyalty_policy_id = (r.slip).loyalty_policy_id;
end;

alter function loyalty._running_play(integer) owner to loyalty_service;
revoke all on function loyalty._running_play(integer) from public;

comment on function loyalty._running_play(integer) is
  'Every open or paused slip of a casino with its table and what it amounts to so far.';
--! EndIncluded loyalty/_running_play.sql
--! Included loyalty/running_play.sql
-- The theoretical win of everybody who plays now. Read now and then by the pit board, never
-- stored.

create or replace function loyalty.running_play() returns setof loyalty.live_play
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
  select (r.play).*
  from loyalty._running_play(v_actor.casino_id) as r
  order by (r.play).rating_slip_id;
end
$$;

alter function loyalty.running_play() owner to loyalty_service;
revoke all on function loyalty.running_play() from public;
grant execute on function loyalty.running_play() to pit_staff;

comment on function loyalty.running_play() is
  'Every open or paused slip of the casino with what it amounts to so far. Capability: floor:rate. '
  'Errors: IDUNA, IDFRB.';
--! EndIncluded loyalty/running_play.sql
--! Included loyalty/pit_play.sql
-- What a pit's running slips amount to together, for the pit board: sums of money are the
-- database's to make.

create type loyalty.pit_play as (
  pit text,
  slips integer,
  theoretical_win numeric
);

alter type loyalty.pit_play owner to pit_owner;

comment on type loyalty.pit_play is
  'The running slips of a pit, or of the casino where pit is null. theoretical_win: the sum of '
  'what running_play tells of each, in dollars.';
--! EndIncluded loyalty/pit_play.sql
--! Included loyalty/running_play_by_pit.sql
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
--! EndIncluded loyalty/running_play_by_pit.sql
