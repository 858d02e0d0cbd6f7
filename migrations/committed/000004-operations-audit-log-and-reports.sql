--! Previous: sha1:16deec676f7781bd5355971fb2ed84a21c47549b
--! Hash: sha1:b584c6326899d3ebe00657724b3becbcd15632c1
--! Message: operations, audit log and reports

--! split: 1-current.sql
-- Long pauses and long slips ask for attention on the pit board.
alter table identity.casino
  add column long_pause interval not null default '20 minutes',
  add column long_slip interval not null default '6 hours',
  add constraint attention_limits_are_positive check (long_pause > '0' and long_slip > '0');
comment on column identity.casino.long_pause is
  'A pause that lasts this long is shown on the pit board as needing attention.';
comment on column identity.casino.long_slip is
  'A slip that is open for this long is shown on the pit board as needing attention.';

-- What running slips amount to so far.
--! Included identity/_attention_limits.sql
-- Answers floor's question "from when on does a slip need somebody's attention?": a pause after
-- which the player may not come back, and a slip that somebody may have forgotten.

create or replace function identity._attention_limits(
  out long_pause interval,
  out long_slip interval
)
language sql
stable
security definer
set search_path = ''
begin atomic
  select c.long_pause, c.long_slip
  from identity.casino as c
  where c.casino_id = identity._casino();
end;

alter function identity._attention_limits() owner to identity_service;
revoke all on function identity._attention_limits() from public;
grant execute on function identity._attention_limits() to floor_service;

comment on function identity._attention_limits() is
  'How long a pause and a slip may take before the pit board asks for attention, as the casino of '
  'the running call has it.';
--! EndIncluded identity/_attention_limits.sql
--! Included floor/_running_play.sql
-- Answers loyalty's question "what is being played now?": the slips that run or are paused, with
-- their telemetry as if they closed at this moment, and what on them asks for attention. Nothing of
-- it is final, so nothing of it is stored.

create or replace function floor._running_play()
returns table (slip floor.slip_telemetry, attention text)
language sql
stable
security definer
set search_path = ''
begin atomic
  select
    row(
      s.casino_id, s.rating_slip_id, s.visit_id, s.player_id, s.opened_at, null,
      floor(play.seconds)::integer,
      coalesce(
        div(200 * play.bet_seconds + play.seconds, 2 * nullif(play.seconds, 0)) * 0.01,
        s.current_bet
      ),
      g.house_edge, g.decisions_per_hour, g.seats, g.conversion_rate, g.point_multiplier,
      s.loyalty_policy_id, null, s.correlation_id,
      s.table_id, g.code
    )::floor.slip_telemetry,
    case
      when s.state = 'paused' and now() - play.paused_at >= l.long_pause then 'long_pause'
      when now() - s.opened_at >= l.long_slip then 'long_slip'
    end
  from floor.rating_slip as s
  join floor.game_settings as g
    on g.casino_id = identity._casino() and g.game_settings_id = s.game_settings_id
  cross join identity._attention_limits() as l
  cross join lateral (
    select
      coalesce(sum(span.seconds) filter (where span.running), 0) as seconds,
      coalesce(sum(span.bet * span.seconds) filter (where span.running), 0) as bet_seconds,
      max(span.at) filter (where span.event_type = 'paused') as paused_at
    from (
      select
        e.event_type, e.running, e.average_bet as bet, e.occurred_at as at,
        greatest(
          extract(
            epoch from
            coalesce(lead(e.occurred_at) over (order by e.event_no), now()) - e.occurred_at
          ),
          0
        ) as seconds
      from floor.rating_slip_event as e
      where e.casino_id = identity._casino() and e.rating_slip_id = s.rating_slip_id
    ) as span
  ) as play
  where s.casino_id = identity._casino() and s.state <> 'closed';
end;

alter function floor._running_play() owner to floor_service;
revoke all on function floor._running_play() from public;
grant execute on function floor._running_play() to loyalty_service;

comment on function floor._running_play() is
  'Telemetry up to now of the slips that are open or paused, and long_pause, long_slip or null for '
  'what needs attention on them.';
--! EndIncluded floor/_running_play.sql
--! Included loyalty/live_play.sql
-- What a slip that still runs amounts to so far, for the pit board: what happened is what floor
-- answers, what it is worth is for loyalty to say.

create type loyalty.live_play as (
  rating_slip_id uuid,
  accumulated_seconds integer,
  average_bet numeric,
  theoretical_win numeric,
  attention text
);

alter type loyalty.live_play owner to pit_owner;

comment on type loyalty.live_play is
  'A running slip as if it closed now: unpaused seconds, time-weighted average bet and theoretical '
  'win in dollars, half-up to cents (null when no policy is in force). attention: long_pause, '
  'long_slip or null.';
--! EndIncluded loyalty/live_play.sql
--! Included loyalty/running_play.sql
-- The theoretical win of everybody who plays now, computed as it will be when the slip closes: by
-- the policy version with which each slip opened. Read now and then by the pit board, never stored.

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
  select
    (r.slip).rating_slip_id, (r.slip).accumulated_seconds,
    (r.slip).average_bet,
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
  from floor._running_play() as r
  left join loyalty.loyalty_policy as p
    on p.casino_id = v_actor.casino_id and p.loyalty_policy_id = (r.slip).loyalty_policy_id
  order by (r.slip).rating_slip_id;
end
$$;

alter function loyalty.running_play() owner to loyalty_service;
revoke all on function loyalty.running_play() from public;
grant execute on function loyalty.running_play() to pit_staff;

comment on function loyalty.running_play() is
  'Every open or paused slip of the casino with what it amounts to so far. Capability: floor:rate. '
  'Errors: IDUNA, IDFRB.';
--! EndIncluded loyalty/running_play.sql

-- Notes on players.
insert into ops.error_registry (sqlstate, name, message, hint) values
('RSNOT', 'PLAYER_NOTE_REQUIRED', 'A note has 1 to %s characters.',
  'Say in a few words what the next colleague should know.');
--! Included floor/player_note.sql
-- What a host or supervisor wants the next one to know of a player: never a figure, never the
-- reason of an entry, which have their own places. Once written it isn't changed; what has become
-- wrong is answered by another note.

set local role pit_owner;

create table floor.player_note (
  casino_id integer not null references identity.casino on delete restrict,
  player_note_id uuid not null default uuidv7(),
  player_id uuid not null,
  note text not null,
  staff_id uuid not null,
  idempotency_key text not null,
  correlation_id text not null,
  created_at timestamptz not null default now(),
  primary key (casino_id, player_note_id),
  foreign key (casino_id, player_id) references floor.player on delete restrict,
  constraint player_note_key_is_used_once unique (casino_id, idempotency_key),
  constraint note_says_something check (btrim(note) <> '' and length(note) <= 2000)
);

create index player_note_player on floor.player_note (casino_id, player_id, player_note_id);

alter table floor.player_note enable row level security;
alter table floor.player_note force row level security;

create policy manage_all on floor.player_note to pit_owner using (true);
create policy select_own_casino on floor.player_note for select to pit_staff
using (
  casino_id = (select identity.current_casino_id())
  and (
    (select identity.session_may('floor:rate'))
    or (select identity.session_may('loyalty:view_all'))
  )
);
create policy serve_own_casino on floor.player_note for select to floor_service
using (casino_id = identity._casino());
create policy insert_own_casino on floor.player_note for insert to floor_service
with check (casino_id = identity._casino());

grant select, insert on floor.player_note to floor_service;
grant select on floor.player_note to pit_staff;

create trigger player_note_is_append_only
before update or delete or truncate on floor.player_note
for each statement execute function ops._append_only('OPIMM');
alter table floor.player_note enable always trigger player_note_is_append_only;

reset role;

comment on table floor.player_note is
  'A note on a player, for those who serve them. Append-only.';
comment on column floor.player_note.staff_id is 'Who wrote it, from the session.';
--! EndIncluded floor/player_note.sql
--! Included floor/player_note_result.sql
-- What adding a note to a player gives back. The key of the command is the note's: a note added
-- twice with one key is one note.

create type floor.player_note_result as (
  player_note floor.player_note,
  replayed boolean
);

alter type floor.player_note_result owner to pit_owner;

comment on type floor.player_note_result is
  'The note, and whether it is an earlier result given again.';
--! EndIncluded floor/player_note_result.sql
--! Included floor/add_player_note.sql
-- Adds a note to a player. Who rates players may; who administers their loyalty or audits it reads
-- what was noted.

create or replace function floor.add_player_note(
  player_id uuid,
  note text,
  idempotency_key text
) returns floor.player_note_result
language plpgsql
volatile
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_actor identity.actor := identity._enter('floor:rate');
  v_request jsonb := jsonb_build_array(add_player_note.player_id, add_player_note.note);
  v_command floor.command := floor._claim_key(
    v_actor, 'add_player_note', add_player_note.idempotency_key, v_request
  );
  v_text text := btrim(add_player_note.note, E' \t\r\n');
  v_note floor.player_note;
begin
  if v_command.command is not null then
    select * into strict v_note
    from floor.player_note as n
    where n.casino_id = identity._casino()
      and n.idempotency_key = add_player_note.idempotency_key;
    return row(v_note, true);
  end if;
  if not exists (
    select
    from floor.player as p
    where p.casino_id = identity._casino() and p.player_id = add_player_note.player_id
  ) then
    perform ops._refuse('RSPLR');
  end if;
  if coalesce(v_text, '') = '' or length(v_text) > 2000 then
    perform ops._refuse('RSNOT', array['2000']);
  end if;
  insert into floor.player_note (
    casino_id, player_id, note, staff_id, idempotency_key, correlation_id
  )
  values (
    v_actor.casino_id, add_player_note.player_id, v_text, v_actor.staff_id,
    add_player_note.idempotency_key, v_actor.correlation_id
  )
  returning * into v_note;
  perform floor._remember(
    v_actor, 'add_player_note', add_player_note.idempotency_key, v_request,
    player_id => add_player_note.player_id
  );
  return row(v_note, false);
end
$$;

alter function floor.add_player_note(uuid, text, text) owner to floor_service;
revoke all on function floor.add_player_note(uuid, text, text) from public;
grant execute on function floor.add_player_note(uuid, text, text) to pit_staff;

comment on function floor.add_player_note(uuid, text, text) is
  'Adds a note of 1 to 2000 characters to a player. Capability floor:rate. '
  'Errors: IDUNA, IDFRB, IDKEY, LYIDM, RSPLR, RSNOT.';
--! EndIncluded floor/add_player_note.sql

-- Reports: theoretical win, tiers, cash by the hour.
--! Included floor/_hourly_play.sql
-- Answers loyalty's question "what was played in each hour of these gaming days?": the unpaused
-- stretches of every slip, cut at the hours of the casino's clock, from the events. A slip that
-- still runs counts until now.

create or replace function floor._hourly_play(since timestamptz, until timestamptz)
returns table (
  rating_slip_id uuid,
  table_label text,
  pit text,
  game_code text,
  game_name text,
  begins_at timestamptz,
  seconds numeric,
  bet numeric,
  house_edge numeric,
  decisions_per_hour integer
)
language sql
stable
security definer
set search_path = ''
begin atomic
  select
    span.rating_slip_id, t.label, t.pit, g.code, g.name, h.at,
    extract(epoch from least(span.ends_at, h.at + interval '1 hour', until)
      - greatest(span.begins_at, h.at, since)),
    span.bet, g.house_edge, g.decisions_per_hour
  from (
    select
      s.rating_slip_id, s.table_id, s.game_settings_id, e.running, e.average_bet as bet,
      e.occurred_at as begins_at,
      coalesce(
        lead(e.occurred_at) over (partition by e.rating_slip_id order by e.event_no),
        case when s.state = 'open' then greatest(now(), e.occurred_at) else e.occurred_at end
      ) as ends_at
    from floor.rating_slip as s
    join floor.rating_slip_event as e
      on e.casino_id = identity._casino() and e.rating_slip_id = s.rating_slip_id
    where s.casino_id = identity._casino()
      and s.opened_at < until
      and (s.closed_at is null or s.closed_at > since)
  ) as span
  join floor.gaming_table as t
    on t.casino_id = identity._casino() and t.table_id = span.table_id
  join floor.game_settings as g
    on g.casino_id = identity._casino() and g.game_settings_id = span.game_settings_id
  cross join lateral generate_series(
    date_trunc('hour', greatest(span.begins_at, since)), least(span.ends_at, until),
    interval '1 hour'
  ) as h (at)
  where span.running
    and least(span.ends_at, h.at + interval '1 hour', until)
    > greatest(span.begins_at, h.at, since);
end;

alter function floor._hourly_play(timestamptz, timestamptz) owner to floor_service;
revoke all on function floor._hourly_play(timestamptz, timestamptz) from public;
grant execute on function floor._hourly_play(timestamptz, timestamptz) to loyalty_service;

comment on function floor._hourly_play(timestamptz, timestamptz) is
  'Unpaused stretches of play between two moments, cut at full hours, each with its bet in dollars '
  'and the game figures of its slip''s snapshot.';
--! EndIncluded floor/_hourly_play.sql
--! Included loyalty/win_line.sql
-- A line of the report on theoretical win: one game, one table, one hour of the day or one gaming
-- day.

create type loyalty.win_line as (
  place integer,
  code text,
  label text,
  slips integer,
  played_seconds bigint,
  average_bet numeric,
  theoretical_win numeric
);

alter type loyalty.win_line owner to pit_owner;

comment on type loyalty.win_line is
  'place: the order on the report. code and label: the game''s code and name; the table''s label '
  'and pit; the hour of the local clock (00 to 23); or the gaming day. slips: how many played. '
  'average_bet: weighted by time. theoretical_win: dollars, half-up to cents.';
--! EndIncluded loyalty/win_line.sql
--! Included loyalty/theoretical_win.sql
-- Where the house earns: theoretical win by game, table, hour or gaming day. Play is counted in the
-- hour in which it happened, whenever its slip closed, and decisions are not rounded: a policy that
-- rounds them per slip gives sums that differ by less than one decision for each slip.

create or replace function loyalty.theoretical_win(
  first_day date default null,
  last_day date default null,
  by text default 'game'
) returns setof loyalty.win_line
language plpgsql
stable
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_actor identity.actor := identity._enter('loyalty:view_all');
  v_last date := coalesce(
    theoretical_win.last_day,
    identity._gaming_day(v_actor.timezone, v_actor.gaming_day_start, now())
  );
  v_first date := coalesce(theoretical_win.first_day, v_last - 6);
begin
  if not (isfinite(v_first) and isfinite(v_last)) or v_last - v_first not between 0 and 399 then
    perform ops._refuse('LYPRD', array['it has 1 to 400 days']);
  end if;
  if not coalesce(theoretical_win.by = any ('{game,table,hour,day}'), false) then
    perform ops._refuse('LYPRD', array['it can be looked at by game, table, hour or day']);
  end if;
  return query
  with line as (
    select
      case theoretical_win.by
        when 'game' then p.game_code
        when 'table' then p.table_label
        when 'hour' then to_char(p.begins_at at time zone v_actor.timezone, 'HH24')
        else identity._gaming_day(
          v_actor.timezone, v_actor.gaming_day_start, p.begins_at
        )::text
      end as code,
      case theoretical_win.by
        when 'game' then max(p.game_name)
        when 'table' then max(p.pit)
      end as label,
      count(distinct p.rating_slip_id)::integer as slips,
      floor(sum(p.seconds))::bigint as seconds,
      round(sum(p.bet * p.seconds) / sum(p.seconds), 2) as bet,
      round(
        sum(p.bet * p.house_edge * 0.01 * p.seconds * p.decisions_per_hour) / 3600, 2
      ) as win
    from floor._hourly_play(
      (v_first + v_actor.gaming_day_start) at time zone v_actor.timezone,
      (v_last + 1 + v_actor.gaming_day_start) at time zone v_actor.timezone
    ) as p
    group by 1
  )
  select
    (
      row_number() over (
        order by case when theoretical_win.by = any ('{game,table}') then l.win end desc, l.code
      )
    )::integer,
    l.code, coalesce(l.label, l.code), l.slips, l.seconds, l.bet, l.win
  from line as l
  order by 1;
end
$$;

alter function loyalty.theoretical_win(date, date, text) owner to loyalty_service;
revoke all on function loyalty.theoretical_win(date, date, text) from public;
grant execute on function loyalty.theoretical_win(date, date, text) to pit_staff;

comment on function loyalty.theoretical_win(date, date, text) is
  'Theoretical win of the play in these gaming days (default: the last 7), by game or table (most '
  'first), by hour of the local clock, or by gaming day. Capability loyalty:view_all. Errors: '
  'IDUNA, IDFRB, LYPRD.';
--! EndIncluded loyalty/theoretical_win.sql
--! Included loyalty/tier_share.sql
-- A line of the report on tiers: how many players stand there now. Every tier in force has its
-- line, also the one that nobody has reached.

create type loyalty.tier_share as (
  place integer,
  tier text,
  threshold_points bigint,
  multiplier numeric,
  players integer,
  points bigint
);

alter type loyalty.tier_share owner to pit_owner;

comment on type loyalty.tier_share is
  'A tier in force, from the lowest: lifetime points from which it is reached, its multiplier, how '
  'many players have it, and the points that these have outstanding.';
--! EndIncluded loyalty/tier_share.sql
--! Included loyalty/tier_distribution.sql
-- How the players are spread over the tiers now. A standing whose tier isn't in force any more (a
-- new version has begun and the job that moves everybody hasn't run) counts with the tier it has.

create or replace function loyalty.tier_distribution() returns setof loyalty.tier_share
language plpgsql
stable
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_actor identity.actor := identity._enter('loyalty:view_all');
begin
  return query
  with standing as (
    select s.tier, count(*)::integer as players, sum(s.current_balance)::bigint as points
    from loyalty.player_loyalty as s
    where s.casino_id = v_actor.casino_id
    group by s.tier
  ),
  tier as (
    select t.tier, t.threshold_points, t.multiplier
    from loyalty.loyalty_tier as t
    where t.casino_id = v_actor.casino_id
      and t.effective_from = (
        select max(n.effective_from)
        from loyalty.loyalty_tier as n
        where n.casino_id = v_actor.casino_id and n.effective_from <= now()
      )
  )
  select
    (row_number() over (order by t.threshold_points nulls last, s.tier))::integer,
    coalesce(t.tier, s.tier), t.threshold_points, t.multiplier::numeric,
    coalesce(s.players, 0), coalesce(s.points, 0)
  from tier as t
  full join standing as s on s.tier = t.tier
  order by 1;
end
$$;

alter function loyalty.tier_distribution() owner to loyalty_service;
revoke all on function loyalty.tier_distribution() from public;
grant execute on function loyalty.tier_distribution() to pit_staff;

comment on function loyalty.tier_distribution() is
  'Players and outstanding points by tier, from the lowest tier. Capability loyalty:view_all. '
  'Errors: IDUNA, IDFRB.';
--! EndIncluded loyalty/tier_distribution.sql
--! Included loyalty/tier_movement.sql
-- A line of the report on tiers: how many players went from one tier to another on a gaming day.
-- Only numbers: a report is not about persons.

create type loyalty.tier_movement as (
  gaming_day date,
  tier_before text,
  tier_after text,
  upwards boolean,
  players integer
);

alter type loyalty.tier_movement owner to pit_owner;

comment on type loyalty.tier_movement is
  'On a gaming day, so many players went from one tier to another by an entry in the ledger.';
--! EndIncluded loyalty/tier_movement.sql
--! Included loyalty/tier_movements.sql
-- How players moved between tiers, from the ledger, whose entries say the tier before and after. A
-- move of everybody by new tiers is no entry and is not in it.

create or replace function loyalty.tier_movements(
  first_day date default null,
  last_day date default null
) returns setof loyalty.tier_movement
language plpgsql
stable
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_actor identity.actor := identity._enter('loyalty:view_all');
  v_last date := coalesce(
    tier_movements.last_day,
    identity._gaming_day(v_actor.timezone, v_actor.gaming_day_start, now())
  );
  v_first date := coalesce(tier_movements.first_day, v_last - 29);
begin
  if not (isfinite(v_first) and isfinite(v_last)) or v_last - v_first not between 0 and 399 then
    perform ops._refuse('LYPRD', array['it has 1 to 400 days']);
  end if;
  return query
  select
    m.gaming_day, m.tier_before, m.tier_after, b.threshold_points > a.threshold_points,
    m.players
  from (
    select
      l.gaming_day, l.tier_before, l.tier_after, max(l.created_at) as at,
      count(distinct l.player_id)::integer as players
    from loyalty.loyalty_ledger as l
    where l.casino_id = v_actor.casino_id
      and l.gaming_day between v_first and v_last
      and l.tier_before <> l.tier_after
    group by l.gaming_day, l.tier_before, l.tier_after
  ) as m
  left join lateral (
    select t.threshold_points
    from loyalty.loyalty_tier as t
    where t.casino_id = v_actor.casino_id and t.tier = m.tier_before and t.effective_from <= m.at
    order by t.effective_from desc
    limit 1
  ) as a on true
  left join lateral (
    select t.threshold_points
    from loyalty.loyalty_tier as t
    where t.casino_id = v_actor.casino_id and t.tier = m.tier_after and t.effective_from <= m.at
    order by t.effective_from desc
    limit 1
  ) as b on true
  order by m.gaming_day, m.tier_before, m.tier_after;
end
$$;

alter function loyalty.tier_movements(date, date) owner to loyalty_service;
revoke all on function loyalty.tier_movements(date, date) from public;
grant execute on function loyalty.tier_movements(date, date) to pit_staff;

comment on function loyalty.tier_movements(date, date) is
  'Players who changed tier on each of these gaming days (default: the last 30), by tier before '
  'and after. Capability loyalty:view_all. Errors: IDUNA, IDFRB, LYPRD.';
--! EndIncluded loyalty/tier_movements.sql
--! Included compliance/cash_hour.sql
-- An hour of the report on cash: what came in and went out over the whole house, whoever it was,
-- and how much of it in amounts that the house logs.

create type compliance.cash_hour as (
  begins_at timestamptz,
  cash_in numeric,
  cash_out numeric,
  entries_in integer,
  entries_out integer,
  over_floor_in integer,
  over_floor_out integer,
  log_floor numeric
);

alter type compliance.cash_hour owner to pit_owner;

comment on type compliance.cash_hour is
  'An hour of a gaming day: currency in and out in dollars, how many live entries made it up, how '
  'many of these were at or over the log floor, and the log floor of that day.';
--! EndIncluded compliance/cash_hour.sql
--! Included compliance/cash_by_hour.sql
-- Cash in and out by the hour of a gaming day, over all divisions: 24 lines, 23 or 25 on the nights
-- when clocks change. A correction counts in the hour of the entry that it corrects.

create or replace function compliance.cash_by_hour(gaming_day date default null)
returns setof compliance.cash_hour
language plpgsql
stable
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_actor identity.actor := identity._enter('mtl:review');
  v_day date := coalesce(
    cash_by_hour.gaming_day,
    identity._gaming_day(v_actor.timezone, v_actor.gaming_day_start, now())
  );
  v_log_floor numeric;
begin
  if not isfinite(v_day) then
    perform ops._refuse('LYPRD', array['it is one gaming day']);
  end if;
  v_log_floor := (compliance._thresholds(v_actor, v_day)).log_floor;
  return query
  with entry as (
    select
      o.occurred_at, e.cash_in, e.cash_out,
      e.entry_role <> 'offset' and not exists (
        select
        from compliance.mtl_entry as n
        where n.casino_id = v_actor.casino_id
          and n.corrects_entry_id = o.entry_id
          and n.correction_no = e.correction_no + 1
      ) as is_live
    from compliance.mtl_entry as e
    join compliance.mtl_entry as o
      on o.casino_id = v_actor.casino_id
      and o.entry_id = coalesce(e.corrects_entry_id, e.entry_id)
    where e.casino_id = v_actor.casino_id and e.gaming_day = v_day
  )
  select
    h.at, coalesce(sum(e.cash_in), 0), coalesce(sum(e.cash_out), 0),
    (count(*) filter (where e.is_live and e.cash_in > 0))::integer,
    (count(*) filter (where e.is_live and e.cash_out > 0))::integer,
    (count(*) filter (where e.is_live and e.cash_in >= v_log_floor))::integer,
    (count(*) filter (where e.is_live and e.cash_out >= v_log_floor))::integer,
    v_log_floor
  from generate_series(
    (v_day + v_actor.gaming_day_start) at time zone v_actor.timezone,
    ((v_day + 1 + v_actor.gaming_day_start) at time zone v_actor.timezone) - interval '1 second',
    interval '1 hour'
  ) as h (at)
  left join entry as e
    on e.occurred_at >= h.at and e.occurred_at < h.at + interval '1 hour'
  group by h.at
  order by h.at;
end
$$;

alter function compliance.cash_by_hour(date) owner to compliance_service;
revoke all on function compliance.cash_by_hour(date) from public;
grant execute on function compliance.cash_by_hour(date) to pit_staff;

comment on function compliance.cash_by_hour(date) is
  'Currency in and out for each hour of a gaming day (default: the running one). Capability '
  'mtl:review. Errors: IDUNA, IDFRB, LYPRD.';
--! EndIncluded compliance/cash_by_hour.sql
--! Included loyalty/_computed_hash.sql
-- The hash that an entry of the ledger should have, from what it says: for whoever verifies.
-- Becomes part of the query that asks, so that it costs no call and parallel workers share it.

create or replace function loyalty._computed_hash(entry loyalty.loyalty_ledger) returns bytea
language sql
stable
parallel safe
return loyalty._entry_hash(
  entry.previous_hash,
  loyalty._entry_content(
    entry.casino_id, entry.player_id, entry.entry_no, entry.transaction_type, entry.event_type,
    entry.source, entry.points_change, entry.balance_before, entry.balance_after,
    entry.tier_before, entry.tier_after, entry.rating_slip_id, entry.visit_id,
    entry.reverses_entry_no, entry.reason, entry.staff_id, entry.approved_by,
    entry.correlation_id, entry.idempotency_key, entry.request_fingerprint, entry.gaming_day,
    entry.occurred_at, entry.created_at
  )
);

alter function loyalty._computed_hash(loyalty.loyalty_ledger) owner to loyalty_service;
revoke all on function loyalty._computed_hash(loyalty.loyalty_ledger) from public;

comment on function loyalty._computed_hash(loyalty.loyalty_ledger) is
  'The hash over an entry''s previous_hash and content, computed anew.';
--! EndIncluded loyalty/_computed_hash.sql
--! Included loyalty/_chain_digest.sql
-- A place in a player's chain in 64 bits: after so many entries there is this balance and this
-- hash. Without the salt nobody can know the digests, so nobody can make entries whose digests
-- cancel each other out; whoever verifies draws a new one each time.

create or replace function loyalty._chain_digest(
  player_id uuid,
  entry_no bigint,
  balance bigint,
  entry_hash bytea,
  salt bigint
) returns bigint
language sql
immutable
parallel safe
return hashbyteaextended(entry_hash, uuid_hash_extended(player_id, salt # entry_no) # balance);

alter function loyalty._chain_digest(uuid, bigint, bigint, bytea, bigint) owner to loyalty_service;
revoke all on function loyalty._chain_digest(uuid, bigint, bigint, bytea, bigint) from public;

comment on function loyalty._chain_digest(uuid, bigint, bigint, bytea, bigint) is
  'Digest of a place in a player''s chain, under a salt that is drawn anew for every verification.';
--! EndIncluded loyalty/_chain_digest.sql
--! Included loyalty/chain_totals.sql
-- What one pass over a whole ledger tells: how much was looked at, and whether anything is wrong
-- anywhere in it.

create type loyalty.chain_totals as (
  players bigint,
  entries bigint,
  intact boolean
);

alter type loyalty.chain_totals owner to pit_owner;

comment on type loyalty.chain_totals is
  'How many players and entries there are, and whether every entry fits its hash, its '
  'predecessor and its player''s standing.';
--! EndIncluded loyalty/chain_totals.sql
--! Included loyalty/_chain_totals.sql
-- The whole ledger in one pass that parallel workers share, each entry on its own: its hash is
-- recomputed, and digests of where it ends and where it says it begins are XORed. Along unbroken
-- chains everything cancels out but each player's beginning and end, which the standings have.
-- Nothing is kept for each player, pages are read by who hashes them, and no sum can overflow. Rows
-- are returned because a query that fills a variable isn't shared (docs/decisions/0013).

create or replace function loyalty._chain_totals(player_id uuid default null)
returns setof loyalty.chain_totals
language plpgsql
stable
set search_path = ''
set plan_cache_mode = force_custom_plan
set jit = off
set max_parallel_workers_per_gather = 4
set parallel_setup_cost = 0
set parallel_tuple_cost = 0
set effective_io_concurrency = 0
as $$
declare
  v_salt bigint := uuid_hash_extended(gen_random_uuid(), 0);
begin
  return query
  select
    p.players, l.entries, l.fits and l.links = p.links and l.entries = p.entries
  from (
    select
      count(*) as entries,
      coalesce(
        bool_and(
          e.balance_before >= 0 and e.balance_after >= 0
          and e.balance_after - e.balance_before = e.points_change
          and e.entry_hash = loyalty._computed_hash(e)
        ),
        true
      ) as fits,
      coalesce(
        bit_xor(
          loyalty._chain_digest(e.player_id, e.entry_no, e.balance_after, e.entry_hash, v_salt)
          # loyalty._chain_digest(
            e.player_id, greatest(e.entry_no, 0) - 1, e.balance_before, e.previous_hash, v_salt
          )
        ),
        0
      ) as links
    from loyalty.loyalty_ledger as e
    where e.casino_id = identity._casino()
      and (_chain_totals.player_id is null or e.player_id = _chain_totals.player_id)
  ) as l
  cross join (
    select
      count(*) as players,
      coalesce(sum(s.last_entry_no), 0) as entries,
      coalesce(
        bit_xor(
          loyalty._chain_digest(s.player_id, 0, 0, sha256(''), v_salt)
          # loyalty._chain_digest(
            s.player_id, s.last_entry_no, s.current_balance, s.last_entry_hash, v_salt
          )
        ),
        0
      ) as links
    from loyalty.player_loyalty as s
    where s.casino_id = identity._casino()
      and (_chain_totals.player_id is null or s.player_id = _chain_totals.player_id)
  ) as p;
end
$$;

alter function loyalty._chain_totals(uuid) owner to loyalty_service;
revoke all on function loyalty._chain_totals(uuid) from public;

comment on function loyalty._chain_totals(uuid) is
  'Players and entries of the running call''s casino, or of one player, and whether the ledger '
  'fits itself and the standings.';
--! EndIncluded loyalty/_chain_totals.sql
--! Included loyalty/_chain_states.sql
-- The ledger player by player, asked when loyalty._chain_totals doesn't come out: whose it is. The
-- same digests, added up for each player; loyalty._chain_problems says which entry.

create or replace function loyalty._chain_states(player_id uuid default null)
returns setof loyalty.chain_state
language plpgsql
stable
set search_path = ''
set plan_cache_mode = force_custom_plan
set jit = off
set max_parallel_workers_per_gather = 4
set parallel_setup_cost = 0
set parallel_tuple_cost = 0
set effective_io_concurrency = 0
as $$
declare
  v_salt bigint := uuid_hash_extended(gen_random_uuid(), 0);
begin
  return query
  select
    coalesce(c.player_id, p.player_id), coalesce(c.entries, 0),
    p.player_id is not null
    and coalesce(c.entries, 0) = p.last_entry_no
    and coalesce(c.fits, true)
    and coalesce(c.links, 0) = (
      loyalty._chain_digest(p.player_id, 0, 0, sha256(''), v_salt)
      # loyalty._chain_digest(
        p.player_id, p.last_entry_no, p.current_balance, p.last_entry_hash, v_salt
      )
    )
  from (
    select
      l.player_id,
      count(*) as entries,
      bool_and(
        l.balance_before >= 0 and l.balance_after >= 0
        and l.balance_after - l.balance_before = l.points_change
        and l.entry_hash = loyalty._computed_hash(l)
      ) as fits,
      bit_xor(
        loyalty._chain_digest(l.player_id, l.entry_no, l.balance_after, l.entry_hash, v_salt)
        # loyalty._chain_digest(
          l.player_id, greatest(l.entry_no, 0) - 1, l.balance_before, l.previous_hash, v_salt
        )
      ) as links
    from loyalty.loyalty_ledger as l
    where l.casino_id = identity._casino()
      and (_chain_states.player_id is null or l.player_id = _chain_states.player_id)
    group by l.player_id
  ) as c
  full join (
    select s.*
    from loyalty.player_loyalty as s
    where s.casino_id = identity._casino()
      and (_chain_states.player_id is null or s.player_id = _chain_states.player_id)
  ) as p on p.player_id = c.player_id;
end
$$;

alter function loyalty._chain_states(uuid) owner to loyalty_service;
revoke all on function loyalty._chain_states(uuid) from public;

comment on function loyalty._chain_states(uuid) is
  'For each player of the running call''s casino, or one: entries, and whether the ledger '
  'fits itself and the standing.';
--! EndIncluded loyalty/_chain_states.sql
--! Included loyalty/_chain_problems.sql
-- What exactly is wrong with the ledgers of these players: entry by entry, each beside the one
-- before it and the standing beside the last one.

create or replace function loyalty._chain_problems(player_ids uuid[])
returns setof loyalty.chain_problem
language sql
stable
set search_path = ''
begin atomic
  with ledger as (
    select
      l.player_id, l.entry_no, l.points_change, l.balance_before, l.balance_after,
      l.previous_hash, l.entry_hash,
      coalesce(lag(l.entry_no) over w, 0) as before_no,
      coalesce(lag(l.entry_hash) over w, sha256('')) as before_hash,
      coalesce(lag(l.balance_after) over w, 0) as before_balance,
      lead(l.entry_no) over w is null as is_last,
      sum(l.points_change) over (partition by l.player_id) as balance,
      loyalty._computed_hash(l) as computed_hash
    from loyalty.loyalty_ledger as l
    where l.casino_id = identity._casino() and l.player_id = any (player_ids)
    window w as (partition by l.player_id order by l.entry_no)
  ),
  standing as (
    select p.*
    from loyalty.player_loyalty as p
    where p.casino_id = identity._casino() and p.player_id = any (player_ids)
  ),
  problem as (
    select
      l.player_id, l.before_no + 1 as entry_no, 'entry_missing' as problem,
      case
        when l.entry_no = l.before_no + 2 then format('Entry %s is missing.', l.before_no + 1)
        else format('Entries %s to %s are missing.', l.before_no + 1, l.entry_no - 1)
      end as detail
    from ledger as l
    where l.entry_no > l.before_no + 1

    union all
    select
      s.player_id, coalesce(l.entry_no, 0) + 1, 'entry_missing',
      case
        when s.last_entry_no = coalesce(l.entry_no, 0) + 1
        then format('Entry %s, the newest, is missing.', s.last_entry_no)
        else format('Entries %s to %s, the newest, are missing.',
          coalesce(l.entry_no, 0) + 1, s.last_entry_no)
      end
    from standing as s
    left join ledger as l on l.player_id = s.player_id and l.is_last
    where s.last_entry_no > coalesce(l.entry_no, 0)

    union all
    select
      l.player_id, l.entry_no, 'entry_extra',
      format('Entry %s is not known to the player''s standing, which ends with entry %s.',
        l.entry_no, s.last_entry_no)
    from ledger as l
    join standing as s on s.player_id = l.player_id
    where l.entry_no > s.last_entry_no

    union all
    select
      l.player_id, l.entry_no, 'entry_changed',
      format('What entry %s says doesn''t fit its hash.', l.entry_no)
    from ledger as l
    where l.computed_hash <> l.entry_hash

    union all
    select
      l.player_id, l.entry_no, 'entry_unlinked',
      format('Entry %s doesn''t follow entry %s as it stands.', l.entry_no, l.before_no)
    from ledger as l
    where l.entry_no = l.before_no + 1 and l.previous_hash <> l.before_hash

    union all
    select
      l.player_id, l.entry_no, 'sum_wrong',
      format('Entry %s: %s %s %s is not %s, or does not follow the balance of %s before it.',
        l.entry_no, l.balance_before, case when l.points_change < 0 then '-' else '+' end,
        abs(l.points_change::numeric), l.balance_after, l.before_balance)
    from ledger as l
    where l.balance_after <> l.balance_before::numeric + l.points_change
      or l.entry_no = l.before_no + 1 and l.balance_before <> l.before_balance

    union all
    select
      l.player_id, l.entry_no, 'standing_missing',
      'The player has entries and no standing.'
    from ledger as l
    where l.is_last and not exists (
      select from standing as s where s.player_id = l.player_id
    )

    union all
    select
      s.player_id, coalesce(l.entry_no, 0), 'standing_wrong',
      format('The standing''s %s is %s, the ledger''s up to entry %s is %s.',
        d.what, d.actual, coalesce(l.entry_no, 0), d.expected)
    from standing as s
    left join ledger as l on l.player_id = s.player_id and l.is_last
    cross join lateral (
      values
        ('balance', s.current_balance::text, coalesce(l.balance, 0)::text),
        (
          'last hash', encode(s.last_entry_hash, 'hex'),
          encode(coalesce(l.entry_hash, sha256('')), 'hex')
        )
    ) as d (what, actual, expected)
    where d.actual <> d.expected
  )
  select p.player_id, p.entry_no, p.problem, p.detail
  from problem as p
  order by p.player_id, p.entry_no, p.problem;
end;

alter function loyalty._chain_problems(uuid[]) owner to loyalty_service;
revoke all on function loyalty._chain_problems(uuid[]) from public;

comment on function loyalty._chain_problems(uuid[]) is
  'Everything that doesn''t fit in the ledgers of these players: gaps, changed, extra and '
  'unlinked entries, wrong sums, and standings that differ.';
--! EndIncluded loyalty/_chain_problems.sql
--! Included loyalty/_verify_chain.sql
-- Is the ledger what was written? Recomputes every entry's hash and the chain of each player, and
-- compares the standings: whatever was changed, removed, inserted or swapped behind the functions'
-- back has a name. What somebody who can change everything has made fit again, the seals show.

create or replace function loyalty._verify_chain(player_id uuid default null)
returns loyalty.chain_verification
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  v_suspects uuid[];
  v_result loyalty.chain_verification;
begin
  select t.players, t.entries, t.intact
  into v_result.players, v_result.entries, v_result.intact
  from loyalty._chain_totals(_verify_chain.player_id) as t;
  if not v_result.intact then
    select count(*), sum(c.entries), array_agg(c.player_id) filter (where not c.intact)
    into v_result.players, v_result.entries, v_suspects
    from loyalty._chain_states(_verify_chain.player_id) as c;
  end if;
  if _verify_chain.player_id is not null and v_result.players = 0 then
    perform ops._refuse('RSPLR');
  end if;

  select
    count(*),
    coalesce(
      array_agg(row(p.player_id, p.entry_no, p.problem, p.detail)::loyalty.chain_problem)
        filter (where p.place <= 1000),
      '{}'
    )
  into v_result.problems_found, v_result.problems
  from loyalty._chain_problems(v_suspects)
    with ordinality as p (player_id, entry_no, problem, detail, place);
  return v_result;
end
$$;

alter function loyalty._verify_chain(uuid) owner to loyalty_service;
revoke all on function loyalty._verify_chain(uuid) from public;
grant execute on function loyalty._verify_chain(uuid) to ops_service;

comment on function loyalty._verify_chain(uuid) is
  'Recomputes the ledger of one player, or of all of the running call''s casino: every hash, every '
  'link, every sum, and the standings. Error: RSPLR.';
--! EndIncluded loyalty/_verify_chain.sql

-- Reconciliation: runs and their differences on record, found in one pass each.
--! Included loyalty/_ledger_standings.sql
-- What the ledger says of each player: how many entries, the sums, and the newest entry. The one
-- place where a standing is added up from its entries, for those who compare and for who rebuilds.
-- No sum can overflow, whatever somebody wrote into a row.

create or replace function loyalty._ledger_standings(player_ids uuid[])
returns table (
  player_id uuid,
  entries bigint,
  entry_no bigint,
  balance numeric,
  lifetime bigint,
  entry_hash bytea,
  occurred_at timestamptz
)
language sql
stable
begin atomic
  select
    l.player_id, l.entries, l.entry_no, l.balance, l.lifetime, h.entry_hash, h.occurred_at
  from (
    select
      e.player_id, count(*) as entries, max(e.entry_no) as entry_no,
      sum(e.points_change) as balance,
      least(
        greatest(
          sum(
            case
              when e.transaction_type <> 'REVERSAL' then greatest(e.points_change, 0)
              else least(e.points_change, 0)
            end
          ),
          -9223372036854775808
        ),
        9223372036854775807
      )::bigint as lifetime
    from loyalty.loyalty_ledger as e
    where e.casino_id = identity._casino()
      and (player_ids is null or e.player_id = any (player_ids))
    group by e.player_id
  ) as l
  left join loyalty.loyalty_ledger as h
    on h.casino_id = identity._casino()
    and h.player_id = l.player_id
    and h.entry_no = l.entry_no;
end;

alter function loyalty._ledger_standings(uuid[]) owner to loyalty_service;
revoke all on function loyalty._ledger_standings(uuid[]) from public;

comment on function loyalty._ledger_standings(uuid[]) is
  'Entries, sums and newest entry of every player of the running call''s casino who has any, or of '
  'these players.';
--! EndIncluded loyalty/_ledger_standings.sql
--! Included loyalty/_standing_drift.sql
-- The cache beside the truth, in one pass without hashes: what each player's standing should be
-- after the ledger, and where it is something else. A tier may be that of the tiers in force now,
-- that of the moment when everybody's tier was last moved, until a planned version's job has run,
-- or that of the newest entry's moment, which is how an entry of the past sets it.

create or replace function loyalty._standing_drift(player_ids uuid[]) returns setof loyalty.drift
language plpgsql
stable
set search_path = ''
set plan_cache_mode = force_custom_plan
as $$
begin
  return query
  select d.player_id, d.entry_no, v.what, v.expected, v.actual
  from (
    select
      coalesce(l.player_id, p.player_id) as player_id, coalesce(l.entry_no, 0) as entry_no,
      coalesce(l.entries, 0) as entries, coalesce(l.balance, 0) as balance,
      coalesce(l.lifetime, 0) as lifetime,
      coalesce(l.entry_hash, sha256('')) as entry_hash, l.occurred_at,
      p.player_id is not null as has_standing, p.current_balance, p.lifetime_points, p.tier,
      p.tier_progress, p.last_entry_no, p.last_entry_hash
    from loyalty._ledger_standings(player_ids) as l
    full join (
      select s.*
      from loyalty.player_loyalty as s
      where s.casino_id = identity._casino()
        and (player_ids is null or s.player_id = any (player_ids))
    ) as p on p.player_id = l.player_id
  ) as d
  left join loyalty.terms_in_force as f on f.casino_id = identity._casino()
  left join lateral loyalty._tier_standing(identity._casino(), d.lifetime, now()) as t on true
  left join lateral loyalty._tier_standing(
    identity._casino(), d.lifetime, f.standings_as_of
  ) as u on true
  left join lateral loyalty._tier_standing(
    identity._casino(), d.lifetime, d.occurred_at
  ) as n on true
  cross join lateral (
    values
      ('standing', 'exists', case when d.has_standing then 'exists' else 'is missing' end),
      ('entries', d.entry_no::text, d.entries::text),
      ('current_balance', d.balance::text, d.current_balance::text),
      ('lifetime_points', d.lifetime::text, d.lifetime_points::text),
      ('tier', t.tier, case when d.tier in (u.tier, n.tier) then t.tier else d.tier end),
      (
        'tier_progress', t.tier_progress::text,
        case
          when d.tier_progress in (u.tier_progress, n.tier_progress) then t.tier_progress
          else d.tier_progress
        end::text
      ),
      ('last_entry_no', d.entry_no::text, d.last_entry_no::text),
      ('last_entry_hash', encode(d.entry_hash, 'hex'), encode(d.last_entry_hash, 'hex'))
  ) as v (what, expected, actual)
  where v.actual is distinct from v.expected
    and (d.has_standing or v.what = 'standing');
end
$$;

alter function loyalty._standing_drift(uuid[]) owner to loyalty_service;
revoke all on function loyalty._standing_drift(uuid[]) from public;

comment on function loyalty._standing_drift(uuid[]) is
  'Every difference between the standings and the ledger of the running call''s casino, or of '
  'these players: sums, tier, number and hash of the newest entry.';
--! EndIncluded loyalty/_standing_drift.sql
--! Included loyalty/_drift.sql
-- What each player's standing should be after the ledger, and where it is something else, for
-- whoever asks about one player or about all.

create or replace function loyalty._drift(player_id uuid default null) returns setof loyalty.drift
language sql
stable
security definer
set search_path = ''
begin atomic
  select d.player_id, d.entry_no, d.what, d.expected, d.actual
  from loyalty._standing_drift(
    case when _drift.player_id is not null then array[_drift.player_id] end
  ) as d;
end;

alter function loyalty._drift(uuid) owner to loyalty_service;
revoke all on function loyalty._drift(uuid) from public;
grant execute on function loyalty._drift(uuid) to ops_service;

comment on function loyalty._drift(uuid) is
  'Every difference between the standings and the ledger of the running call''s casino, or of one '
  'player: sums, tier, number and hash of the newest entry. No row is the answer.';
--! EndIncluded loyalty/_drift.sql
--! Included loyalty/_entry_drift.sql
-- Which entries of these players don't fit: each beside the one before it, and every hash beside
-- its content. What it says in words to who verifies (loyalty._chain_problems), it says here as
-- expected and actual.

create or replace function loyalty._entry_drift(player_ids uuid[]) returns setof loyalty.drift
language sql
stable
set search_path = ''
begin atomic
  with ledger as (
    select
      l.player_id, l.entry_no, l.points_change, l.balance_before, l.balance_after,
      l.previous_hash, l.entry_hash,
      coalesce(lag(l.entry_no) over w, 0) as before_no,
      coalesce(lag(l.entry_hash) over w, sha256('')) as before_hash,
      coalesce(lag(l.balance_after) over w, 0) as before_balance,
      loyalty._computed_hash(l) as computed_hash
    from loyalty.loyalty_ledger as l
    where l.casino_id = identity._casino() and l.player_id = any (player_ids)
    window w as (partition by l.player_id order by l.entry_no)
  )
  select
    l.player_id, l.before_no + 1, 'entry', 'exists',
    case
      when l.entry_no = l.before_no + 2 then 'is missing'
      else format('is missing, and so on up to entry %s', l.entry_no - 1)
    end
  from ledger as l
  where l.entry_no > l.before_no + 1
  union all
  select l.player_id, l.entry_no, v.what, v.expected, v.actual
  from ledger as l
  cross join lateral (
    values
      (true, 'balance_before', l.before_balance::text, l.balance_before::text),
      (true, 'previous_hash', encode(l.before_hash, 'hex'), encode(l.previous_hash, 'hex')),
      (
        false, 'balance_after', (l.balance_before::numeric + l.points_change)::text,
        l.balance_after::text
      ),
      (false, 'entry_hash', encode(l.computed_hash, 'hex'), encode(l.entry_hash, 'hex'))
  ) as v (by_the_one_before, what, expected, actual)
  where v.expected <> v.actual
    and (l.entry_no = l.before_no + 1 or not v.by_the_one_before);
end;

alter function loyalty._entry_drift(uuid[]) owner to loyalty_service;
revoke all on function loyalty._entry_drift(uuid[]) from public;

comment on function loyalty._entry_drift(uuid[]) is
  'Entries of these players that don''t follow the one before them, don''t add up or don''t fit '
  'their hash: the column, what it should be and what it is.';
--! EndIncluded loyalty/_entry_drift.sql
--! Included loyalty/_ledger_drift.sql
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
--! EndIncluded loyalty/_ledger_drift.sql
--! Included loyalty/ledger_reconciliation.sql
-- What one pass over the ledger tells: how much was looked at, so that "nothing" can't mean
-- "nothing looked at", and of whom something doesn't fit.

create type loyalty.ledger_reconciliation as (
  players bigint,
  entries bigint,
  suspects uuid[]
);

alter type loyalty.ledger_reconciliation owner to pit_owner;

comment on type loyalty.ledger_reconciliation is
  'How many players and entries were compared, and the players to look at closely; null for none.';
--! EndIncluded loyalty/ledger_reconciliation.sql
--! Included loyalty/_weighed.sql
-- Points times a weight that nobody can know beforehand, for sums over many players: two
-- differences don't make up for each other, and one alone always shows. What is too large for a
-- product is cut off; then the sums don't come out, and players are looked at one by one.

create or replace function loyalty._weighed(player_id uuid, points bigint, salt bigint)
returns bigint
language sql
immutable
parallel safe
return least(greatest(points, -4398046511104), 4398046511104)
  * ((uuid_hash_extended(player_id, salt) & 1048575) + 1);

alter function loyalty._weighed(uuid, bigint, bigint) owner to loyalty_service;
revoke all on function loyalty._weighed(uuid, bigint, bigint) from public;

comment on function loyalty._weighed(uuid, bigint, bigint) is
  'Points times 1 to 2^20, by player and salt.';
--! EndIncluded loyalty/_weighed.sql
--! Included loyalty/_reconciled_ledger.sql
-- The whole ledger beside all standings in one pass that parallel workers share, as in
-- loyalty._chain_totals: every number, sum and link with the hashes as they are stored, and
-- lifetime points, which are weighed by player, so that one player's can't make up for another's;
-- nothing is kept for each player. Hashes are recomputed for one 64th of the players only, whose
-- turn a digest of the player's id tells: a byte changed in an old entry, which nothing else would
-- show, is found within 64 runs.

create or replace function loyalty._reconciled_ledger(slice_no integer)
returns setof loyalty.chain_totals
language plpgsql
stable
set search_path = ''
set plan_cache_mode = force_custom_plan
set jit = off
set max_parallel_workers_per_gather = 4
set parallel_setup_cost = 0
set parallel_tuple_cost = 0
as $$
declare
  v_salt bigint := uuid_hash_extended(gen_random_uuid(), 0);
begin
  return query
  select
    p.players, l.entries,
    l.fits and l.links = p.links and l.entries = p.entries and l.lifetime = p.lifetime
  from (
    select
      count(*) as entries,
      coalesce(
        bool_and(
          e.balance_before >= 0 and e.balance_after >= 0
          and e.balance_after - e.balance_before = e.points_change
          and (
            uuid_hash(e.player_id) & 63 <> _reconciled_ledger.slice_no
            or e.entry_hash = loyalty._computed_hash(e)
          )
        ),
        true
      ) as fits,
      coalesce(
        bit_xor(
          loyalty._chain_digest(e.player_id, e.entry_no, e.balance_after, e.entry_hash, v_salt)
          # loyalty._chain_digest(
            e.player_id, greatest(e.entry_no, 0) - 1, e.balance_before, e.previous_hash, v_salt
          )
        ),
        0
      ) as links,
      coalesce(
        sum(
          loyalty._weighed(
            e.player_id,
            case
              when e.transaction_type <> 'REVERSAL' then greatest(e.points_change, 0)
              else least(e.points_change, 0)
            end,
            v_salt
          )
        ),
        0
      ) as lifetime
    from loyalty.loyalty_ledger as e
    where e.casino_id = identity._casino()
  ) as l
  cross join (
    select
      count(*) as players,
      coalesce(sum(s.last_entry_no), 0) as entries,
      coalesce(
        bit_xor(
          loyalty._chain_digest(s.player_id, 0, 0, sha256(''), v_salt)
          # loyalty._chain_digest(
            s.player_id, s.last_entry_no, s.current_balance, s.last_entry_hash, v_salt
          )
        ),
        0
      ) as links,
      coalesce(sum(loyalty._weighed(s.player_id, s.lifetime_points, v_salt)), 0) as lifetime
    from loyalty.player_loyalty as s
    where s.casino_id = identity._casino()
  ) as p;
end
$$;

alter function loyalty._reconciled_ledger(integer) owner to loyalty_service;
revoke all on function loyalty._reconciled_ledger(integer) from public;

comment on function loyalty._reconciled_ledger(integer) is
  'Players and entries of the running call''s casino, and whether ledger and standings agree; with '
  'every hash recomputed for the players of one slice, 0 to 63.';
--! EndIncluded loyalty/_reconciled_ledger.sql
--! Included loyalty/_reconciled_players.sql
-- Ledger and standings player by player, asked when loyalty._reconciled_ledger doesn't come out:
-- whose it is. The same figures, added up for each player, and the tier besides. Tiers are those
-- of the copy for the write path: who doesn't fit it is a suspect, and loyalty._standing_drift
-- decides.

create or replace function loyalty._reconciled_players(slice_no integer)
returns setof loyalty.chain_state
language plpgsql
stable
set search_path = ''
set plan_cache_mode = force_custom_plan
set jit = off
set max_parallel_workers_per_gather = 4
set parallel_setup_cost = 0
set parallel_tuple_cost = 0
as $$
declare
  v_salt bigint := uuid_hash_extended(gen_random_uuid(), 0);
begin
  return query
  select
    coalesce(c.player_id, p.player_id), coalesce(c.entries, 0),
    (
      p.player_id is not null
      and coalesce(c.entries, 0) = p.last_entry_no
      and coalesce(c.fits, true)
      and coalesce(c.lifetime, 0) = p.lifetime_points
      and coalesce(c.links, 0) = (
        loyalty._chain_digest(p.player_id, 0, 0, sha256(''), v_salt)
        # loyalty._chain_digest(
          p.player_id, p.last_entry_no, p.current_balance, p.last_entry_hash, v_salt
        )
      )
      and p.tier = loyalty._tier(t.tiers, t.tier_floors, p.lifetime_points)
      and p.tier_progress = loyalty._tier_progress(t.tier_floors, p.lifetime_points)
    ) is true
  from (
    select
      l.player_id,
      count(*) as entries,
      sum(
        case
          when l.transaction_type <> 'REVERSAL' then greatest(l.points_change, 0)
          else least(l.points_change, 0)
        end
      ) as lifetime,
      bool_and(
        l.balance_before >= 0 and l.balance_after >= 0
        and l.balance_after - l.balance_before = l.points_change
        and (
          uuid_hash(l.player_id) & 63 <> _reconciled_players.slice_no
          or l.entry_hash = loyalty._computed_hash(l)
        )
      ) as fits,
      bit_xor(
        loyalty._chain_digest(l.player_id, l.entry_no, l.balance_after, l.entry_hash, v_salt)
        # loyalty._chain_digest(
          l.player_id, greatest(l.entry_no, 0) - 1, l.balance_before, l.previous_hash, v_salt
        )
      ) as links
    from loyalty.loyalty_ledger as l
    where l.casino_id = identity._casino()
    group by l.player_id
  ) as c
  full join (
    select s.* from loyalty.player_loyalty as s where s.casino_id = identity._casino()
  ) as p on p.player_id = c.player_id
  left join loyalty.terms_in_force as t on t.casino_id = identity._casino();
end
$$;

alter function loyalty._reconciled_players(integer) owner to loyalty_service;
revoke all on function loyalty._reconciled_players(integer) from public;

comment on function loyalty._reconciled_players(integer) is
  'For each player of the running call''s casino: entries, and whether ledger and standing agree; '
  'with every hash recomputed for the players of one slice, 0 to 63.';
--! EndIncluded loyalty/_reconciled_players.sql
--! Included loyalty/_reconcile.sql
-- Do ledger and standings agree? First as a whole, which keeps nothing for each player; player by
-- player only when that doesn't come out. The caller's statement has one snapshot, in which entry
-- and standing are seen together, as they were written. Who is on another tier than the copy for
-- the write path says is looked at closely in any case.

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
    left join loyalty.terms_in_force as t on t.casino_id = p.casino_id
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
--! EndIncluded loyalty/_reconcile.sql
--! Included compliance/totals_drift.sql
-- A difference in the cash log: in a total, in a case, or an entry that a command remembers
-- otherwise. What reconciliation reports.

create type compliance.totals_drift as (
  patron_id uuid,
  player_id uuid,
  gaming_day date,
  entry_id uuid,
  what text,
  expected text,
  actual text
);

alter type compliance.totals_drift owner to pit_owner;

comment on type compliance.totals_drift is
  'A patron, the player where it is one, the gaming day, the entry where it is about one, what '
  'differs, what it should be and what it is.';
--! EndIncluded compliance/totals_drift.sql
--! Included compliance/totals_reconciliation.sql
-- What one pass over the cash log tells: how much was looked at, so that "nothing" can't mean
-- "nothing looked at", and every difference.

create type compliance.totals_reconciliation as (
  entries bigint,
  drift compliance.totals_drift[]
);

alter type compliance.totals_reconciliation owner to pit_owner;

comment on type compliance.totals_reconciliation is
  'How many entries of the cash log were compared, and every difference.';
--! EndIncluded compliance/totals_reconciliation.sql
--! Included compliance/_day_totals.sql
-- What every patron's gaming day should say, added up from the entries. A day on which nothing was
-- currency has no row and needs none.

create or replace function compliance._day_totals()
returns table (
  patron_id uuid,
  gaming_day date,
  entries bigint,
  has_cash boolean,
  cash_in numeric,
  cash_out numeric,
  entries_in bigint,
  entries_out bigint
)
language sql
stable
begin atomic
  select
    e.patron_id, e.gaming_day, count(*), bool_or(e.cash_in <> 0 or e.cash_out <> 0),
    sum(e.cash_in), sum(e.cash_out),
    count(*) filter (where e.cash_in > 0) - count(*) filter (where e.cash_in < 0),
    count(*) filter (where e.cash_out > 0) - count(*) filter (where e.cash_out < 0)
  from compliance.mtl_entry as e
  where e.casino_id = identity._casino()
  group by e.patron_id, e.gaming_day;
end;

alter function compliance._day_totals() owner to compliance_service;
revoke all on function compliance._day_totals() from public;

comment on function compliance._day_totals() is
  'Sums and numbers of live entries of every patron and gaming day of the running call''s casino.';
--! EndIncluded compliance/_day_totals.sql
--! Included compliance/_cash_entry_drift.sql
-- Does the cash log still have what the commands wrote? Every command remembers its entry; an entry
-- that is gone, that nobody commanded, or that says another amount, day or patron than the command
-- is a log that somebody has changed. A correction's replacement is known by its offset, which
-- names it where it is gone.

create or replace function compliance._cash_entry_drift() returns setof compliance.totals_drift
language sql
stable
set search_path = ''
begin atomic
  with entry as (
    select e.*
    from compliance.mtl_entry as e
    where e.casino_id = identity._casino()
  ),
  command as (
    select c.*
    from compliance.mtl_command as c
    where c.casino_id = identity._casino() and c.entry_id is not null
      and c.command in (
        'record_mtl_entry', 'record_redemption_cash', 'correct_mtl_entry',
        'offset_redemption_cash'
      )
  ),
  misfit as (
    select
      coalesce(c.patron_id, e.patron_id) as patron_id,
      coalesce(c.gaming_day, e.gaming_day) as gaming_day,
      coalesce(c.entry_id, e.entry_id) as entry_id, v.what, v.expected, v.actual
    from command as c
    full join (select e.* from entry as e where e.entry_role <> 'replacement') as e
      on e.entry_id = c.entry_id
    cross join lateral (
      values
        (
          'entry', case when c.entry_id is null then 'is missing' else 'exists' end,
          case when e.entry_id is null then 'is missing' else 'exists' end
        ),
        ('patron_id', c.patron_id::text, e.patron_id::text),
        ('gaming_day', c.gaming_day::text, e.gaming_day::text),
        (
          'amount',
          case when e.entry_role = 'original' then c.recorded_amount::text end, e.amount::text
        )
    ) as v (what, expected, actual)
    where v.expected <> v.actual

    union all
    select
      coalesce(c.patron_id, r.patron_id), coalesce(c.gaming_day, r.gaming_day),
      coalesce(r.entry_id, c.entry_id),
      case when c.entry_id is null or r.entry_id is null then 'replacement' else 'amount' end,
      case when c.entry_id is null then 'is missing' else c.recorded_amount::text end,
      case when r.entry_id is null then 'is missing' else r.amount::text end
    from (
      select c.patron_id, c.gaming_day, c.entry_id, c.recorded_amount, o.corrects_entry_id,
        o.correction_no
      from command as c
      join entry as o on o.entry_id = c.entry_id and o.entry_role = 'offset'
      where c.recorded_amount > 0
    ) as c
    full join (select e.* from entry as e where e.entry_role = 'replacement') as r
      on r.corrects_entry_id = c.corrects_entry_id and r.correction_no = c.correction_no
    where c.recorded_amount is distinct from r.amount
  )
  select
    m.patron_id, p.player_id, m.gaming_day, m.entry_id, m.what, m.expected, m.actual
  from misfit as m
  left join compliance.patron as p
    on p.casino_id = identity._casino() and p.patron_id = m.patron_id;
end;

alter function compliance._cash_entry_drift() owner to compliance_service;
revoke all on function compliance._cash_entry_drift() from public;

comment on function compliance._cash_entry_drift() is
  'Entries of the running call''s casino that are missing, that no command wrote, or that differ '
  'from what their command remembers.';
--! EndIncluded compliance/_cash_entry_drift.sql
--! Included compliance/_reconcile.sql
-- Do the totals, and the cases that follow from them, agree with the cash log? One statement, so
-- one snapshot: entry, total and case are written together, and are seen together. Sums are the
-- entries' own; whether a day must be reported is judged over the person by the thresholds in force
-- when it began, as compliance._settle_day does.

create or replace function compliance._reconcile(actor identity.actor)
returns compliance.totals_reconciliation
language sql
stable
security definer
set search_path = ''
begin atomic
  with total as materialized (
    select t.* from compliance._day_totals() as t
  ),
  day_drift as (
    select
      coalesce(t.patron_id, d.patron_id) as patron_id,
      coalesce(t.gaming_day, d.gaming_day) as gaming_day,
      v.what, v.expected, v.actual
    from total as t
    full join (
      select d.*
      from compliance.patron_gaming_day as d
      where d.casino_id = identity._casino()
    ) as d on d.patron_id = t.patron_id and d.gaming_day = t.gaming_day
    cross join lateral (
      values
        (
          'day', case when t.has_cash then 'exists' end,
          case when d.patron_id is null then 'is missing' else 'exists' end
        ),
        ('cash_in', coalesce(t.cash_in, 0)::numeric(18, 2)::text, d.cash_in::text),
        ('cash_out', coalesce(t.cash_out, 0)::numeric(18, 2)::text, d.cash_out::text),
        ('entries_in', coalesce(t.entries_in, 0)::text, d.entries_in::text),
        ('entries_out', coalesce(t.entries_out, 0)::text, d.entries_out::text)
    ) as v (what, expected, actual)
    where v.expected <> v.actual
  ),
  person as (
    select
      coalesce(l.player_patron_id, t.patron_id) as patron_id, t.gaming_day,
      sum(t.cash_in) as cash_in, sum(t.cash_out) as cash_out
    from total as t
    left join compliance.patron_link as l
      on l.casino_id = identity._casino()
      and l.unknown_patron_id = t.patron_id
      and l.undone_at is null
    group by 1, 2
  ),
  judged as (
    select
      coalesce(s.patron_id, c.patron_id) as patron_id,
      coalesce(s.gaming_day, c.gaming_day) as gaming_day,
      coalesce(s.cash_in, 0) as cash_in, coalesce(s.cash_out, 0) as cash_out,
      coalesce(greatest(s.cash_in, s.cash_out) > h.ctr_threshold, false) as is_over,
      c.case_id, c.state, c.filed_version, c.amendment_due
    from person as s
    full join (
      select c.*
      from compliance.ctr_case as c
      where c.casino_id = identity._casino() and c.state <> 'merged'
    ) as c on c.patron_id = s.patron_id and c.gaming_day = s.gaming_day
    left join lateral (
      select t.ctr_threshold
      from compliance.threshold_policy as t
      where t.casino_id = identity._casino()
        and t.effective_from <= (
          (coalesce(s.gaming_day, c.gaming_day) + actor.gaming_day_start)
          at time zone actor.timezone
        )
      order by t.effective_from desc
      limit 1
    ) as h on true
    where c.case_id is not null
      or greatest(s.cash_in, s.cash_out) > (
        select min(t.ctr_threshold)
        from compliance.threshold_policy as t
        where t.casino_id = identity._casino()
      )
  ),
  case_drift as (
    select j.patron_id, j.gaming_day, v.what, v.expected, v.actual
    from judged as j
    left join compliance.ctr_filing as f
      on f.casino_id = identity._casino()
      and f.case_id = j.case_id
      and f.version = j.filed_version
    cross join lateral (
      values
        (
          'case',
          case
            when j.is_over and (j.state = 'closed' or j.state is null) then 'open'
            when not j.is_over and j.state in ('open', 'ready') then 'closed'
          end,
          coalesce(j.state, 'is missing')
        ),
        (
          'amendment_due',
          case
            when (f.cash_in, f.cash_out) <> (j.cash_in, j.cash_out) then 'true'
          end,
          j.amendment_due::text
        )
    ) as v (what, expected, actual)
    where v.expected <> v.actual
      and (v.what <> 'case' or j.filed_version is null)
  ),
  drift as (
    select d.patron_id, p.player_id, d.gaming_day, null::uuid as entry_id, d.what, d.expected,
      d.actual
    from (
      select y.* from day_drift as y
      union all
      select c.* from case_drift as c
    ) as d
    left join compliance.patron as p
      on p.casino_id = identity._casino() and p.patron_id = d.patron_id
    union all
    select e.patron_id, e.player_id, e.gaming_day, e.entry_id, e.what, e.expected, e.actual
    from compliance._cash_entry_drift() as e
  )
  select
    coalesce((select sum(t.entries) from total as t), 0)::bigint,
    array(
      select row(
        d.patron_id, d.player_id, d.gaming_day, d.entry_id, d.what, d.expected, d.actual
      )::compliance.totals_drift
      from drift as d
      order by d.patron_id, d.gaming_day, d.entry_id nulls first, d.what
    );
end;

alter function compliance._reconcile(identity.actor) owner to compliance_service;
revoke all on function compliance._reconcile(identity.actor) from public;
grant execute on function compliance._reconcile(identity.actor) to ops_service;

comment on function compliance._reconcile(identity.actor) is
  'How many entries the cash log of the running call''s casino has, and every difference in '
  'totals, cases and entries.';
--! EndIncluded compliance/_reconcile.sql
--! Included ops/reconciliation_run.sql
-- That somebody looked whether the caches still agree with what they are made of, when, at how
-- much, and how many differences there were. "None" is only worth something beside the numbers of
-- what was looked at.

set local role pit_owner;

create table ops.reconciliation_run (
  casino_id integer not null references identity.casino on delete restrict,
  reconciliation_run_id uuid not null default uuidv7(),
  started_at timestamptz not null,
  finished_at timestamptz not null,
  cause text not null,
  staff_id uuid,
  players bigint not null,
  entries bigint not null,
  cash_entries bigint not null,
  slice_no integer not null,
  drift_found integer not null,
  correlation_id text not null,
  created_at timestamptz not null default now(),
  primary key (casino_id, reconciliation_run_id),
  constraint cause_is_known check (cause in ('job', 'person', 'command')),
  constraint a_person_has_a_name check ((cause = 'person') = (staff_id is not null)),
  constraint it_ends_after_it_begins check (started_at <= finished_at),
  constraint counts_are_not_negative check (
    players >= 0 and entries >= 0 and cash_entries >= 0 and slice_no >= 0 and drift_found >= 0
  )
);

create index reconciliation_run_time on ops.reconciliation_run (casino_id, created_at);

alter table ops.reconciliation_run enable row level security;
alter table ops.reconciliation_run force row level security;

create policy manage_all on ops.reconciliation_run to pit_owner using (true);
create policy select_own_casino on ops.reconciliation_run for select to pit_staff
using (
  casino_id = (select identity.current_casino_id())
  and (select identity.session_may('audit:view'))
);
create policy audit_own_casino on ops.reconciliation_run for select to pit_auditor
using (casino_id = (select identity.current_casino_id()));
create policy serve_own_casino on ops.reconciliation_run for select to ops_service
using (casino_id = identity._casino());
create policy insert_own_casino on ops.reconciliation_run for insert to ops_service
with check (casino_id = identity._casino());

grant select, insert on ops.reconciliation_run to ops_service;
grant select on ops.reconciliation_run to pit_staff, pit_auditor;

create trigger reconciliation_run_is_append_only
before update or delete or truncate on ops.reconciliation_run
for each statement execute function ops._append_only('OPIMM');
alter table ops.reconciliation_run
enable always trigger reconciliation_run_is_append_only;

reset role;

comment on table ops.reconciliation_run is
  'One comparison of balances, chains and cash totals with their entries. Append-only.';
comment on column ops.reconciliation_run.cause is
  'job: the worker''s clock; person: somebody asked; command: the command line.';
comment on column ops.reconciliation_run.staff_id is 'Who asked, when a person did.';
comment on column ops.reconciliation_run.players is 'Players who have a standing or entries.';
comment on column ops.reconciliation_run.entries is 'Ledger entries that were looked at.';
comment on column ops.reconciliation_run.cash_entries is
  'Entries of the cash log that were looked at.';
comment on column ops.reconciliation_run.slice_no is
  'Which 64th of the players had every hash recomputed; the next run takes the next.';
comment on column ops.reconciliation_run.drift_found is
  'Rows of reconciliation_drift; 0 is the answer.';
--! EndIncluded ops/reconciliation_run.sql
--! Included ops/reconciliation_drift.sql
-- One difference that a reconciliation found: whose, what it should be and what it was. It stays
-- when it has been repaired, so that nobody can say it was never there.

set local role pit_owner;

create table ops.reconciliation_drift (
  casino_id integer not null,
  reconciliation_run_id uuid not null,
  drift_no integer not null,
  subject text not null,
  player_id uuid,
  patron_id uuid,
  gaming_day date,
  entry_no bigint,
  entry_id uuid,
  what text not null,
  expected text,
  actual text,
  primary key (casino_id, reconciliation_run_id, drift_no),
  foreign key (casino_id, reconciliation_run_id) references ops.reconciliation_run
  on delete restrict,
  constraint subject_is_known check (subject in ('loyalty', 'cash')),
  constraint loyalty_names_a_player check (subject <> 'loyalty' or player_id is not null),
  constraint cash_names_a_patron check (subject <> 'cash' or patron_id is not null),
  constraint expected_and_actual_differ check (expected is distinct from actual)
);

create index reconciliation_drift_player on ops.reconciliation_drift (casino_id, player_id)
where player_id is not null;

alter table ops.reconciliation_drift enable row level security;
alter table ops.reconciliation_drift force row level security;

create policy manage_all on ops.reconciliation_drift to pit_owner using (true);
create policy select_own_casino on ops.reconciliation_drift for select to pit_staff
using (
  casino_id = (select identity.current_casino_id())
  and (select identity.session_may('audit:view'))
);
create policy audit_own_casino on ops.reconciliation_drift for select to pit_auditor
using (casino_id = (select identity.current_casino_id()));
create policy serve_own_casino on ops.reconciliation_drift for select to ops_service
using (casino_id = identity._casino());
create policy insert_own_casino on ops.reconciliation_drift for insert to ops_service
with check (casino_id = identity._casino());

grant select, insert on ops.reconciliation_drift to ops_service;
grant select on ops.reconciliation_drift to pit_staff, pit_auditor;

create trigger reconciliation_drift_is_append_only
before update or delete or truncate on ops.reconciliation_drift
for each statement execute function ops._append_only('OPIMM');
alter table ops.reconciliation_drift
enable always trigger reconciliation_drift_is_append_only;

reset role;

comment on table ops.reconciliation_drift is
  'A difference that a reconciliation found, with what it expected. Append-only.';
comment on column ops.reconciliation_drift.drift_no is '1, 2, 3 … for each run.';
comment on column ops.reconciliation_drift.subject is
  'loyalty: standings and ledger; cash: the cash log, its totals and cases.';
comment on column ops.reconciliation_drift.player_id is
  'Whose, when it is an enrolled player.';
comment on column ops.reconciliation_drift.patron_id is 'Whose, in the cash log.';
comment on column ops.reconciliation_drift.gaming_day is 'Which day''s total, case or entry.';
comment on column ops.reconciliation_drift.entry_no is
  'The ledger entry; for a standing the newest entry in the ledger.';
comment on column ops.reconciliation_drift.entry_id is 'The entry of the cash log.';
comment on column ops.reconciliation_drift.what is
  'What differs: the column, or standing, entries, entry, day, case.';
comment on column ops.reconciliation_drift.expected is 'What the entries say it should be.';
comment on column ops.reconciliation_drift.actual is 'What was found.';
--! EndIncluded ops/reconciliation_drift.sql
--! Included ops/reconciliation_result.sql
-- What reconciling gives back: the run as it was recorded, with the one figure that matters beside
-- it.

create type ops.reconciliation_result as (
  reconciliation_run ops.reconciliation_run,
  drift_found integer
);

alter type ops.reconciliation_result owner to pit_owner;

comment on type ops.reconciliation_result is
  'A reconciliation and how many differences it found; they are rows of reconciliation_drift.';
--! EndIncluded ops/reconciliation_result.sql
--! Included ops/_reconcile.sql
-- Is it still true? Compares every cache with the entries it is made of and writes down what
-- differs; repairs nothing. Each comparison is one statement, so it has one snapshot: what a writer
-- does at the same moment is seen as a whole or not at all, can't be taken for a difference, and
-- waits for nobody. Who the ledger's pass suspects is looked at again, entry by entry.

create or replace function ops._reconcile(actor identity.actor, cause text)
returns ops.reconciliation_result
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_run ops.reconciliation_run;
  v_suspects uuid[];
  v_ledger loyalty.drift[];
  v_cash compliance.totals_drift[];
begin
  v_run.casino_id := actor.casino_id;
  v_run.reconciliation_run_id := uuidv7();
  v_run.started_at := clock_timestamp();
  v_run.cause := _reconcile.cause;
  v_run.staff_id := actor.staff_id;
  v_run.correlation_id := actor.correlation_id;
  v_run.created_at := now();
  v_run.slice_no := coalesce(
    (
      select (r.slice_no + 1) % 64
      from ops.reconciliation_run as r
      where r.casino_id = identity._casino()
      order by r.created_at desc, r.reconciliation_run_id desc
      limit 1
    ),
    0
  );

  select l.players, l.entries, l.suspects
  into v_run.players, v_run.entries, v_suspects
  from loyalty._reconcile(v_run.slice_no) as l;
  v_ledger := array(
    select d
    from loyalty._ledger_drift(v_suspects) as d
    where v_suspects is not null
    order by d.player_id, d.entry_no, d.what
  );
  select c.entries, c.drift
  into v_run.cash_entries, v_cash
  from compliance._reconcile(actor) as c;

  v_run.drift_found := cardinality(v_ledger) + cardinality(v_cash);
  v_run.finished_at := clock_timestamp();
  insert into ops.reconciliation_run select v_run.*;
  insert into ops.reconciliation_drift (
    casino_id, reconciliation_run_id, drift_no, subject, player_id, patron_id, gaming_day,
    entry_no, entry_id, what, expected, actual
  )
  select v_run.casino_id, v_run.reconciliation_run_id, d.*
  from (
    select
      l.drift_no, 'loyalty', l.player_id, null::uuid, null::date, l.entry_no, null::uuid, l.what,
      l.expected, l.actual
    from unnest(v_ledger) with ordinality as l (
      player_id, entry_no, what, expected, actual, drift_no
    )
    union all
    select
      cardinality(v_ledger) + c.drift_no, 'cash', c.player_id, c.patron_id, c.gaming_day, null,
      c.entry_id, c.what, c.expected, c.actual
    from unnest(v_cash) with ordinality as c (
      patron_id, player_id, gaming_day, entry_id, what, expected, actual, drift_no
    )
  ) as d;
  return row(v_run, v_run.drift_found);
end
$$;

alter function ops._reconcile(identity.actor, text) owner to ops_service;
revoke all on function ops._reconcile(identity.actor, text) from public;

comment on function ops._reconcile(identity.actor, text) is
  'Compares standings, ledger, cash totals and cases of the running call''s casino and records the '
  'run with every difference.';
--! EndIncluded ops/_reconcile.sql
--! Included ops/reconcile.sql
-- Reconciles now, for whoever answers for the books; the worker does the same every quarter of an
-- hour.

create or replace function ops.reconcile() returns ops.reconciliation_result
language plpgsql
volatile
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_actor identity.actor := identity._enter('audit:view');
begin
  return ops._reconcile(v_actor, 'person');
end
$$;

alter function ops.reconcile() owner to ops_service;
revoke all on function ops.reconcile() from public;
grant execute on function ops.reconcile() to pit_staff;

comment on function ops.reconcile() is
  'Compares balances, chains and cash totals with their entries and records every difference; '
  'repairs nothing. Capability audit:view. Errors: IDUNA, IDFRB.';
--! EndIncluded ops/reconcile.sql
--! Included ops/reconcile_job.sql
-- The reconciliation that nobody has to think of: every quarter of an hour, at each casino. It is
-- as safe to run twice as to look twice.

create or replace function ops.reconcile_job(ticket text) returns ops.reconciliation_result
language plpgsql
volatile
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_actor identity.actor := identity._enter_job('ops/reconcile', ticket);
begin
  return ops._reconcile(v_actor, 'job');
end
$$;

alter function ops.reconcile_job(text) owner to ops_service;
revoke all on function ops.reconcile_job(text) from public;
grant execute on function ops.reconcile_job(text) to pit_worker;

comment on function ops.reconcile_job(text) is
  'For the task ops/reconcile: a reconciliation of the ticket''s casino. Error: OPTKT.';
--! EndIncluded ops/reconcile_job.sql
--! Included ops/reconciliations.sql
-- When somebody looked whether everything agrees, in plain words, for an auditor with psql.
-- Differences are in the view of that name.

create or replace view ops.reconciliations with (security_invoker = true) as
select
  r.reconciliation_run_id as reconciliation_id,
  r.started_at,
  r.finished_at,
  r.cause,
  r.staff_id as asked_by,
  r.players,
  r.entries,
  r.cash_entries,
  r.drift_found as differences,
  r.correlation_id as request_id
from ops.reconciliation_run as r;

alter view ops.reconciliations owner to pit_owner;
grant select on ops.reconciliations to pit_auditor;

comment on view ops.reconciliations is
  'Every reconciliation and how many differences it found, for auditors'' logins.';
--! EndIncluded ops/reconciliations.sql
--! Included ops/differences.sql
-- What reconciliations found, in plain words, for an auditor with psql: whose, what it should have
-- been, what it was.

create or replace view ops.differences with (security_invoker = true) as
select
  r.started_at as found_at,
  d.reconciliation_run_id as reconciliation_id,
  d.drift_no as difference_no,
  d.subject,
  d.player_id,
  d.patron_id,
  d.gaming_day,
  d.entry_no,
  d.entry_id,
  d.what,
  d.expected,
  d.actual
from ops.reconciliation_drift as d
join ops.reconciliation_run as r
  on r.casino_id = d.casino_id and r.reconciliation_run_id = d.reconciliation_run_id;

alter view ops.differences owner to pit_owner;
grant select on ops.differences to pit_auditor;

comment on view ops.differences is
  'Every difference that a reconciliation found, for auditors'' logins.';
--! EndIncluded ops/differences.sql
--! Included ops/queue_recurring_job.sql
-- The worker's clock: for a task that recurs, queues one job per casino, each with a ticket of its
-- own. The worker's login may do this for the tasks listed here and for nothing else; a job that
-- still waits is replaced, so that a worker that was away doesn't find a heap.

create or replace function ops.queue_recurring_job(task text) returns integer
language plpgsql
volatile
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_correlation_id text := uuidv7();
  v_casino_id integer;
  v_queued integer := 0;
begin
  if not coalesce(
    queue_recurring_job.task = any (
      '{compliance/ctr_due, compliance/evaluate_alerts, loyalty/expire_points,
        loyalty/expire_requests, loyalty/renew_terms, loyalty/requeue_accruals,
        ops/close_stale_visits, ops/purge, ops/reconcile, ops/seal_gaming_day}'
    ),
    false
  ) then
    perform ops._refuse('OPTKT', array[queue_recurring_job.task]);
  end if;
  for v_casino_id in select c.casino_id from identity._casinos() as c (casino_id) loop
    perform set_config('pit.casino', v_casino_id::text, true);
    perform ops._queue_job(
      queue_recurring_job.task,
      jsonb_build_object('correlation_id', v_correlation_id),
      format('pit:%s:%s', queue_recurring_job.task, v_casino_id)
    );
    v_queued := v_queued + 1;
  end loop;
  return v_queued;
end
$$;

alter function ops.queue_recurring_job(text) owner to ops_service;
revoke all on function ops.queue_recurring_job(text) from public;
grant execute on function ops.queue_recurring_job(text) to pit_worker;

comment on function ops.queue_recurring_job(text) is
  'For the worker''s cron: queues a recurring task once per casino and gives the number of jobs. '
  'Errors: OPTKT, OPJOB.';
--! EndIncluded ops/queue_recurring_job.sql
-- Enter migration here

-- Figures for monitoring.
--! Included ops/metric.sql
-- One figure for whoever watches the house: a name, labels that tell figures of that name apart,
-- and a number. Counts and ages only; nothing that is about a person.

create type ops.metric as (
  name text,
  labels jsonb,
  value double precision
);

alter type ops.metric owner to pit_owner;

comment on type ops.metric is
  'A figure for monitoring: its name without the prefix pitledger_, its labels as an object of '
  'texts, and its value.';
--! EndIncluded ops/metric.sql
--! Included identity/_casino_list.sql
-- What monitoring says of every casino: the code by which people know it, its calendar, and since
-- when it exists, which is how old its first seal can be at most.

create or replace function identity._casino_list()
returns table (casino_id integer, code text, timezone text, created_at timestamptz)
language sql
stable
security definer
set search_path = ''
begin atomic
  select c.casino_id, c.code, c.timezone, c.created_at
  from identity.casino as c
  order by c.casino_id;
end;

alter function identity._casino_list() owner to identity_service;
revoke all on function identity._casino_list() from public;
grant execute on function identity._casino_list() to ops_service;

comment on function identity._casino_list() is 'Every casino with its code, zone and age.';
--! EndIncluded identity/_casino_list.sql
--! Included loyalty/_metrics.sql
-- What monitoring asks of loyalty: awards that are still to be posted, and for how long already.
-- Whoever looks at the house from outside wants the count and the age, not the slips.

create or replace function loyalty._metrics() returns setof ops.metric
language sql
stable
security definer
set search_path = ''
begin atomic
  with pending as (
    select
      count(*) as accruals,
      coalesce(extract(epoch from now() - min(f.created_at)), 0) as oldest_seconds
    from loyalty.accrual_failure as f
    where f.casino_id = identity._casino() and f.resolved_at is null
  )
  select m.name, '{}'::jsonb, m.value::double precision
  from pending as p
  cross join lateral (
    values
      ('pending_accruals', p.accruals::numeric),
      ('pending_accrual_oldest_seconds', p.oldest_seconds)
  ) as m (name, value);
end;

alter function loyalty._metrics() owner to loyalty_service;
revoke all on function loyalty._metrics() from public;
grant execute on function loyalty._metrics() to ops_service;

comment on function loyalty._metrics() is 'Figures of the running call''s casino for monitoring.';
--! EndIncluded loyalty/_metrics.sql
--! Included compliance/_metrics.sql
-- What monitoring asks of compliance: reports by state, how soon those that are still to be filed
-- are due by the casino's own calendar, and alerts that nobody has looked at. Every state and
-- every bucket has its figure, so that "none" can be told from "not known".

create or replace function compliance._metrics(timezone text) returns setof ops.metric
language sql
stable
security definer
set search_path = ''
begin atomic
  with states as (
    select s.state, count(k.case_id) as cases
    from unnest('{open,ready,filed,acknowledged,closed,merged}'::text[]) as s (state)
    left join compliance.ctr_case as k
      on k.casino_id = identity._casino() and k.state = s.state
    group by s.state
  ),
  due as (
    select k.due_on - (now() at time zone _metrics.timezone)::date as days_left
    from compliance.ctr_case as k
    where k.casino_id = identity._casino() and k.state in ('open', 'ready')
  )
  select 'ctr_cases', jsonb_build_object('state', s.state), s.cases::double precision
  from states as s
  union all
  select 'ctr_cases_due', jsonb_build_object('due', b.due), count(d.days_left)::double precision
  from (
    values
      ('overdue', -1000000, -1), ('3_days', 0, 3), ('7_days', 4, 7), ('later', 8, 1000000)
  ) as b (due, from_days, to_days)
  left join due as d on d.days_left between b.from_days and b.to_days
  group by b.due
  union all
  select 'alerts_open', '{}'::jsonb, count(*)::double precision
  from compliance.compliance_alert as a
  where a.casino_id = identity._casino() and a.resolved_at is null;
end;

alter function compliance._metrics(text) owner to compliance_service;
revoke all on function compliance._metrics(text) from public;
grant execute on function compliance._metrics(text) to ops_service;

comment on function compliance._metrics(text) is
  'Figures of the running call''s casino for monitoring, with days counted in its zone.';
--! EndIncluded compliance/_metrics.sql
--! Included ops/_metrics.sql
-- What monitoring asks of ops about one casino: what its last reconciliation found and how long ago
-- that and its last seal are (a casino that never had one is as old as itself), its imports by
-- state, and rows that wait in quarantine.

create or replace function ops._metrics(since timestamptz) returns setof ops.metric
language sql
stable
set search_path = ''
begin atomic
  with latest as (
    select r.drift_found, r.finished_at
    from ops.reconciliation_run as r
    where r.casino_id = identity._casino()
    order by r.created_at desc, r.reconciliation_run_id desc
    limit 1
  )
  select
    'reconciliation_drift', '{}'::jsonb,
    coalesce((select l.drift_found from latest as l), 0)::double precision
  union all
  select
    'reconciliation_age_seconds', '{}'::jsonb,
    extract(
      epoch from now() - coalesce((select l.finished_at from latest as l), _metrics.since)
    )
  union all
  select
    'seal_age_seconds', '{}'::jsonb,
    extract(epoch from now() - coalesce(max(s.sealed_at), _metrics.since))::double precision
  from ops.ledger_seal as s
  where s.casino_id = identity._casino()
  union all
  select 'imports', jsonb_build_object('state', s.state), count(b.import_batch_id)
  from unnest('{staging,posting,finished,undoing,partly_undone,undone}'::text[]) as s (state)
  left join ops.import_batch as b on b.casino_id = identity._casino() and b.state = s.state
  group by s.state
  union all
  select 'import_rows_quarantined', '{}'::jsonb, count(*)
  from ops.import_quarantine as q
  where q.casino_id = identity._casino()
    and not exists (
      select
      from ops.import_retry as r
      where r.casino_id = q.casino_id
        and r.import_quarantine_id = q.import_quarantine_id
        and r.outcome = 'settled'
    );
end;

alter function ops._metrics(timestamptz) owner to ops_service;
revoke all on function ops._metrics(timestamptz) from public;

comment on function ops._metrics(timestamptz) is
  'Figures of the running call''s casino for monitoring.';
--! EndIncluded ops/_metrics.sql
--! Included ops/_job_counts.sql
-- How the queue stands, asked in the name of its owner. Only ops.metrics may call it, and it tells
-- numbers: no payload, and so no ticket, leaves the queue this way.

create or replace function ops._job_counts() returns setof ops.metric
language sql
stable
security definer
set search_path = ''
as $$
  with job as (
    select
      case
        when j.locked_at is not null then 'running'
        when j.attempts >= j.max_attempts then 'given_up'
        when j.run_at > now() then case when j.attempts > 0 then 'retrying' else 'scheduled' end
        else 'waiting'
      end as state,
      now() - j.run_at as lag
    from graphile_worker.jobs as j
  )
  select 'jobs', jsonb_build_object('state', s.state), count(j.state)::double precision
  from unnest('{waiting,running,scheduled,retrying,given_up}'::text[]) as s (state)
  left join job as j on j.state = s.state
  group by s.state
  union all
  select
    'job_oldest_waiting_seconds', '{}'::jsonb,
    coalesce(extract(epoch from max(j.lag)), 0)::double precision
  from job as j
  where j.state = 'waiting'
$$;

alter function ops._job_counts() owner to pit_worker;
revoke all on function ops._job_counts() from public;
grant execute on function ops._job_counts() to ops_service;

comment on function ops._job_counts() is
  'Jobs of the queue by state, and how long the oldest one that could run has waited.';
--! EndIncluded ops/_job_counts.sql
--! Included ops/metrics.sql
-- What only the database knows and monitoring wants to: one call for all casinos, asked by the
-- gateway when it is scraped. Aggregates by casino code, nothing that is about a person. It needs
-- no session, because nobody is signed in, and it only counts.

create or replace function ops.metrics() returns setof ops.metric
language plpgsql
volatile
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_casino record;
begin
  for v_casino in select c.* from identity._casino_list() as c loop
    perform set_config('pit.casino', v_casino.casino_id::text, true);
    return query
    select m.name, m.labels || jsonb_build_object('casino', v_casino.code), m.value
    from (
      select l.* from loyalty._metrics() as l
      union all
      select c.* from compliance._metrics(v_casino.timezone) as c
      union all
      select o.* from ops._metrics(v_casino.created_at) as o
    ) as m;
  end loop;
  return query select j.* from ops._job_counts() as j;
  -- The planner's estimate: counting a ledger takes longer the longer it is.
  return query
  select 'ledger_entries_estimate', '{}'::jsonb, greatest(r.reltuples, 0)::double precision
  from pg_catalog.pg_class as r
  where r.oid = 'loyalty.loyalty_ledger'::regclass;
end
$$;

alter function ops.metrics() owner to ops_service;
revoke all on function ops.metrics() from public;
grant execute on function ops.metrics() to pit_gateway;

comment on function ops.metrics() is
  'For the gateway''s /metrics: figures of every casino and of the queue.';
--! EndIncluded ops/metrics.sql
--! Included loyalty/_given_today.sql
-- The points of the manual rewards that the caller gave in the running gaming day, or asked for:
-- what the limit of a staff member's day counts. A request counts while it waits and once it is
-- approved, on the day it was made; what was reversed still was given.

create or replace function loyalty._given_today(actor identity.actor) returns numeric
language sql
stable
return (
  select coalesce(sum(l.points_change), 0)
  from loyalty.loyalty_ledger as l
  where l.casino_id = identity._casino()
    and l.staff_id = actor.staff_id
    and l.transaction_type = 'MANUAL_BONUS'
    and l.approved_by is null
    and l.created_at >= loyalty._gaming_day_begin(actor)
) + (
  select coalesce(sum(r.points), 0)
  from loyalty.reward_request as r
  where r.casino_id = identity._casino()
    and r.requested_by = actor.staff_id
    and r.kind = 'reward'
    and (r.status = 'approved' or r.status = 'pending' and r.expires_at > now())
    and r.created_at >= loyalty._gaming_day_begin(actor)
);

alter function loyalty._given_today(identity.actor) owner to loyalty_service;
revoke all on function loyalty._given_today(identity.actor) from public;

comment on function loyalty._given_today(identity.actor) is
  'Points of manual rewards that the caller gave or asked for in the running gaming day.';
--! EndIncluded loyalty/_given_today.sql
--! Included loyalty/_received_today.sql
-- The points of manual rewards that a player was given in the running gaming day, or that are asked
-- for: what the limit of a player's day counts. Asked under the player's row lock. Walks back from
-- the newest entry and stops where the day begins, so that a long ledger costs nothing.

create or replace function loyalty._received_today(actor identity.actor, player_id uuid)
returns numeric
language plpgsql
stable
set search_path = ''
as $$
declare
  v_begin timestamptz := loyalty._gaming_day_begin(actor);
  v_points numeric;
  v_entry record;
begin
  select coalesce(sum(r.points), 0) into v_points
  from loyalty.reward_request as r
  where r.casino_id = identity._casino()
    and r.player_id = _received_today.player_id
    and r.kind = 'reward'
    and (r.status = 'approved' or r.status = 'pending' and r.expires_at > now())
    and r.created_at >= v_begin;
  for v_entry in
    select l.points_change, l.transaction_type, l.approved_by, l.occurred_at, l.created_at
    from loyalty.loyalty_ledger as l
    where l.casino_id = identity._casino() and l.player_id = _received_today.player_id
    order by l.entry_no desc
  loop
    -- Entries of one player are numbered under a lock, their times taken a little before it.
    exit when v_entry.created_at < v_begin - interval '1 hour';
    if v_entry.transaction_type = 'MANUAL_BONUS'
      and v_entry.approved_by is null
      and v_entry.occurred_at >= v_begin
    then
      v_points := v_points + v_entry.points_change;
    end if;
  end loop;
  return v_points;
end
$$;

alter function loyalty._received_today(identity.actor, uuid) owner to loyalty_service;
revoke all on function loyalty._received_today(identity.actor, uuid) from public;

comment on function loyalty._received_today(identity.actor, uuid) is
  'Points of manual rewards that a player was given, or that wait for approval, in the running '
  'gaming day.';
--! EndIncluded loyalty/_received_today.sql
--! Included loyalty/_rules_began_since.sql
-- Whether other rules were put in force since a moment: since the call began that is asking, while
-- it waited for its turn, that is. What it would put in force now would be the older version.

create or replace function loyalty._rules_began_since(at timestamptz) returns boolean
language sql
volatile
return exists (
  select
  from loyalty.loyalty_policy as p
  where p.casino_id = identity._casino()
    and p.effective_from > at
    and p.effective_from <= clock_timestamp()
) or exists (
  select
  from loyalty.loyalty_tier as t
  where t.casino_id = identity._casino()
    and t.effective_from > at
    and t.effective_from <= clock_timestamp()
);

alter function loyalty._rules_began_since(timestamptz) owner to loyalty_service;
revoke all on function loyalty._rules_began_since(timestamptz) from public;

comment on function loyalty._rules_began_since(timestamptz) is
  'Whether a version of the policy or the tiers began after a moment and before this one.';
--! EndIncluded loyalty/_rules_began_since.sql
--! Included loyalty/_chain_misfits.sql
-- Which of these entries are no longer what they were: for the seals, which know numbers and hashes
-- of entries and nothing else about them.

create or replace function loyalty._chain_misfits(
  player_ids uuid[],
  entry_nos bigint[],
  entry_hashes bytea[]
)
returns table (place bigint, found boolean)
language sql
stable
security definer
set search_path = ''
begin atomic
  select e.place, l.entry_no is not null
  from unnest(player_ids, entry_nos, entry_hashes)
    with ordinality as e (player_id, entry_no, entry_hash, place)
  left join loyalty.loyalty_ledger as l
    on l.casino_id = identity._casino()
    and l.player_id = e.player_id
    and l.entry_no = e.entry_no
  where l.entry_hash is distinct from e.entry_hash or e.entry_hash is null;
end;

alter function loyalty._chain_misfits(uuid[], bigint[], bytea[]) owner to loyalty_service;
revoke all on function loyalty._chain_misfits(uuid[], bigint[], bytea[]) from public;
grant execute on function loyalty._chain_misfits(uuid[], bigint[], bytea[]) to ops_service;

comment on function loyalty._chain_misfits(uuid[], bigint[], bytea[]) is
  'The places in these lists whose entry is missing (found is false) or has another hash.';
--! EndIncluded loyalty/_chain_misfits.sql
--! Included ops/_seal_problems.sql
-- What no longer fits the seals: the seals themselves, the leaves that their trees are made of, the
-- entries that the leaves name, and the file of somebody who has kept seals elsewhere.

create or replace function ops._seal_problems(file jsonb) returns setof ops.seal_problem
language plpgsql
stable
set search_path = ''
as $$
declare
  v_seal ops.ledger_seal;
  v_before bytea := sha256('');
  v_leaves bytea[];
begin
  for v_seal in
    select s.*
    from ops.ledger_seal as s
    where s.casino_id = identity._casino()
    order by s.gaming_day
  loop
    if v_seal.previous_seal <> v_before then
      return next row(
        v_seal.gaming_day, null, null, 'seal_unlinked',
        format('The seal of %s doesn''t follow the one before it.', v_seal.gaming_day)
      )::ops.seal_problem;
    end if;
    v_before := v_seal.seal;
    if ops._seal_hash(v_seal) <> v_seal.seal then
      return next row(
        v_seal.gaming_day, null, null, 'seal_changed',
        format('What the seal of %s says doesn''t fit its hash.', v_seal.gaming_day)
      )::ops.seal_problem;
    end if;
    v_leaves := (
      select array_agg(l.leaf order by l.leaf_no) from ops._sealed_leaves(v_seal.gaming_day) as l
    );
    if ops._merkle_root(v_leaves) <> v_seal.merkle_root then
      return next row(
        v_seal.gaming_day, null, null, 'leaves_changed',
        format('The entries noted for the seal of %s don''t make its root.', v_seal.gaming_day)
      )::ops.seal_problem;
    end if;
  end loop;

  return query
  select
    l.gaming_day, l.player_id, l.entry_no,
    case when m.found then 'entry_changed' else 'entry_missing' end,
    case
      when m.found then format(
        'Entry %s is not the one that was sealed on %s.', l.entry_no, l.gaming_day
      )
      else format('Entry %s, sealed on %s, is missing.', l.entry_no, l.gaming_day)
    end
  from (
    select
      array_agg(e.player_id order by e.gaming_day, e.player_id) as player_ids,
      array_agg(e.entry_no order by e.gaming_day, e.player_id) as entry_nos,
      array_agg(e.entry_hash order by e.gaming_day, e.player_id) as entry_hashes,
      array_agg(e.gaming_day order by e.gaming_day, e.player_id) as days
    from ops.ledger_seal_leaf as e
    where e.casino_id = identity._casino()
  ) as a
  cross join lateral loyalty._chain_misfits(a.player_ids, a.entry_nos, a.entry_hashes) as m
  cross join lateral (
    select
      a.days[m.place] as gaming_day, a.player_ids[m.place] as player_id,
      a.entry_nos[m.place] as entry_no
  ) as l;

  if file is null then
    return;
  end if;

  return query
  select
    f.gaming_day, null::uuid, null::bigint,
    case
      when s.gaming_day is null then 'seal_missing'
      when s.seal is distinct from f.seal then 'seal_changed'
      else 'seal_unknown'
    end,
    case
      when s.gaming_day is null
      then format('The seal of %s, which the file has, is missing.', f.gaming_day)
      when s.seal is distinct from f.seal
      then format('The seal of %s is not the one in the file.', f.gaming_day)
      else format('The file''s seal of %s doesn''t fit what it says beside it.', f.gaming_day)
    end
  from ops._file_seals(file) as f
  left join ops.ledger_seal as s
    on s.casino_id = identity._casino() and s.gaming_day = f.gaming_day
  where s.gaming_day is null
    or s.seal is distinct from f.seal
    or (f.players, f.entries, f.merkle_root, f.previous_seal, f.sealed_at)
      is distinct from (
        s.players, s.entries, s.merkle_root, s.previous_seal,
        (extract(epoch from s.sealed_at) * 1000000)::bigint
      );

  return query
  select
    l.gaming_day, l.player_id, l.entry_no,
    case when m.found then 'entry_changed' else 'entry_missing' end,
    case
      when m.found then format(
        'Entry %s is not the one that the file has for %s.', l.entry_no, l.gaming_day
      )
      else format('Entry %s, which the file has for %s, is missing.', l.entry_no, l.gaming_day)
    end
  from (
    select
      array_agg((e.leaf ->> 0)::uuid order by f.gaming_day, e.place) as player_ids,
      array_agg((e.leaf ->> 1)::bigint order by f.gaming_day, e.place) as entry_nos,
      array_agg(decode(e.leaf ->> 2, 'hex') order by f.gaming_day, e.place) as entry_hashes,
      array_agg(f.gaming_day order by f.gaming_day, e.place) as days
    from ops._file_seals(file) as f
    cross join jsonb_array_elements(f.leaves) with ordinality as e (leaf, place)
  ) as a
  cross join lateral loyalty._chain_misfits(a.player_ids, a.entry_nos, a.entry_hashes) as m
  cross join lateral (
    select
      a.days[m.place] as gaming_day, a.player_ids[m.place] as player_id,
      a.entry_nos[m.place] as entry_no
  ) as l;
exception when data_exception then
  perform ops._refuse('OPSFL', array[sqlerrm]);
end
$$;

alter function ops._seal_problems(jsonb) owner to ops_service;
revoke all on function ops._seal_problems(jsonb) from public;

comment on function ops._seal_problems(jsonb) is
  'Everything that doesn''t fit the seals of the running call''s casino, or a file of them. Error: '
  'OPSFL.';
--! EndIncluded ops/_seal_problems.sql
-- The audit log is complete: sessions, refusals, permissions; staff are administered.
set local role pit_owner;
insert into ops.error_registry (sqlstate, name, message, hint) values
('IDOWN', 'OWN_ACCOUNT', 'Nobody may change their own account.',
  'Ask another administrator to do it.'),
('IDADM', 'LAST_ADMINISTRATOR', 'Nobody would be left who may manage staff.',
  'Let another active person manage staff first.'),
('IDROL', 'INVALID_ROLE', 'There is no role %s for a person.',
  'Choose one of the roles of the list.'),
('IDCAP', 'UNKNOWN_CAPABILITY', 'There is no capability %s.',
  'Choose one of the capabilities of the list.'),
('IDPER', 'INVALID_PERSON', 'This person can''t be added: %s.',
  'Correct what is named and send it again.'),
('IDNSI', 'STAFF_CANNOT_SIGN_IN', 'This person doesn''t sign in.',
  'Give them a role that signs in, or reactivate the account, first.'),
('IDPWC', 'PASSWORD_CHANGE_REQUIRED', 'This password was given to you and has to be replaced.',
  'Choose a password of your own and sign in with both.'),
('IDPWD', 'INVALID_PASSWORD',
  'A password needs 12 to 200 characters and must differ from the last one.',
  'Choose another password; a few words in a row are easy to remember.');

alter table ops.audit_log
  add column session_id uuid,
  add column subject_staff_id uuid;
create index audit_log_request on ops.audit_log (casino_id, correlation_id);
create index audit_log_action on ops.audit_log (casino_id, action, created_at);
create index audit_log_staff on ops.audit_log (casino_id, staff_id, created_at)
where staff_id is not null;
create index audit_log_subject on ops.audit_log (casino_id, subject_staff_id, created_at)
where subject_staff_id is not null;
create index loyalty_ledger_request on loyalty.loyalty_ledger
using brin (correlation_id text_bloom_ops) with (autosummarize = on);
create index rating_slip_event_request on floor.rating_slip_event
using brin (correlation_id text_bloom_ops) with (autosummarize = on);
create index command_request on floor.command
using brin (correlation_id text_bloom_ops) with (autosummarize = on);
create index mtl_entry_request on compliance.mtl_entry
using brin (correlation_id text_bloom_ops) with (autosummarize = on);
create index mtl_command_request on compliance.mtl_command
using brin (correlation_id text_bloom_ops) with (autosummarize = on);
create index ingested_event_request on ops.ingested_event
using brin (correlation_id text_bloom_ops) with (autosummarize = on);

alter table identity.staff
  add column role_since timestamptz not null default now(),
  add column role_given_by uuid;
update identity.staff set role_since = created_at;
grant update (role_since, role_given_by) on identity.staff to identity_service;

alter table identity.staff_permission
  add column reason text,
  add column given_by uuid,
  add column since timestamptz not null default now();
update identity.staff_permission set since = created_at;
create policy update_own_casino on identity.staff_permission for update to identity_service
using (casino_id = identity._casino()) with check (casino_id = identity._casino());
grant update (granted, reason, given_by, since) on identity.staff_permission to identity_service;

alter table identity.staff_secret
  add column must_change boolean not null default false,
  add column signed_in_at timestamptz;
grant update (must_change, signed_in_at) on identity.staff_secret to identity_service;

comment on table ops.audit_log is
  'What somebody did or read that no other row records, and what was refused. Append-only.';
comment on column ops.audit_log.action is
  'What it was: player read, patron read, refused, signed in, role changed, rules published, …';
comment on column ops.audit_log.session_id is
  'The session it was done in, a person''s or a job''s; null for the command line and for logins.';
comment on column ops.audit_log.subject_staff_id is
  'The member of staff whom it was done to: whose permissions changed, whose sign-in was refused.';
comment on column identity.staff.role_since is 'Since when the person has this role.';
comment on column identity.staff.role_given_by is
  'Who gave the role; null where it came over the owner''s connection.';
comment on column identity.staff_permission.reason is 'Why, as who did it said.';
comment on column identity.staff_permission.given_by is
  'Who added or withdrew it; null where it came over the owner''s connection.';
comment on column identity.staff_permission.since is
  'Since when it is so; what was before is in the audit log.';
comment on column identity.staff_secret.must_change is
  'The password was given by somebody else: it opens no session, but serves to choose another.';
comment on column identity.staff_secret.signed_in_at is 'The last time that a session was opened.';
reset role;

drop function ops._log(identity.actor, text, uuid, jsonb);
drop function identity.sign_in_challenge(text, text);
drop function identity.complete_sign_in(integer, uuid, boolean, bytea);
--! Included ops/_fingerprint.sql
-- Tells a repeated request from another one with the same key. JSON in PostgreSQL's own form has
-- one text for one value, whatever the order of its fields.

create or replace function ops._fingerprint(request jsonb) returns bytea
language sql
stable
return sha256(convert_to(request::text, 'UTF8'));

alter function ops._fingerprint(jsonb) owner to ops_service;
revoke all on function ops._fingerprint(jsonb) from public;
grant execute on function ops._fingerprint(jsonb)
to identity_service, floor_service, loyalty_service, compliance_service;

comment on function ops._fingerprint(jsonb) is
  'SHA-256 of a request: a JSON array of the command and its arguments.';
--! EndIncluded ops/_fingerprint.sql
--! Included ops/_lock.sql
-- Calls that name the same thing come one after the other: holds a lock on a name until the
-- transaction ends. As an expression it costs no statement of its own.

create or replace function ops._lock(casino_id integer, name text) returns boolean
language sql
volatile
return pg_advisory_xact_lock(hashtextextended(name, casino_id)) is not null;

alter function ops._lock(integer, text) owner to ops_service;
revoke all on function ops._lock(integer, text) from public;
grant execute on function ops._lock(integer, text)
to identity_service, floor_service, loyalty_service, compliance_service;

comment on function ops._lock(integer, text) is
  'Takes the advisory lock of a casino''s name until the transaction ends; always true.';
--! EndIncluded ops/_lock.sql
--! Included identity/staff_command.sql
-- Which idempotency key added which person, so that adding somebody twice by mistake, or again
-- after a lost answer, adds one.

set local role pit_owner;

create table identity.staff_command (
  casino_id integer not null references identity.casino on delete restrict,
  idempotency_key text not null,
  request_fingerprint bytea not null,
  staff_id uuid not null,
  correlation_id text not null,
  created_at timestamptz not null default now(),
  primary key (casino_id, idempotency_key),
  foreign key (casino_id, staff_id) references identity.staff on delete restrict
);

create index staff_command_staff on identity.staff_command (casino_id, staff_id);

alter table identity.staff_command enable row level security;
alter table identity.staff_command force row level security;

create policy manage_all on identity.staff_command to pit_owner using (true);
create policy serve_own_casino on identity.staff_command for select to identity_service
using (casino_id = identity._casino());
create policy insert_own_casino on identity.staff_command for insert to identity_service
with check (casino_id = identity._casino());

grant select, insert on identity.staff_command to identity_service;

create trigger staff_command_is_append_only
before update or delete or truncate on identity.staff_command
for each statement execute function ops._append_only('OPIMM');
alter table identity.staff_command enable always trigger staff_command_is_append_only;

reset role;

comment on table identity.staff_command is 'Which idempotency key added which member of staff.';
comment on column identity.staff_command.request_fingerprint is
  'SHA-256 of the request: tells a repetition from another request with the same key.';
--! EndIncluded identity/staff_command.sql
--! Included identity/_claimed_session.sql
-- Whose session a request claims, also when it has ended since: for what is written about a request
-- that was refused. It opens nothing; identity._enter asks whether a session lives. A forged claim
-- finds no session.

create or replace function identity._claimed_session(session text) returns identity.actor
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_setting text := set_config('pit.casino', identity._claimed_casino(session), true);
  v_actor identity.actor;
begin
  select s.casino_id, s.staff_id, s.session_id, s.timezone, s.gaming_day_start
  into
    v_actor.casino_id, v_actor.staff_id, v_actor.session_id, v_actor.timezone,
    v_actor.gaming_day_start
  from identity.session as s
  where s.casino_id = identity._casino()
    and s.token_claim = identity._claimed_token(session)
    and s.kind = 'staff';
  return v_actor;
end
$$;

alter function identity._claimed_session(text) owner to identity_service;
revoke all on function identity._claimed_session(text) from public;
grant execute on function identity._claimed_session(text) to ops_service;

comment on function identity._claimed_session(text) is
  'Person, session and casino of a claim, whether the session lives or not, and sets the casino of '
  'the running call; a row of nulls when there is no such session.';
--! EndIncluded identity/_claimed_session.sql
--! Included identity/sign_in_challenge.sql
-- First half of signing in: gives the gateway the hash to verify. Only the gateway's own login
-- may call it, never a request: whoever can read hashes can guess passwords offline. An unknown
-- name, a dealer and a feed account give no row; the gateway then verifies against a dummy, so
-- that answer and time are the same. That somebody tried is in the audit log.

create or replace function identity.sign_in_challenge(
  casino_code text,
  username text,
  correlation_id text default null
) returns table (casino_id integer, staff_id uuid, phc text, locked_until timestamptz)
language plpgsql
volatile
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_casino_id integer;
  v_staff identity.staff;
  v_actor identity.actor;
begin
  select c.casino_id into v_casino_id
  from identity.casino as c
  where c.code = upper(btrim(casino_code));
  if not found then
    return;
  end if;
  perform set_config('pit.casino', v_casino_id::text, true);
  select * into v_staff
  from identity.staff as p
  where p.casino_id = v_casino_id and p.username = lower(btrim(sign_in_challenge.username));

  return query
  select s.casino_id, s.staff_id, s.phc,
    case when s.locked_until > now() then s.locked_until end
  from identity.staff_secret as s
  where s.casino_id = v_casino_id
    and s.staff_id = v_staff.staff_id
    and v_staff.active
    and v_staff.role not in ('dealer', 'sender');
  if not found then
    v_actor.casino_id := v_casino_id;
    v_actor.correlation_id :=
      coalesce(sign_in_challenge.correlation_id, identity._correlation_id());
    perform ops._log_refused_sign_in(v_actor, 'IDUNA', v_staff.staff_id);
  end if;
end
$$;

alter function identity.sign_in_challenge(text, text, text) owner to identity_service;
revoke all on function identity.sign_in_challenge(text, text, text) from public;
grant execute on function identity.sign_in_challenge(text, text, text) to pit_gateway;

comment on function identity.sign_in_challenge(text, text, text) is
  'For the gateway alone: the password hash of a person who may sign in, and until when the '
  'account is locked. No row for anybody else.';
--! EndIncluded identity/sign_in_challenge.sql
--! Included identity/complete_sign_in.sql
-- Second half of signing in: counts a failure, or opens the session. Never raises for a wrong
-- password, because raising would take back the count. While an account is locked not even the
-- right password opens it, and a password that somebody else gave opens it only together with the
-- hash of a new one. Every outcome is in the audit log.

create or replace function identity.complete_sign_in(
  casino_id integer,
  staff_id uuid,
  succeeded boolean,
  token_hash bytea,
  correlation_id text default null,
  new_phc text default null
)
returns table (
  session_id uuid,
  locked_until timestamptz,
  expires_at timestamptz,
  must_change boolean
)
language plpgsql
volatile
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_casino identity.casino;
  v_secret identity.staff_secret;
  v_session identity.session;
  v_actor identity.actor;
begin
  perform set_config('pit.casino', complete_sign_in.casino_id::text, true);
  select * into strict v_casino
  from identity.casino as c where c.casino_id = complete_sign_in.casino_id;
  select * into strict v_secret
  from identity.staff_secret as s
  where s.casino_id = complete_sign_in.casino_id and s.staff_id = complete_sign_in.staff_id
  for no key update;
  v_actor.casino_id := v_casino.casino_id;
  v_actor.correlation_id :=
    coalesce(complete_sign_in.correlation_id, identity._correlation_id());

  if v_secret.locked_until > now() then
    perform ops._log_refused_sign_in(v_actor, 'IDLCK', v_secret.staff_id);
    return query select null::uuid, v_secret.locked_until, null::timestamptz, false;
    return;
  end if;

  if succeeded is not true then
    update identity.staff_secret as s
    set failed_attempts = (s.failed_attempts + 1) % v_casino.sign_in_attempts,
      locked_until = case
        when s.failed_attempts + 1 >= v_casino.sign_in_attempts
          then now() + v_casino.sign_in_lock
      end
    where s.casino_id = v_secret.casino_id and s.staff_id = v_secret.staff_id
    returning s.locked_until into v_secret.locked_until;
    perform ops._log_refused_sign_in(
      v_actor, case when v_secret.locked_until is null then 'IDUNA' else 'IDLCK' end,
      v_secret.staff_id
    );
    return query select null::uuid, v_secret.locked_until, null::timestamptz, false;
    return;
  end if;

  if v_secret.must_change and complete_sign_in.new_phc is null then
    return query select null::uuid, null::timestamptz, null::timestamptz, true;
    return;
  end if;

  insert into identity.session as s (casino_id, staff_id, token_hash, idle_timeout, expires_at)
  select p.casino_id, p.staff_id, complete_sign_in.token_hash,
    v_casino.session_idle_timeout, now() + v_casino.session_lifetime
  from identity.staff as p
  where p.casino_id = v_secret.casino_id and p.staff_id = v_secret.staff_id
    and p.active and p.role not in ('dealer', 'sender')
  returning s.* into v_session;
  if not found then
    return query select null::uuid, null::timestamptz, null::timestamptz, false;
    return;
  end if;
  update identity.staff_secret as s
  set failed_attempts = 0, locked_until = null, signed_in_at = now(),
    phc = coalesce(complete_sign_in.new_phc, s.phc),
    must_change = false,
    changed_at = case
      when complete_sign_in.new_phc is null then s.changed_at else now()
    end
  where s.casino_id = v_secret.casino_id and s.staff_id = v_secret.staff_id;

  v_actor.staff_id := v_session.staff_id;
  v_actor.session_id := v_session.session_id;
  if complete_sign_in.new_phc is not null then
    perform ops._log(v_actor, 'password set', subject_staff_id => v_session.staff_id);
  end if;
  perform ops._log(v_actor, 'signed in');
  return query
  select v_session.session_id, null::timestamptz, v_session.expires_at, false;
end
$$;

alter function identity.complete_sign_in(integer, uuid, boolean, bytea, text, text)
owner to identity_service;
revoke all on function identity.complete_sign_in(integer, uuid, boolean, bytea, text, text)
from public;
grant execute on function identity.complete_sign_in(integer, uuid, boolean, bytea, text, text)
to pit_gateway;

comment on function identity.complete_sign_in(integer, uuid, boolean, bytea, text, text) is
  'For the gateway alone: records the outcome of a sign-in. Success opens a session for the '
  'given token hash; a failure is counted and locks the account after the casino''s number of '
  'attempts. new_phc: the hash of the password that replaces this one. session_id is null when no '
  'session was opened; must_change tells that the right password has to be replaced first.';
--! EndIncluded identity/complete_sign_in.sql
--! Included identity/sign_out.sql
-- Ends a session at once; the next call with its token is refused. The row stays, so that what was
-- done in the session can still be traced to it.

create or replace function identity.sign_out(session text) returns boolean
language plpgsql
volatile
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_actor identity.actor;
begin
  perform set_config('pit.casino', identity._claimed_casino(session), true);

  update identity.session as s
  set revoked_at = now()
  where s.casino_id = identity._casino()
    and s.token_claim = identity._claimed_token(session)
    and s.kind = 'staff'
    and s.revoked_at is null
  returning s.casino_id, s.staff_id, s.session_id
  into v_actor.casino_id, v_actor.staff_id, v_actor.session_id;
  if not found then
    return false;
  end if;
  v_actor.correlation_id := identity._correlation_id();
  perform ops._log(v_actor, 'signed out');
  return true;
end
$$;

alter function identity.sign_out(text) owner to identity_service;
revoke all on function identity.sign_out(text) from public;
grant execute on function identity.sign_out(text) to pit_gateway;

comment on function identity.sign_out(text) is
  'For the gateway alone: revokes a session. False when there was nothing to revoke.';
--! EndIncluded identity/sign_out.sql
--! Included identity/add_staff.sql
-- Adds a person to a casino; for the owner's connection alone (the command line). The screens
-- for staff administration come through identity.add_person.

create or replace function identity.add_staff(
  casino_code text,
  username text,
  display_name text,
  role text
) returns uuid
language plpgsql
volatile
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_casino_id integer;
  v_staff_id uuid;
  v_actor identity.actor;
begin
  select c.casino_id into v_casino_id from identity.casino as c where c.code = casino_code;
  if not found then
    perform ops._refuse('IDSTF', array[casino_code]);
  end if;
  perform set_config('pit.casino', v_casino_id::text, true);

  insert into identity.staff as s (casino_id, username, display_name, role)
  values (v_casino_id, add_staff.username, add_staff.display_name, add_staff.role)
  on conflict on constraint username_is_unique_in_its_casino do nothing
  returning s.staff_id into v_staff_id;
  if not found then
    perform ops._refuse('IDDUP', array[add_staff.username]);
  end if;
  v_actor.casino_id := v_casino_id;
  v_actor.correlation_id := identity._correlation_id();
  perform ops._log(
    v_actor, 'person added',
    details => jsonb_build_object('role', add_staff.role), subject_staff_id => v_staff_id
  );
  return v_staff_id;
end
$$;

alter function identity.add_staff(text, text, text, text) owner to identity_service;
revoke all on function identity.add_staff(text, text, text, text) from public;
grant execute on function identity.add_staff(text, text, text, text) to pit_owner;

comment on function identity.add_staff(text, text, text, text) is
  'For the owner''s connection: adds a person with a role. Errors: IDSTF no such casino, IDDUP.';
--! EndIncluded identity/add_staff.sql
--! Included identity/set_password.sql
-- Sets a person's password hash; for the owner's connection alone. The hash is made outside, so
-- that no password ever reaches the database. Sessions that are open end at once.

create or replace function identity.set_password(
  casino_code text,
  username text,
  phc text
) returns void
language plpgsql
volatile
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_staff identity.staff;
  v_casino_id integer;
  v_actor identity.actor;
begin
  select c.casino_id into v_casino_id from identity.casino as c where c.code = casino_code;
  perform set_config('pit.casino', coalesce(v_casino_id::text, ''), true);

  select * into v_staff
  from identity.staff as s
  where s.casino_id = v_casino_id and s.username = set_password.username;
  if not found then
    perform ops._refuse('IDSTF', array[set_password.username]);
  end if;

  insert into identity.staff_secret as s (casino_id, staff_id, phc)
  values (v_staff.casino_id, v_staff.staff_id, set_password.phc)
  on conflict (casino_id, staff_id) do update
  set phc = excluded.phc, failed_attempts = 0, locked_until = null, changed_at = now(),
    must_change = false;

  update identity.session as s
  set revoked_at = now()
  where s.casino_id = v_staff.casino_id and s.staff_id = v_staff.staff_id
    and s.revoked_at is null;
  v_actor.casino_id := v_staff.casino_id;
  v_actor.correlation_id := identity._correlation_id();
  perform ops._log(v_actor, 'password set', subject_staff_id => v_staff.staff_id);
end
$$;

alter function identity.set_password(text, text, text) owner to identity_service;
revoke all on function identity.set_password(text, text, text) from public;
grant execute on function identity.set_password(text, text, text) to pit_owner;

comment on function identity.set_password(text, text, text) is
  'For the owner''s connection: stores an argon2id hash (PHC) and ends the person''s sessions. '
  'Error: IDSTF.';
--! EndIncluded identity/set_password.sql
--! Included identity/issue_sender_session.sql
-- Opens a session for the account of a floor system's feed; for the owner's connection alone.
-- The account has no password: a sender is given a token, which can be revoked, and may import
-- events and nothing else.

create or replace function identity.issue_sender_session(casino_code text, token_hash bytea)
returns integer
language plpgsql
volatile
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_casino identity.casino;
  v_actor identity.actor;
begin
  select * into v_casino from identity.casino as c where c.code = casino_code;
  if not found then
    perform ops._refuse('IDSTF', array['feed']);
  end if;
  perform set_config('pit.casino', v_casino.casino_id::text, true);

  insert into identity.session (casino_id, staff_id, token_hash, idle_timeout, expires_at)
  select s.casino_id, s.staff_id, issue_sender_session.token_hash,
    v_casino.session_idle_timeout, now() + v_casino.session_lifetime
  from identity.staff as s
  where s.casino_id = v_casino.casino_id and s.username = 'feed' and s.role = 'sender'
  returning staff_id, session_id into v_actor.staff_id, v_actor.session_id;
  v_actor.casino_id := v_casino.casino_id;
  v_actor.correlation_id := identity._correlation_id();
  perform ops._log(v_actor, 'sender session opened');
  return v_casino.casino_id;
end
$$;

alter function identity.issue_sender_session(text, bytea) owner to identity_service;
revoke all on function identity.issue_sender_session(text, bytea) from public;
grant execute on function identity.issue_sender_session(text, bytea) to pit_owner;

comment on function identity.issue_sender_session(text, bytea) is
  'For the owner''s connection: a session of the feed''s account for the given token hash. '
  'Returns the casino''s id. Error: IDSTF.';
--! EndIncluded identity/issue_sender_session.sql
--! Included identity/bind_database_login.sql
-- Lets an auditor in: binds a personal database login to one casino. For the owner's connection,
-- with the owner's own rights. The login must be a person's own, with the role pit_auditor and no
-- power beside it.

create or replace function identity.bind_database_login(casino_code text, login_name name)
returns boolean
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_casino_id integer;
begin
  select c.casino_id into v_casino_id
  from identity.casino as c
  where c.code = bind_database_login.casino_code;
  if not found then
    perform ops._refuse('OPPRP', array[format('there is no casino %s', casino_code)]);
  end if;
  if not exists (
    select
    from pg_catalog.pg_roles as r
    where r.rolname = bind_database_login.login_name
      and r.rolcanlogin
      and not (
        r.rolsuper or r.rolbypassrls or r.rolcreaterole or r.rolcreatedb or r.rolreplication
      )
      and pg_has_role(r.oid, 'pit_auditor', 'usage')
      and not exists (
        select
        from pg_catalog.pg_auth_members as m
        where m.member = r.oid and m.roleid <> 'pit_auditor'::regrole
      )
      and r.rolname not in ('pit_gateway', 'pit_worker')
  ) then
    perform ops._refuse('IDLOG', array[
      login_name::text,
      'it must be a login with the role pit_auditor, no other role and no power of its own'
    ]);
  end if;
  if exists (
    select
    from identity.database_login as l
    where l.login_name = bind_database_login.login_name and l.casino_id <> v_casino_id
  ) then
    perform ops._refuse('IDLOG', array[login_name::text, 'it is bound to another casino']);
  end if;

  insert into identity.database_login (casino_id, login_name)
  values (v_casino_id, bind_database_login.login_name)
  on conflict on constraint database_login_pkey do nothing;
  if not found then
    return false;
  end if;
  insert into ops.audit_log (casino_id, action, login_name, details, correlation_id)
  values (
    v_casino_id, 'database login bound', session_user,
    jsonb_build_object('login', bind_database_login.login_name), uuidv7()
  );
  return true;
end
$$;

alter function identity.bind_database_login(text, name) owner to identity_service;
revoke all on function identity.bind_database_login(text, name) from public;
grant execute on function identity.bind_database_login(text, name) to pit_owner;

comment on function identity.bind_database_login(text, name) is
  'Binds an auditor''s personal database login to a casino; false when it was bound already. '
  'Errors: OPPRP no such casino, IDLOG not a login that may be bound.';
--! EndIncluded identity/bind_database_login.sql
--! Included identity/staff_terms.sql
-- What an administrator may choose from: the roles that a person may have, and all
-- capabilities.

create type identity.staff_terms as (
  roles text[],
  capabilities text[]
);

alter type identity.staff_terms owner to pit_owner;

comment on type identity.staff_terms is 'Roles that a person may be given, and all capabilities.';
--! EndIncluded identity/staff_terms.sql
--! Included identity/staff_result.sql
-- What a command about a member of staff gives back: the person as they are now, and whether
-- everything was so already.

create type identity.staff_result as (
  staff identity.staff,
  replayed boolean
);

alter type identity.staff_result owner to pit_owner;

comment on type identity.staff_result is
  'The member of staff; replayed when the call changed nothing because it was so already.';
--! EndIncluded identity/staff_result.sql
--! Included identity/staff_account.sql
-- A member of staff as an administrator sees them: what they may do, where that differs from their
-- role, and how their account stands.

create type identity.staff_account as (
  staff_id uuid,
  username text,
  display_name text,
  role text,
  licence_no text,
  active boolean,
  capabilities text[],
  added text[],
  withdrawn text[],
  has_password boolean,
  must_change_password boolean,
  locked_until timestamptz,
  last_signed_in_at timestamptz,
  open_sessions integer,
  role_since timestamptz,
  added_at timestamptz
);

alter type identity.staff_account owner to pit_owner;

comment on type identity.staff_account is
  'A member of staff with role, capabilities, exceptions from the role, and the account''s state.';
--! EndIncluded identity/staff_account.sql
--! Included identity/access_line.sql
-- One line of an access review: a person, a capability, where it comes from, and who answers for
-- it.

create type identity.access_line as (
  staff_id uuid,
  username text,
  display_name text,
  role text,
  active boolean,
  capability text,
  source text,
  held boolean,
  reason text,
  given_by uuid,
  given_by_name text,
  since timestamptz
);

alter type identity.access_line owner to pit_owner;

comment on type identity.access_line is
  'A capability of a person: brought by the role, added, or withdrawn (then not held); who did it, '
  'why, and since when.';
--! EndIncluded identity/access_line.sql
--! Included identity/_staff_terms.sql
-- Roles and capabilities that may be given to people: what the two domains allow, less the account
-- of a floor system. A test keeps both lists equal to the domains.

create or replace function identity._staff_terms() returns identity.staff_terms
language sql
immutable
return row(
  array[
    'dealer', 'floor_supervisor', 'pit_boss', 'cashier', 'compliance_officer', 'marketing',
    'auditor', 'admin'
  ],
  array[
    'floor:rate', 'floor:backdate', 'loyalty:award', 'loyalty:approve', 'loyalty:adjust',
    'loyalty:reverse', 'loyalty:redeem', 'loyalty:view_all', 'loyalty:configure', 'mtl:create',
    'mtl:view', 'mtl:review', 'ctr:file', 'audit:view', 'staff:manage', 'import:run'
  ]
)::identity.staff_terms;

alter function identity._staff_terms() owner to identity_service;
revoke all on function identity._staff_terms() from public;

comment on function identity._staff_terms() is
  'Roles that a person may be given, and all capabilities.';
--! EndIncluded identity/_staff_terms.sql
--! Included identity/assignable.sql
-- The lists to choose from when a person is added or a capability given, so that screens hold none
-- of their own.

create or replace function identity.assignable() returns identity.staff_terms
language plpgsql
stable
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_actor identity.actor := identity._enter('staff:manage');
begin
  return identity._staff_terms();
end
$$;

alter function identity.assignable() owner to identity_service;
revoke all on function identity.assignable() from public;
grant execute on function identity.assignable() to pit_staff;

comment on function identity.assignable() is
  'Roles and capabilities that may be given. Capability staff:manage. Errors: IDUNA, IDFRB.';
--! EndIncluded identity/assignable.sql
--! Included identity/_check_reason.sql
-- Permissions change for a reason that an auditor can follow a year later, when whoever gave it is
-- no longer there to be asked.

create or replace function identity._check_reason(reason text) returns text
language plpgsql
stable
set search_path = ''
as $$
declare
  v_reason text := btrim(reason, E' \t\r\n');
begin
  if v_reason is null or length(v_reason) < 10 then
    perform ops._refuse('LYRSN', array['10']);
  end if;
  return left(v_reason, 500);
end
$$;

alter function identity._check_reason(text) owner to identity_service;
revoke all on function identity._check_reason(text) from public;

comment on function identity._check_reason(text) is
  'Refuses reasons of fewer than 10 characters and gives the others back trimmed. Error: LYRSN.';
--! EndIncluded identity/_check_reason.sql
--! Included identity/_check_role.sql
-- A role that a person may be given. The account of a floor system is made with its property and
-- is no person's.

create or replace function identity._check_role(role text) returns void
language plpgsql
stable
set search_path = ''
as $$
begin
  if _check_role.role is null or _check_role.role <> all ((identity._staff_terms()).roles) then
    perform ops._refuse('IDROL', array[coalesce(_check_role.role, 'nothing')]);
  end if;
end
$$;

alter function identity._check_role(text) owner to identity_service;
revoke all on function identity._check_role(text) from public;

comment on function identity._check_role(text) is
  'Refuses what is no role for a person. Error: IDROL.';
--! EndIncluded identity/_check_role.sql
--! Included identity/_lock_person.sql
-- First step of every command about a member of staff. They come one after the other at a casino,
-- so that two administrators can't take each other's place at once; whoever waited is asked again
-- whether they still may. Nobody changes their own account, and a feed's account is no person.

create or replace function identity._lock_person(actor identity.actor, person_id uuid)
returns identity.staff
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_locked boolean := ops._lock(actor.casino_id, 'pit:staff');
  v_person identity.staff;
begin
  if not identity._may(actor, 'staff:manage') then
    perform ops._refuse('IDFRB', array['staff:manage']);
  end if;
  select * into v_person
  from identity.staff as s
  where s.casino_id = identity._casino()
    and s.staff_id = _lock_person.person_id
    and s.role <> 'sender';
  if not found then
    perform ops._refuse('IDSTF', array[coalesce(_lock_person.person_id::text, 'without an id')]);
  elsif v_person.staff_id = actor.staff_id then
    perform ops._refuse('IDOWN');
  end if;
  return v_person;
end
$$;

alter function identity._lock_person(identity.actor, uuid) owner to identity_service;
revoke all on function identity._lock_person(identity.actor, uuid) from public;

comment on function identity._lock_person(identity.actor, uuid) is
  'Locks the staff of a casino and gives the person whom the caller may change. Errors: IDFRB, '
  'IDSTF, IDOWN.';
--! EndIncluded identity/_lock_person.sql
--! Included identity/_keep_administrator.sql
-- Last step of what takes something from a person: somebody must be left who may manage staff, or
-- nobody could ever put it right.

create or replace function identity._keep_administrator() returns void
language plpgsql
volatile
set search_path = ''
as $$
begin
  if not exists (
    select
    from identity.staff as s
    where s.casino_id = identity._casino()
      and s.active
      and s.role not in ('dealer', 'sender')
      and 'staff:manage' = any (s.capabilities)
  ) then
    perform ops._refuse('IDADM');
  end if;
end
$$;

alter function identity._keep_administrator() owner to identity_service;
revoke all on function identity._keep_administrator() from public;

comment on function identity._keep_administrator() is
  'Refuses when no active person is left who may manage staff. Error: IDADM.';
--! EndIncluded identity/_keep_administrator.sql
--! Included identity/_revoke_sessions.sql
-- Ends a person's sessions; the next call with any of them is refused. The rows stay, so that what
-- was done in them can be traced.

create or replace function identity._revoke_sessions(person_id uuid) returns integer
language sql
volatile
begin atomic
  with revoked as (
    update identity.session as s
    set revoked_at = now()
    where s.casino_id = identity._casino()
      and s.staff_id = _revoke_sessions.person_id
      and s.kind = 'staff'
      and identity._session_lives(s)
    returning s.session_id
  )
  select count(*)::integer from revoked;
end;

alter function identity._revoke_sessions(uuid) owner to identity_service;
revoke all on function identity._revoke_sessions(uuid) from public;

comment on function identity._revoke_sessions(uuid) is
  'Ends the living sessions of a person of the running casino and counts them.';
--! EndIncluded identity/_revoke_sessions.sql
--! Included identity/_staff_result.sql
-- The person as a command leaves them: read again at the end, because triggers keep their
-- capabilities.

create or replace function identity._staff_result(person_id uuid, replayed boolean)
returns identity.staff_result
language sql
stable
begin atomic
  select row(s, _staff_result.replayed)::identity.staff_result
  from identity.staff as s
  where s.casino_id = identity._casino() and s.staff_id = _staff_result.person_id;
end;

alter function identity._staff_result(uuid, boolean) owner to identity_service;
revoke all on function identity._staff_result(uuid, boolean) from public;

comment on function identity._staff_result(uuid, boolean) is
  'The result of a command about a member of staff.';
--! EndIncluded identity/_staff_result.sql
--! Included identity/_set_permission.sql
-- Adds a capability to a person or withdraws it, whatever the role brings. Where the person stands
-- as asked for already, nothing changes.

create or replace function identity._set_permission(
  actor identity.actor,
  person identity.staff,
  capability text,
  granted boolean,
  reason text
) returns identity.staff_result
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_reason text := identity._check_reason(_set_permission.reason);
begin
  if _set_permission.capability is null
    or _set_permission.capability <> all ((identity._staff_terms()).capabilities)
  then
    perform ops._refuse('IDCAP', array[coalesce(_set_permission.capability, 'nothing')]);
  elsif (_set_permission.capability = any (person.capabilities)) = _set_permission.granted then
    return identity._staff_result(person.staff_id, true);
  end if;
  insert into identity.staff_permission as p (
    casino_id, staff_id, capability, granted, reason, given_by
  )
  values (
    actor.casino_id, person.staff_id, _set_permission.capability, _set_permission.granted,
    v_reason, actor.staff_id
  )
  on conflict on constraint staff_permission_pkey do update
  set granted = excluded.granted, reason = excluded.reason, given_by = excluded.given_by,
    since = excluded.since;
  perform identity._keep_administrator();
  perform ops._log(
    actor,
    case when _set_permission.granted then 'capability added' else 'capability withdrawn' end,
    details => jsonb_build_object(
      'capability', _set_permission.capability, 'reason', v_reason
    ),
    subject_staff_id => person.staff_id
  );
  return identity._staff_result(person.staff_id, false);
end
$$;

alter function identity._set_permission(
  identity.actor, identity.staff, text, boolean, text
) owner to identity_service;
revoke all on function identity._set_permission(
  identity.actor, identity.staff, text, boolean, text
) from public;

comment on function identity._set_permission(
  identity.actor, identity.staff, text, boolean, text
) is
  'Adds or withdraws one capability of a locked person. Errors: LYRSN, IDCAP, IDADM.';
--! EndIncluded identity/_set_permission.sql
--! Included identity/add_person.sql
-- An administrator adds a member of staff. The account opens nothing until a password is given
-- (identity.reset_password), and a dealer's never does.

create or replace function identity.add_person(
  username text,
  display_name text,
  role text,
  idempotency_key text,
  licence_no text default null
) returns identity.staff_result
language plpgsql
volatile
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_actor identity.actor := identity._enter('staff:manage');
  v_key text := identity._check_key(add_person.idempotency_key);
  v_locked boolean := ops._lock(v_actor.casino_id, 'pit:staff');
  v_username text := lower(btrim(add_person.username, E' \t\r\n'));
  v_display_name text := btrim(add_person.display_name, E' \t\r\n');
  v_licence_no text := nullif(btrim(add_person.licence_no, E' \t\r\n'), '');
  v_fingerprint bytea := ops._fingerprint(
    jsonb_build_array('add_person', v_username, v_display_name, add_person.role, v_licence_no)
  );
  v_command identity.staff_command;
  v_staff_id uuid;
begin
  select c.* into v_command
  from identity.staff_command as c
  where c.casino_id = identity._casino() and c.idempotency_key = v_key;
  if v_command.request_fingerprint <> v_fingerprint then
    perform ops._refuse('LYIDM');
  elsif found then
    return identity._staff_result(v_command.staff_id, true);
  end if;

  if v_username is null or v_username !~ '^[a-z0-9][a-z0-9._-]{1,63}$' then
    perform ops._refuse(
      'IDPER', array['the user name takes 2 to 64 letters, digits, dots, hyphens or underscores']
    );
  elsif coalesce(v_display_name, '') = '' or length(v_display_name) > 100 then
    perform ops._refuse('IDPER', array['the name takes 1 to 100 characters']);
  elsif length(v_licence_no) > 64 then
    perform ops._refuse('IDPER', array['the licence number takes at most 64 characters']);
  end if;
  perform identity._check_role(add_person.role);
  insert into identity.staff as s (
    casino_id, username, display_name, role, licence_no, role_given_by
  )
  values (
    v_actor.casino_id, v_username, v_display_name, add_person.role, v_licence_no,
    v_actor.staff_id
  )
  on conflict on constraint username_is_unique_in_its_casino do nothing
  returning s.staff_id into v_staff_id;
  if not found then
    perform ops._refuse('IDDUP', array[v_username]);
  end if;
  insert into identity.staff_command (
    casino_id, idempotency_key, request_fingerprint, staff_id, correlation_id
  )
  values (v_actor.casino_id, v_key, v_fingerprint, v_staff_id, v_actor.correlation_id);
  perform ops._log(
    v_actor, 'person added',
    details => jsonb_build_object('role', add_person.role), subject_staff_id => v_staff_id
  );
  return identity._staff_result(v_staff_id, false);
end
$$;

alter function identity.add_person(text, text, text, text, text) owner to identity_service;
revoke all on function identity.add_person(text, text, text, text, text) from public;
grant execute on function identity.add_person(text, text, text, text, text) to pit_staff;

comment on function identity.add_person(text, text, text, text, text) is
  'Adds a member of staff with a role. Capability staff:manage. Errors: IDUNA, IDFRB, IDKEY, '
  'LYIDM, IDPER, IDROL, IDDUP.';
--! EndIncluded identity/add_person.sql
--! Included identity/change_role.sql
-- Gives a person another role, and with it other capabilities, from the next call on; capabilities
-- that were added or withdrawn one by one stay so. Who becomes a dealer is signed out.

create or replace function identity.change_role(person_id uuid, role text, reason text)
returns identity.staff_result
language plpgsql
volatile
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_actor identity.actor := identity._enter('staff:manage');
  v_person identity.staff := identity._lock_person(v_actor, change_role.person_id);
  v_reason text := identity._check_reason(change_role.reason);
begin
  perform identity._check_role(change_role.role);
  if v_person.role = change_role.role then
    return identity._staff_result(v_person.staff_id, true);
  end if;
  update identity.staff as s
  set role = change_role.role, role_since = now(), role_given_by = v_actor.staff_id
  where s.casino_id = identity._casino() and s.staff_id = v_person.staff_id;
  if change_role.role = 'dealer' then
    perform identity._revoke_sessions(v_person.staff_id);
  end if;
  perform identity._keep_administrator();
  perform ops._log(
    v_actor, 'role changed',
    details => jsonb_build_object(
      'from', v_person.role, 'to', change_role.role, 'reason', v_reason
    ),
    subject_staff_id => v_person.staff_id
  );
  return identity._staff_result(v_person.staff_id, false);
end
$$;

alter function identity.change_role(uuid, text, text) owner to identity_service;
revoke all on function identity.change_role(uuid, text, text) from public;
grant execute on function identity.change_role(uuid, text, text) to pit_staff;

comment on function identity.change_role(uuid, text, text) is
  'Gives a person another role; the same again changes nothing. Capability staff:manage. Errors: '
  'IDUNA, IDFRB, IDSTF, IDOWN, LYRSN, IDROL, IDADM.';
--! EndIncluded identity/change_role.sql
--! Included identity/add_capability.sql
-- Adds a capability to a person, whatever the role brings: the exception that a house needs without
-- inventing a role for it. It counts from the next call on.

create or replace function identity.add_capability(person_id uuid, capability text, reason text)
returns identity.staff_result
language plpgsql
volatile
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_actor identity.actor := identity._enter('staff:manage');
  v_person identity.staff := identity._lock_person(v_actor, add_capability.person_id);
begin
  return identity._set_permission(
    v_actor, v_person, add_capability.capability, true, add_capability.reason
  );
end
$$;

alter function identity.add_capability(uuid, text, text) owner to identity_service;
revoke all on function identity.add_capability(uuid, text, text) from public;
grant execute on function identity.add_capability(uuid, text, text) to pit_staff;

comment on function identity.add_capability(uuid, text, text) is
  'Adds a capability to a person; the same again changes nothing. Capability staff:manage. '
  'Errors: IDUNA, IDFRB, IDSTF, IDOWN, LYRSN, IDCAP, IDADM.';
--! EndIncluded identity/add_capability.sql
--! Included identity/withdraw_capability.sql
-- Withdraws a capability from a person, whatever the role brings. It is gone with the next call, in
-- sessions that are open too.

create or replace function identity.withdraw_capability(
  person_id uuid,
  capability text,
  reason text
) returns identity.staff_result
language plpgsql
volatile
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_actor identity.actor := identity._enter('staff:manage');
  v_person identity.staff := identity._lock_person(v_actor, withdraw_capability.person_id);
begin
  return identity._set_permission(
    v_actor, v_person, withdraw_capability.capability, false, withdraw_capability.reason
  );
end
$$;

alter function identity.withdraw_capability(uuid, text, text) owner to identity_service;
revoke all on function identity.withdraw_capability(uuid, text, text) from public;
grant execute on function identity.withdraw_capability(uuid, text, text) to pit_staff;

comment on function identity.withdraw_capability(uuid, text, text) is
  'Withdraws a capability from a person; the same again changes nothing. Capability staff:manage. '
  'Errors: IDUNA, IDFRB, IDSTF, IDOWN, LYRSN, IDCAP, IDADM.';
--! EndIncluded identity/withdraw_capability.sql
--! Included identity/deactivate_person.sql
-- Whoever leaves signs in no more, and is signed out at once. The row stays, because records refer
-- to it.

create or replace function identity.deactivate_person(person_id uuid, reason text)
returns identity.staff_result
language plpgsql
volatile
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_actor identity.actor := identity._enter('staff:manage');
  v_person identity.staff := identity._lock_person(v_actor, deactivate_person.person_id);
  v_reason text := identity._check_reason(deactivate_person.reason);
begin
  if not v_person.active then
    return identity._staff_result(v_person.staff_id, true);
  end if;
  update identity.staff as s
  set active = false
  where s.casino_id = identity._casino() and s.staff_id = v_person.staff_id;
  perform identity._keep_administrator();
  perform ops._log(
    v_actor, 'person deactivated',
    details => jsonb_build_object('reason', v_reason), subject_staff_id => v_person.staff_id
  );
  return identity._staff_result(v_person.staff_id, false);
end
$$;

alter function identity.deactivate_person(uuid, text) owner to identity_service;
revoke all on function identity.deactivate_person(uuid, text) from public;
grant execute on function identity.deactivate_person(uuid, text) to pit_staff;

comment on function identity.deactivate_person(uuid, text) is
  'Ends a person''s account and their sessions. Capability staff:manage. Errors: IDUNA, IDFRB, '
  'IDSTF, IDOWN, LYRSN, IDADM.';
--! EndIncluded identity/deactivate_person.sql
--! Included identity/reactivate_person.sql
-- Whoever comes back may sign in again, with the role and the capabilities they had when they
-- left.

create or replace function identity.reactivate_person(person_id uuid, reason text)
returns identity.staff_result
language plpgsql
volatile
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_actor identity.actor := identity._enter('staff:manage');
  v_person identity.staff := identity._lock_person(v_actor, reactivate_person.person_id);
  v_reason text := identity._check_reason(reactivate_person.reason);
begin
  if v_person.active then
    return identity._staff_result(v_person.staff_id, true);
  end if;
  update identity.staff as s
  set active = true
  where s.casino_id = identity._casino() and s.staff_id = v_person.staff_id;
  perform ops._log(
    v_actor, 'person reactivated',
    details => jsonb_build_object('reason', v_reason), subject_staff_id => v_person.staff_id
  );
  return identity._staff_result(v_person.staff_id, false);
end
$$;

alter function identity.reactivate_person(uuid, text) owner to identity_service;
revoke all on function identity.reactivate_person(uuid, text) from public;
grant execute on function identity.reactivate_person(uuid, text) to pit_staff;

comment on function identity.reactivate_person(uuid, text) is
  'Opens a person''s account again. Capability staff:manage. Errors: IDUNA, IDFRB, IDSTF, IDOWN, '
  'LYRSN.';
--! EndIncluded identity/reactivate_person.sql
--! Included identity/reset_password.sql
-- Gives a person an initial password, by its hash; the gateway makes both, so that no password ever
-- reaches the database. It opens no session: at the next sign-in it serves to choose another.

create or replace function identity.reset_password(person_id uuid, phc text)
returns identity.staff_result
language plpgsql
volatile
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_actor identity.actor := identity._enter('staff:manage');
  v_person identity.staff := identity._lock_person(v_actor, reset_password.person_id);
begin
  if v_person.role = 'dealer' or not v_person.active then
    perform ops._refuse('IDNSI');
  end if;
  insert into identity.staff_secret as s (casino_id, staff_id, phc, must_change)
  values (v_actor.casino_id, v_person.staff_id, reset_password.phc, true)
  on conflict (casino_id, staff_id) do update
  set phc = excluded.phc, must_change = true, failed_attempts = 0, locked_until = null,
    changed_at = now();
  perform identity._revoke_sessions(v_person.staff_id);
  perform ops._log(
    v_actor, 'password set',
    details => '{"initial": true}', subject_staff_id => v_person.staff_id
  );
  return identity._staff_result(v_person.staff_id, false);
end
$$;

alter function identity.reset_password(uuid, text) owner to identity_service;
revoke all on function identity.reset_password(uuid, text) from public;
grant execute on function identity.reset_password(uuid, text) to pit_staff;

comment on function identity.reset_password(uuid, text) is
  'For the gateway''s route: stores the hash of an initial password, which has to be changed at '
  'the next sign-in, and ends the person''s sessions. Capability staff:manage. Errors: IDUNA, '
  'IDFRB, IDSTF, IDOWN, IDNSI.';
--! EndIncluded identity/reset_password.sql
--! Included identity/unlock_account.sql
-- Opens an account before the lock of failed sign-ins ends, when its owner stands at the
-- administrator's desk.

create or replace function identity.unlock_account(person_id uuid)
returns identity.staff_result
language plpgsql
volatile
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_actor identity.actor := identity._enter('staff:manage');
  v_person identity.staff := identity._lock_person(v_actor, unlock_account.person_id);
begin
  update identity.staff_secret as s
  set failed_attempts = 0, locked_until = null
  where s.casino_id = identity._casino()
    and s.staff_id = v_person.staff_id
    and s.locked_until > now();
  if not found then
    return identity._staff_result(v_person.staff_id, true);
  end if;
  perform ops._log(v_actor, 'account unlocked', subject_staff_id => v_person.staff_id);
  return identity._staff_result(v_person.staff_id, false);
end
$$;

alter function identity.unlock_account(uuid) owner to identity_service;
revoke all on function identity.unlock_account(uuid) from public;
grant execute on function identity.unlock_account(uuid) to pit_staff;

comment on function identity.unlock_account(uuid) is
  'Ends the lock of an account after failed sign-ins. Capability staff:manage. Errors: IDUNA, '
  'IDFRB, IDSTF, IDOWN.';
--! EndIncluded identity/unlock_account.sql
--! Included identity/revoke_sessions.sql
-- Signs a person out everywhere: a lost tablet, or a shift that ended without anybody signing
-- out.

create or replace function identity.revoke_sessions(person_id uuid)
returns identity.staff_result
language plpgsql
volatile
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_actor identity.actor := identity._enter('staff:manage');
  v_person identity.staff := identity._lock_person(v_actor, revoke_sessions.person_id);
  v_revoked integer := identity._revoke_sessions(v_person.staff_id);
begin
  if v_revoked = 0 then
    return identity._staff_result(v_person.staff_id, true);
  end if;
  perform ops._log(
    v_actor, 'sessions revoked',
    details => jsonb_build_object('sessions', v_revoked), subject_staff_id => v_person.staff_id
  );
  return identity._staff_result(v_person.staff_id, false);
end
$$;

alter function identity.revoke_sessions(uuid) owner to identity_service;
revoke all on function identity.revoke_sessions(uuid) from public;
grant execute on function identity.revoke_sessions(uuid) to pit_staff;

comment on function identity.revoke_sessions(uuid) is
  'Ends all sessions of a person at once. Capability staff:manage. Errors: IDUNA, IDFRB, IDSTF, '
  'IDOWN.';
--! EndIncluded identity/revoke_sessions.sql
--! Included identity/staff_accounts.sql
-- The people of a casino for whoever administers them, one of them, or those whose name or user
-- name begins with what is typed. Accounts of floor systems are no people.

create or replace function identity.staff_accounts(
  person_id uuid default null,
  search text default null
) returns setof identity.staff_account
language plpgsql
stable
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_actor identity.actor := identity._enter('staff:manage');
  v_search text := lower(btrim(coalesce(staff_accounts.search, '')));
begin
  return query
  select
    s.staff_id, s.username, s.display_name, s.role::text, s.licence_no, s.active, s.capabilities,
    array(
      select p.capability::text
      from identity.staff_permission as p
      where p.casino_id = s.casino_id and p.staff_id = s.staff_id and p.granted
      order by p.capability
    ),
    array(
      select p.capability::text
      from identity.staff_permission as p
      where p.casino_id = s.casino_id and p.staff_id = s.staff_id and not p.granted
      order by p.capability
    ),
    k.phc is not null, coalesce(k.must_change, false),
    case when k.locked_until > now() then k.locked_until end,
    k.signed_in_at,
    (
      select count(*)::integer
      from identity.session as o
      where o.casino_id = s.casino_id
        and o.staff_id = s.staff_id
        and o.kind = 'staff'
        and identity._session_lives(o)
    ),
    s.role_since, s.created_at
  from identity.staff as s
  left join identity.staff_secret as k
    on k.casino_id = s.casino_id and k.staff_id = s.staff_id
  where s.casino_id = identity._casino()
    and s.role <> 'sender'
    and (staff_accounts.person_id is null or s.staff_id = staff_accounts.person_id)
    and (
      starts_with(s.username, v_search)
      or starts_with(lower(s.display_name), v_search)
      or strpos(lower(s.display_name), ' ' || v_search) > 0
    )
  order by s.active desc, lower(s.display_name), s.username;
end
$$;

alter function identity.staff_accounts(uuid, text) owner to identity_service;
revoke all on function identity.staff_accounts(uuid, text) from public;
grant execute on function identity.staff_accounts(uuid, text) to pit_staff;

comment on function identity.staff_accounts(uuid, text) is
  'People with role, capabilities, exceptions, lock, last sign-in and open sessions; active ones '
  'first, by name. Capability staff:manage. Errors: IDUNA, IDFRB.';
--! EndIncluded identity/staff_accounts.sql
--! Included identity/access_review.sql
-- Who may do what, and why: one line for each person and capability, for the review that a house
-- owes its regulator, and for the questions "what may she do?" and "who can do this?".

create or replace function identity.access_review(
  person_id uuid default null,
  capability text default null
) returns setof identity.access_line
language plpgsql
stable
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_actor identity.actor := identity._enter('staff:manage');
begin
  return query
  select
    s.staff_id, s.username, s.display_name, s.role::text, s.active, c.capability,
    case when c.granted is false then 'withdrawn' when c.by_role then 'role' else 'added' end,
    c.granted is not false,
    case when c.excepted then c.reason end,
    case when c.excepted then c.given_by else s.role_given_by end,
    identity._display_name(case when c.excepted then c.given_by else s.role_given_by end),
    case when c.excepted then c.since else s.role_since end
  from identity.staff as s
  cross join lateral (
    select
      coalesce(r.capability, p.capability)::text as capability,
      r.capability is not null as by_role,
      p.granted, p.reason, p.given_by, p.since,
      -- An exception that says what the role brings anyway changes nothing.
      p.granted is not null and p.granted <> (r.capability is not null) as excepted
    from (
      select a.capability
      from identity.role_capability as a
      where a.casino_id = s.casino_id and a.role = s.role
    ) as r
    full join (
      select e.capability, e.granted, e.reason, e.given_by, e.since
      from identity.staff_permission as e
      where e.casino_id = s.casino_id and e.staff_id = s.staff_id
    ) as p on p.capability = r.capability
  ) as c
  where s.casino_id = identity._casino()
    and s.role <> 'sender'
    and (c.by_role or c.granted)
    and (access_review.person_id is null or s.staff_id = access_review.person_id)
    and (access_review.capability is null or c.capability = access_review.capability)
  order by s.active desc, lower(s.display_name), s.username, c.capability;
end
$$;

alter function identity.access_review(uuid, text) owner to identity_service;
revoke all on function identity.access_review(uuid, text) from public;
grant execute on function identity.access_review(uuid, text) to pit_staff;

comment on function identity.access_review(uuid, text) is
  'Each person''s capabilities with their source (role, added, withdrawn), who gave or took them, '
  'why, and since when; of one person or one capability when given. Capability staff:manage. '
  'Errors: IDUNA, IDFRB.';
--! EndIncluded identity/access_review.sql
--! Included ops/_log.sql
-- Writes the audit log. What is read by a login of its own is also told to the server's log, which
-- keeps it when the reader rolls back: a row alone would vanish with the transaction.

create or replace function ops._log(
  actor identity.actor,
  action text,
  player_id uuid default null,
  details jsonb default null,
  subject_staff_id uuid default null
) returns void
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_login name := case
    when actor.session_id is null and actor.staff_id is null then session_user
  end;
begin
  insert into ops.audit_log (
    casino_id, action, staff_id, login_name, player_id, details, correlation_id, session_id,
    subject_staff_id
  )
  values (
    actor.casino_id, _log.action, actor.staff_id, v_login, _log.player_id, _log.details,
    actor.correlation_id, actor.session_id, _log.subject_staff_id
  );
  if v_login is not null then
    raise log 'audit: %', jsonb_build_object(
      'action', _log.action, 'login', v_login, 'casino', actor.casino_id,
      'player', _log.player_id, 'details', _log.details
    );
  end if;
end
$$;

alter function ops._log(identity.actor, text, uuid, jsonb, uuid) owner to ops_service;
revoke all on function ops._log(identity.actor, text, uuid, jsonb, uuid) from public;
grant execute on function ops._log(identity.actor, text, uuid, jsonb, uuid)
to identity_service, floor_service, loyalty_service, compliance_service;

comment on function ops._log(identity.actor, text, uuid, jsonb, uuid) is
  'Records in ops.audit_log what the caller did or read, by person, by job or by database login.';
--! EndIncluded ops/_log.sql
--! Included ops/_log_refused_sign_in.sql
-- Refused sign-ins, with the account where there is one; never the name that was typed, which may
-- be a password in the wrong field. Anybody can try for ever, so at most five a minute are written
-- for an account, and for all unknown names together.

create or replace function ops._log_refused_sign_in(
  actor identity.actor,
  refusal text,
  subject_staff_id uuid default null
) returns void
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_action text := 'sign-in refused';
  v_details jsonb := jsonb_build_object(
    'code', ops._error_name(refusal), 'sqlstate', refusal,
    'account', case when _log_refused_sign_in.subject_staff_id is null then 'unknown' end
  );
begin
  if (
    select count(*)
    from ops.audit_log as a
    where a.casino_id = identity._casino()
      and a.action = v_action
      and a.created_at > now() - interval '1 minute'
      and a.subject_staff_id is not distinct from _log_refused_sign_in.subject_staff_id
      and a.details ->> 'sqlstate' = refusal
  ) >= 5 then
    return;
  end if;
  perform ops._log(
    actor, v_action,
    details => jsonb_strip_nulls(v_details),
    subject_staff_id => _log_refused_sign_in.subject_staff_id
  );
end
$$;

alter function ops._log_refused_sign_in(identity.actor, text, uuid) owner to ops_service;
revoke all on function ops._log_refused_sign_in(identity.actor, text, uuid) from public;
grant execute on function ops._log_refused_sign_in(identity.actor, text, uuid)
to identity_service;

comment on function ops._log_refused_sign_in(identity.actor, text, uuid) is
  'Records that a sign-in was refused, at most five times a minute for an account or for unknown '
  'names.';
--! EndIncluded ops/_log_refused_sign_in.sql
--! Included ops/record_refusal.sql
-- What was refused leaves no row, because its transaction is rolled back; so the gateway tells it
-- afterwards, with the claim of the session that was refused. Casino and person come from that
-- session, the code's name from the registry: whoever calls this can only ever write that the
-- owner of a session was refused something. Refusals that came in numbers are one row with a count.

create or replace function ops.record_refusal(
  session text,
  operation text,
  refusal text,
  correlation_id text,
  times integer default 1,
  since timestamptz default null
) returns boolean
language plpgsql
volatile
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_actor identity.actor := identity._claimed_session(session);
  -- A privilege that the database denies has no row in the registry: it is no rule of ours.
  v_code text := coalesce(
    ops._error_name(refusal), case when refusal = '42501' then 'FORBIDDEN' end
  );
begin
  if v_actor.staff_id is null or v_code is null then
    return false;
  end if;
  v_actor.correlation_id := coalesce(nullif(left(correlation_id, 64), ''), uuidv7()::text);
  perform ops._log(
    v_actor, 'refused',
    details => jsonb_strip_nulls(jsonb_build_object(
      'operation', coalesce(substring(operation from '^[A-Za-z][A-Za-z0-9_./-]{0,63}$'), 'other'),
      'code', v_code,
      'sqlstate', refusal,
      'times', case when times > 1 then times end,
      'since', case when times > 1 then since end
    ))
  );
  return true;
end
$$;

alter function ops.record_refusal(text, text, text, text, integer, timestamptz)
owner to ops_service;
revoke all on function ops.record_refusal(text, text, text, text, integer, timestamptz)
from public;
grant execute on function ops.record_refusal(text, text, text, text, integer, timestamptz)
to pit_gateway;

comment on function ops.record_refusal(text, text, text, text, integer, timestamptz) is
  'For the gateway alone: writes into the audit log that the session''s person was refused an '
  'operation with a registered error, also when the session has ended. times: how many refusals '
  'this row stands for, since when. False when there is no such session or error.';
--! EndIncluded ops/record_refusal.sql
--! Included ops/audit_entry.sql
-- A line of the audit log as it is searched: names of staff beside their ids, and what a refusal
-- was about.

create type ops.audit_entry as (
  audit_log_id uuid,
  happened_at timestamptz,
  action text,
  staff_id uuid,
  staff_name text,
  login_name text,
  subject_staff_id uuid,
  subject_name text,
  player_id uuid,
  session_id uuid,
  operation text,
  code text,
  details jsonb,
  correlation_id text
);

alter type ops.audit_entry owner to pit_owner;

comment on type ops.audit_entry is
  'One line of the audit log: who, in which session, did or was refused what, to whom.';
--! EndIncluded ops/audit_entry.sql
--! Included ops/search_audit_log.sql
-- Searches the audit log, newest first, at most 100 lines at a time; the next ones come after the
-- last line that was seen. Each criterion has its index, so the plan is made for the criteria that
-- are given.

create or replace function ops.search_audit_log(
  correlation_id text default null,
  person_id uuid default null,
  player_id uuid default null,
  action text default null,
  since timestamptz default null,
  until timestamptz default null,
  before uuid default null
) returns setof ops.audit_entry
language plpgsql
stable
security definer
set search_path = ''
set pit.casino = ''
set plan_cache_mode = force_custom_plan
as $$
declare
  v_actor identity.actor := identity._enter_reader('audit:view');
begin
  return query
  select
    a.audit_log_id, a.created_at, a.action, a.staff_id,
    coalesce(identity._display_name(a.staff_id), a.login_name::text), a.login_name::text,
    a.subject_staff_id, identity._display_name(a.subject_staff_id), a.player_id, a.session_id,
    a.details ->> 'operation', a.details ->> 'code', a.details, a.correlation_id
  from ops.audit_log as a
  where a.casino_id = identity._casino()
    and (
      search_audit_log.correlation_id is null
      or a.correlation_id = search_audit_log.correlation_id
    )
    and (
      search_audit_log.person_id is null
      or a.staff_id = search_audit_log.person_id
      or a.subject_staff_id = search_audit_log.person_id
    )
    and (search_audit_log.player_id is null or a.player_id = search_audit_log.player_id)
    and (search_audit_log.action is null or a.action = search_audit_log.action)
    and (since is null or a.created_at >= since)
    and (until is null or a.created_at < until)
    and (
      before is null
      or (a.created_at, a.audit_log_id) < (
        select b.created_at, b.audit_log_id
        from ops.audit_log as b
        where b.casino_id = identity._casino() and b.audit_log_id = before
      )
    )
  order by a.created_at desc, a.audit_log_id desc
  limit 100;
end
$$;

alter function ops.search_audit_log(
  text, uuid, uuid, text, timestamptz, timestamptz, uuid
) owner to ops_service;
revoke all on function ops.search_audit_log(
  text, uuid, uuid, text, timestamptz, timestamptz, uuid
) from public;
grant execute on function ops.search_audit_log(
  text, uuid, uuid, text, timestamptz, timestamptz, uuid
) to pit_staff, pit_auditor;

comment on function ops.search_audit_log(
  text, uuid, uuid, text, timestamptz, timestamptz, uuid
) is
  'Lines of the audit log, newest first, at most 100: of a request, by or about a member of staff, '
  'about a player, of an action, from a time until before another, and older than the line '
  'before. Capability audit:view, or an auditor''s login. Errors: IDUNA, IDFRB.';
--! EndIncluded ops/search_audit_log.sql
--! Included ops/trace_line.sql
-- One thing that a request wrote, whatever wrote it: contexts tell their own rows in this shape,
-- and ops.trace puts them in order.

create type ops.trace_line as (
  at timestamptz,
  kind text,
  what text,
  staff_id uuid,
  player_id uuid,
  ids jsonb
);

alter type ops.trace_line owner to pit_owner;

comment on type ops.trace_line is
  'When a request wrote what kind of row, what it says, by whom, about whom, and the ids that lead '
  'there.';
--! EndIncluded ops/trace_line.sql
--! Included ops/audit_trail.sql
-- The audit log in plain words, for an auditor with psql: also refusals, changes of permissions and
-- the auditors' own looks at personal data.

create or replace view ops.audit_trail with (security_invoker = true) as
select
  a.created_at as happened_at,
  a.action,
  a.staff_id,
  a.login_name,
  a.player_id,
  a.details,
  a.correlation_id as request_id,
  a.session_id,
  a.subject_staff_id
from ops.audit_log as a;

alter view ops.audit_trail owner to pit_owner;
grant select on ops.audit_trail to pit_auditor;

comment on view ops.audit_trail is
  'Who did, read or was refused what, for auditors'' logins.';
--! EndIncluded ops/audit_trail.sql
--! Included floor/_trace.sql
-- What a request did on the floor: events of slips, and commands that make none (enrolling a
-- player, opening and closing a visit).
-- The planner can't know that a Bloom filter singles ranges out, and would read whole tables.

create or replace function floor._trace(correlation_id text) returns setof ops.trace_line
language sql
stable
security definer
set search_path = ''
set enable_seqscan = off
set max_parallel_workers_per_gather = 0
begin atomic
  select
    e.created_at, 'slip event', e.event_type, e.staff_id, s.player_id,
    jsonb_build_object('rating_slip_id', e.rating_slip_id, 'event_no', e.event_no)
  from floor.rating_slip_event as e
  join floor.rating_slip as s
    on s.casino_id = e.casino_id and s.rating_slip_id = e.rating_slip_id
  where e.casino_id = identity._casino() and e.correlation_id = _trace.correlation_id
  union all
  select
    c.created_at, 'floor command', c.command, c.staff_id, c.player_id,
    jsonb_strip_nulls(
      jsonb_build_object('visit_id', c.visit_id, 'rating_slip_id', c.rating_slip_id)
    )
  from floor.command as c
  where c.casino_id = identity._casino() and c.correlation_id = _trace.correlation_id;
end;

alter function floor._trace(text) owner to floor_service;
revoke all on function floor._trace(text) from public;
grant execute on function floor._trace(text) to ops_service;

comment on function floor._trace(text) is
  'Slip events and floor commands of a request, for ops.trace.';
--! EndIncluded floor/_trace.sql
--! Included loyalty/publish_promotion.sql
-- The second person of a campaign: from here on it gives points while its window is open. Whoever
-- wrote it can't be the one.

create or replace function loyalty.publish_promotion(promotion_id uuid)
returns loyalty.promotion_result
language plpgsql
volatile
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_actor identity.actor := identity._enter('loyalty:configure');
  v_promotion loyalty.promotion;
begin
  select p.* into v_promotion
  from loyalty.promotion as p
  where p.casino_id = identity._casino()
    and p.promotion_id = publish_promotion.promotion_id
  for no key update;
  if not found then
    perform ops._refuse('LYPNF');
  elsif v_promotion.created_by = v_actor.staff_id then
    perform ops._refuse('LYSLF');
  elsif v_promotion.ended_at is not null then
    perform ops._refuse('LYDEC', array[loyalty.promotion_state(v_promotion)]);
  elsif v_promotion.published_at is not null then
    return row(v_promotion, true);
  end if;

  update loyalty.promotion as p
  set published_by = v_actor.staff_id, published_at = now()
  where p.casino_id = identity._casino()
    and p.promotion_id = publish_promotion.promotion_id
  returning * into v_promotion;
  perform ops._log(
    v_actor, 'campaign published',
    details => jsonb_build_object('promotion_id', v_promotion.promotion_id)
  );
  return row(v_promotion, false);
end
$$;

alter function loyalty.publish_promotion(uuid) owner to loyalty_service;
revoke all on function loyalty.publish_promotion(uuid) from public;
grant execute on function loyalty.publish_promotion(uuid) to pit_staff;

comment on function loyalty.publish_promotion(uuid) is
  'Puts a drafted campaign in force. Capability loyalty:configure, and another person than its '
  'author. Errors: IDUNA, IDFRB, LYPNF, LYSLF, LYDEC.';
--! EndIncluded loyalty/publish_promotion.sql
--! Included loyalty/end_promotion.sql
-- Stops a campaign before its time, or discards a draft. Stopping needs one person: it only ever
-- gives less. Slips that close from now on get nothing from it; what it gave stays.

create or replace function loyalty.end_promotion(promotion_id uuid, reason text)
returns loyalty.promotion_result
language plpgsql
volatile
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_actor identity.actor := identity._enter('loyalty:configure');
  v_reason text := btrim(end_promotion.reason, E' \t\r\n');
  v_promotion loyalty.promotion;
begin
  select p.* into v_promotion
  from loyalty.promotion as p
  where p.casino_id = identity._casino()
    and p.promotion_id = end_promotion.promotion_id
  for no key update;
  if not found then
    perform ops._refuse('LYPNF');
  elsif v_promotion.ended_at is not null then
    return row(v_promotion, true);
  elsif coalesce(v_reason, '') = '' then
    perform ops._refuse('LYRSN', array['1']);
  end if;

  update loyalty.promotion as p
  set ended_by = v_actor.staff_id, ended_at = now(), end_reason = v_reason
  where p.casino_id = identity._casino()
    and p.promotion_id = end_promotion.promotion_id
  returning * into v_promotion;
  perform ops._log(
    v_actor, 'campaign ended',
    details => jsonb_build_object('promotion_id', v_promotion.promotion_id)
  );
  return row(v_promotion, false);
end
$$;

alter function loyalty.end_promotion(uuid, text) owner to loyalty_service;
revoke all on function loyalty.end_promotion(uuid, text) from public;
grant execute on function loyalty.end_promotion(uuid, text) to pit_staff;

comment on function loyalty.end_promotion(uuid, text) is
  'Stops a campaign now, or discards a draft. Capability loyalty:configure. Errors: IDUNA, IDFRB, '
  'LYPNF, LYRSN.';
--! EndIncluded loyalty/end_promotion.sql
--! Included loyalty/publish_draft.sql
-- The second person publishes what the first drafted: it becomes a version of the policy, the tiers
-- or both, never changed again. One decision on the rules of a casino at a time; who had to wait
-- for another's would be dated before it, and never hold.

create or replace function loyalty.publish_draft(loyalty_draft_id uuid)
returns loyalty.draft_result
language plpgsql
volatile
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_actor identity.actor := identity._enter('loyalty:configure');
  v_locked boolean := ops._lock(v_actor.casino_id, 'pit:rules');
  v_draft loyalty.loyalty_draft := loyalty._lock_draft(publish_draft.loyalty_draft_id);
begin
  if v_draft.drafted_by = v_actor.staff_id then
    perform ops._refuse('LYSLF');
  elsif v_draft.status = 'published' and v_draft.decided_by = v_actor.staff_id then
    return row(v_draft, true);
  elsif v_draft.status <> 'open' then
    perform ops._refuse('LYDEC', array[v_draft.status]);
  elsif v_draft.effective_from is null and loyalty._rules_began_since(now()) then
    perform ops._refuse('LYVER', array[
      'others were put in force at this moment; publish it again'
    ]);
  end if;
  perform loyalty._check_draft(v_draft);
  perform loyalty._put_in_force(v_draft);
  if v_draft.tiers is not null and v_draft.effective_from is null then
    perform loyalty._move_standings();
  end if;
  perform ops._log(
    v_actor, 'rules published',
    details => jsonb_build_object('loyalty_draft_id', v_draft.loyalty_draft_id)
  );
  return row(
    loyalty._decide_draft(v_actor, publish_draft.loyalty_draft_id, 'published'), false
  );
end
$$;

alter function loyalty.publish_draft(uuid) owner to loyalty_service;
revoke all on function loyalty.publish_draft(uuid) from public;
grant execute on function loyalty.publish_draft(uuid) to pit_staff;

comment on function loyalty.publish_draft(uuid) is
  'Puts somebody else''s draft in force, from its moment on or now. Publishing it again gives the '
  'first result. Capability loyalty:configure. Errors: IDUNA, IDFRB, LYDFT, LYSLF, LYDEC, LYVER.';
--! EndIncluded loyalty/publish_draft.sql
--! Included loyalty/withdraw_draft.sql
-- A draft that shall not come: its author takes it back, or somebody else declines it, and says
-- why.

create or replace function loyalty.withdraw_draft(loyalty_draft_id uuid, reason text)
returns loyalty.draft_result
language plpgsql
volatile
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_actor identity.actor := identity._enter('loyalty:configure');
  v_draft loyalty.loyalty_draft := loyalty._lock_draft(withdraw_draft.loyalty_draft_id);
  v_reason text := nullif(btrim(withdraw_draft.reason, E' \t\r\n'), '');
begin
  if v_draft.status = 'withdrawn'
    and v_draft.decided_by = v_actor.staff_id
    and v_draft.decision_reason = v_reason
  then
    return row(v_draft, true);
  elsif v_draft.status <> 'open' then
    perform ops._refuse('LYDEC', array[v_draft.status]);
  elsif v_reason is null then
    perform ops._refuse('LYRSN', array['1']);
  end if;
  perform ops._log(
    v_actor, 'rules withdrawn',
    details => jsonb_build_object('loyalty_draft_id', v_draft.loyalty_draft_id)
  );
  return row(
    loyalty._decide_draft(
      v_actor, withdraw_draft.loyalty_draft_id, 'withdrawn', v_reason
    ),
    false
  );
end
$$;

alter function loyalty.withdraw_draft(uuid, text) owner to loyalty_service;
revoke all on function loyalty.withdraw_draft(uuid, text) from public;
grant execute on function loyalty.withdraw_draft(uuid, text) to pit_staff;

comment on function loyalty.withdraw_draft(uuid, text) is
  'Withdraws a draft, one''s own or somebody else''s, with a reason. Capability loyalty:configure. '
  'Errors: IDUNA, IDFRB, LYDFT, LYDEC, LYRSN.';
--! EndIncluded loyalty/withdraw_draft.sql
--! Included loyalty/_trace.sql
-- What a request did to points: ledger entries, requests that wait for a second person or were
-- decided, drafts of rules, and awards that could not be posted.
-- The planner can't know that a Bloom filter singles ranges out, and would read whole tables.

create or replace function loyalty._trace(correlation_id text) returns setof ops.trace_line
language sql
stable
security definer
set search_path = ''
set enable_seqscan = off
set max_parallel_workers_per_gather = 0
begin atomic
  select
    l.created_at, 'ledger entry',
    format('%s %s points', l.transaction_type, to_char(l.points_change, 'FMS999999999999990')),
    l.staff_id, l.player_id,
    jsonb_strip_nulls(
      jsonb_build_object('entry_no', l.entry_no, 'rating_slip_id', l.rating_slip_id)
    )
  from loyalty.loyalty_ledger as l
  where l.casino_id = identity._casino() and l.correlation_id = _trace.correlation_id
  union all
  select
    r.created_at, 'reward request', format('%s asked for', r.kind), r.requested_by, r.player_id,
    jsonb_build_object('reward_request_id', r.reward_request_id)
  from loyalty.reward_request as r
  where r.casino_id = identity._casino() and r.correlation_id = _trace.correlation_id
  union all
  select
    r.decided_at, 'reward request', format('%s %s', r.kind, r.status), r.decided_by, r.player_id,
    jsonb_build_object('reward_request_id', r.reward_request_id)
  from loyalty.reward_request as r
  where r.casino_id = identity._casino()
    and r.decision_correlation_id = _trace.correlation_id
  union all
  select
    d.drafted_at, 'rules', 'drafted', d.drafted_by, null,
    jsonb_build_object('loyalty_draft_id', d.loyalty_draft_id)
  from loyalty.loyalty_draft as d
  where d.casino_id = identity._casino() and d.correlation_id = _trace.correlation_id
  union all
  select
    f.created_at, 'pending award', f.sqlstate, null, f.player_id,
    jsonb_build_object('rating_slip_id', f.rating_slip_id)
  from loyalty.accrual_failure as f
  where f.casino_id = identity._casino() and f.correlation_id = _trace.correlation_id;
end;

alter function loyalty._trace(text) owner to loyalty_service;
revoke all on function loyalty._trace(text) from public;
grant execute on function loyalty._trace(text) to ops_service;

comment on function loyalty._trace(text) is
  'Ledger entries, reward requests, drafts and pending awards of a request, for ops.trace.';
--! EndIncluded loyalty/_trace.sql
--! Included compliance/set_filer.sql
-- Sets what every report says of the casino. The same data again change nothing; other data are
-- the next version, and reports that were filed keep theirs.

create or replace function compliance.set_filer(filer jsonb) returns compliance.filer
language plpgsql
volatile
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_actor identity.actor := identity._enter('ctr:file');
  v_filer compliance.filer;
begin
  if compliance._save_filer(filer, v_actor.staff_id, v_actor.correlation_id) then
    perform ops._log(v_actor, 'filing data set');
  end if;
  select f.* into strict v_filer
  from compliance.filer as f
  where f.casino_id = v_actor.casino_id
  order by f.version desc
  limit 1;
  return v_filer;
end
$$;

alter function compliance.set_filer(jsonb) owner to compliance_service;
revoke all on function compliance.set_filer(jsonb) from public;
grant execute on function compliance.set_filer(jsonb) to pit_staff;

comment on function compliance.set_filer(jsonb) is
  'Sets the casino''s filing data: legal_name, trade_name, ein, street, city, state, '
  'postal_code, country, contact_office, contact_phone, contact_extension, transmitter_tcc, and '
  'the other transmitter_… where somebody else sends the file. Capability ctr:file. Errors: '
  'IDUNA, IDFRB, MTFIL.';
--! EndIncluded compliance/set_filer.sql
--! Included compliance/_trace.sql
-- What a request did in the cash log. Amounts stay out: whoever follows a request need not be one
-- who may see cash.
-- The planner can't know that a Bloom filter singles ranges out, and would read whole tables.

create or replace function compliance._trace(correlation_id text) returns setof ops.trace_line
language sql
stable
security definer
set search_path = ''
set enable_seqscan = off
set max_parallel_workers_per_gather = 0
begin atomic
  select
    e.created_at, 'cash entry', format('%s %s %s', e.entry_role, e.kind, e.direction), e.staff_id,
    null::uuid, jsonb_build_object('entry_id', e.entry_id, 'patron_id', e.patron_id)
  from compliance.mtl_entry as e
  where e.casino_id = identity._casino() and e.correlation_id = _trace.correlation_id
  union all
  select
    c.created_at, 'compliance command', c.command, c.staff_id, null,
    jsonb_strip_nulls(jsonb_build_object('patron_id', c.patron_id, 'entry_id', c.entry_id))
  from compliance.mtl_command as c
  where c.casino_id = identity._casino() and c.correlation_id = _trace.correlation_id
  union all
  select
    f.filed_at, 'CTR filing', format('version %s', f.version), f.filed_by, null,
    jsonb_build_object('case_id', f.case_id)
  from compliance.ctr_filing as f
  where f.casino_id = identity._casino() and f.correlation_id = _trace.correlation_id;
end;

alter function compliance._trace(text) owner to compliance_service;
revoke all on function compliance._trace(text) from public;
grant execute on function compliance._trace(text) to ops_service;

comment on function compliance._trace(text) is
  'Cash entries, commands and filings of a request, for ops.trace.';
--! EndIncluded compliance/_trace.sql
--! Included ops/load_casino.sql
-- Sets a property up from its file (casino.json): for the owner's connection alone. Loading the
-- same file again changes nothing; a changed one adds effective versions and never rewrites the
-- past. Each context loads its own part into its own tables.

create or replace function ops.load_casino(
  property jsonb,
  out casino_id integer,
  out changed boolean
)
language plpgsql
volatile
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_identity record;
  v_floor boolean;
  v_loyalty boolean;
  v_compliance boolean;
  v_actor identity.actor;
begin
  if jsonb_typeof(property) is distinct from 'object' then
    perform ops._refuse('OPPRP', array['an object is expected']);
  end if;
  v_identity := identity._load_casino(property);
  perform set_config('pit.casino', v_identity.casino_id::text, true);
  v_loyalty := loyalty._load_casino(property);
  v_floor := floor._load_casino(property);
  v_compliance := compliance._load_casino(property);

  casino_id := v_identity.casino_id;
  changed := v_identity.changed or v_floor or v_loyalty or v_compliance;
  if changed then
    v_actor.casino_id := casino_id;
    v_actor.correlation_id := uuidv7();
    perform ops._log(
      v_actor, 'property loaded',
      details => jsonb_build_object(
        'casino', v_identity.changed, 'floor', v_floor, 'loyalty', v_loyalty,
        'compliance', v_compliance
      )
    );
  end if;
exception
  when data_exception or check_violation or not_null_violation or unique_violation
    or cardinality_violation or program_limit_exceeded
  then
    perform ops._refuse('OPPRP', array[sqlerrm]);
end
$$;

alter function ops.load_casino(jsonb) owner to ops_service;
revoke all on function ops.load_casino(jsonb) from public;
grant execute on function ops.load_casino(jsonb) to pit_owner;

comment on function ops.load_casino(jsonb) is
  'Creates or updates a property from its file and makes the account of its feed. changed is '
  'false when nothing differed. Error: OPPRP with what is wrong in the file.';
--! EndIncluded ops/load_casino.sql
--! Included ops/trace.sql
-- Everything that one request wrote, whichever context wrote it, in order of time: from the
-- correlation id of an answer, an error or a log line to the rows. At most 500 lines, as an import
-- is one request too.

create or replace function ops.trace(correlation_id text) returns setof ops.trace_line
language plpgsql
stable
security definer
set search_path = ''
set pit.casino = ''
set enable_seqscan = off
set max_parallel_workers_per_gather = 0
as $$
declare
  v_actor identity.actor := identity._enter_reader('audit:view');
begin
  return query
  select t.at, t.kind, t.what, t.staff_id, t.player_id, t.ids
  from (
    select
      a.created_at as at,
      case when a.action in ('refused', 'sign-in refused') then 'refusal' else 'audit' end as kind,
      concat_ws(
        ' ', a.action, a.details ->> 'operation', a.details ->> 'code',
        (a.details ->> 'times') || ' times'
      ) as what,
      a.staff_id, a.player_id,
      jsonb_strip_nulls(jsonb_build_object(
        'audit_log_id', a.audit_log_id, 'session_id', a.session_id,
        'subject_staff_id', a.subject_staff_id
      )) as ids
    from ops.audit_log as a
    where a.casino_id = identity._casino() and a.correlation_id = trace.correlation_id
    union all
    select
      e.created_at, 'feed event', concat_ws(' ', e.event_type, e.outcome, e.code), null,
      e.player_id, jsonb_build_object('event_key', e.event_key)
    from ops.ingested_event as e
    where e.casino_id = identity._casino() and e.correlation_id = trace.correlation_id
    union all
    select
      j.queued_at, 'job', concat_ws(' ', j.task, j.state, j.last_error), null, null,
      jsonb_build_object('job_id', j.job_id)
    from ops._jobs(v_actor.casino_id) as j
    where j.correlation_id = trace.correlation_id
    union all
    select f.* from floor._trace(trace.correlation_id) as f
    union all
    select l.* from loyalty._trace(trace.correlation_id) as l
    union all
    select c.* from compliance._trace(trace.correlation_id) as c
  ) as t
  order by t.at, t.kind, t.ids::text
  limit 500;
end
$$;

alter function ops.trace(text) owner to ops_service;
revoke all on function ops.trace(text) from public;
grant execute on function ops.trace(text) to pit_staff, pit_auditor;

comment on function ops.trace(text) is
  'What a request wrote, by its correlation id, in order of time: audit log and refusals, slip '
  'events, ledger entries, cash entries without amounts, commands, feed events, and jobs '
  'that are still in the queue. Capability audit:view, or an auditor''s login. Errors: IDUNA, '
  'IDFRB.';
--! EndIncluded ops/trace.sql
--! Included ops/request_trail.sql
-- Following a request with psql: the rows that an auditor's login may read, by the id of the
-- request that wrote them. ops.trace tells the rest.

create or replace view ops.request_trail with (security_invoker = true) as
select
  a.correlation_id as request_id,
  a.created_at as happened_at,
  'audit' as kind,
  concat_ws(' ', a.action, a.details ->> 'operation', a.details ->> 'code') as what,
  a.staff_id,
  a.player_id,
  a.audit_log_id::text as row_id
from ops.audit_log as a
union all
select
  l.correlation_id, l.created_at, 'ledger entry',
  format('%s %s points', l.transaction_type, l.points_change), l.staff_id, l.player_id,
  l.entry_no::text
from loyalty.loyalty_ledger as l
union all
select
  e.correlation_id, e.created_at, 'cash entry',
  format('%s %s %s', e.entry_role, e.kind, e.direction), e.staff_id, null, e.entry_id::text
from compliance.mtl_entry as e;

alter view ops.request_trail owner to pit_owner;
grant select on ops.request_trail to pit_auditor;

comment on view ops.request_trail is
  'Rows of the audit log, the ledger and the cash log by the request that wrote them, for '
  'auditors'' logins.';
--! EndIncluded ops/request_trail.sql
-- An import takes less time: most rows are kept as their text alone, staged as one text
-- and read once; posting goes through its rows in fewer windows.
alter table ops.import_row alter column fields drop not null;
comment on column ops.import_row.fields is
  'Its values, in the order in which docs/how-to/import-a-legacy-system.md names the columns; '
  'null: what stands between the commas of its text.';
--! Included ops/_import_values.sql
-- The values of a staged row. Most rows quote nothing and have their columns in the usual order:
-- for these the text is all that is kept, and splitting it is cheaper than storing it twice.

create or replace function ops._import_values(raw text, fields text[]) returns text[]
language sql
immutable
return coalesce(fields, string_to_array(raw, ','));

alter function ops._import_values(text, text[]) owner to ops_service;
revoke all on function ops._import_values(text, text[]) from public;

comment on function ops._import_values(text, text[]) is
  'Values of a row of ops.import_row, in the order of ops._import_columns.';
--! EndIncluded ops/_import_values.sql
--! Included ops/_last_import_row.sql
-- How far the staging of a file is: rows are staged in their order, without gaps, so the last one
-- says it.

create or replace function ops._last_import_row(import_batch_id uuid, file text) returns integer
language plpgsql
stable
set search_path = ''
as $$
begin
  return coalesce(
    (
      select r.row_no
      from ops.import_row as r
      where r.casino_id = identity._casino()
        and r.import_batch_id = _last_import_row.import_batch_id
        and r.file = _last_import_row.file
      order by r.row_no desc
      limit 1
    ),
    0
  );
end
$$;

alter function ops._last_import_row(uuid, text) owner to ops_service;
revoke all on function ops._last_import_row(uuid, text) from public;

comment on function ops._last_import_row(uuid, text) is
  'Number of the last staged row of a file; 0 before the first.';
--! EndIncluded ops/_last_import_row.sql
--! Included ops/staged_import_rows.sql
-- How far the staging of a file is, so that one that was cut off needn't send again what is
-- there.

create or replace function ops.staged_import_rows(
  casino_code text,
  import_batch_id uuid,
  file text
) returns integer
language plpgsql
volatile
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_actor identity.actor := identity._enter_owner(casino_code);
begin
  return ops._last_import_row(import_batch_id, file);
end
$$;

alter function ops.staged_import_rows(text, uuid, text) owner to ops_service;
revoke all on function ops.staged_import_rows(text, uuid, text) from public;
grant execute on function ops.staged_import_rows(text, uuid, text) to pit_owner;

comment on function ops.staged_import_rows(text, uuid, text) is
  'For the command line: the number of the last staged row of a file. Error: IDCAS.';
--! EndIncluded ops/staged_import_rows.sql
drop function ops.stage_import_rows(text, uuid, text, json);
--! Included ops/stage_import_rows.sql
-- Takes rows of an export as they are, one after the other. What is there already is left alone,
-- so a staging that was cut off begins again with any row. They come as one text, because
-- PostgreSQL splits a text six times faster than it reads JSON: rows and values are kept apart by
-- two characters that occur in none of them.

create or replace function ops.stage_import_rows(
  casino_code text,
  import_batch_id uuid,
  file text,
  first_row_no integer,
  staged text,
  row_mark text default E'\n',
  value_mark text default E'\x1f'
) returns integer
language plpgsql
volatile
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_actor identity.actor := identity._enter_owner(casino_code);
  v_state text;
  v_last integer;
  v_rows integer;
begin
  -- Importers side by side take turns: whoever waited finds the rows of the other.
  select b.state into v_state
  from ops.import_batch as b
  where b.casino_id = v_actor.casino_id
    and b.import_batch_id = stage_import_rows.import_batch_id
  for no key update;
  if not found then
    perform ops._refuse('OPIMP');
  end if;
  if v_state <> 'staging' then
    return 0;
  end if;
  v_last := ops._last_import_row(import_batch_id, file);

  insert into ops.import_row
  select
    identity._casino(), stage_import_rows.import_batch_id, stage_import_rows.file,
    first_row_no - 1 + s.place, split_part(s.text, value_mark, 1),
    case when position(value_mark in s.text) > 0 then (string_to_array(s.text, value_mark))[2:] end
  from string_to_table(staged, row_mark) with ordinality as s (text, place)
  where first_row_no - 1 + s.place > v_last;
  get diagnostics v_rows = row_count;
  return v_rows;
end
$$;

alter function ops.stage_import_rows(text, uuid, text, integer, text, text, text)
owner to ops_service;
revoke all on function ops.stage_import_rows(text, uuid, text, integer, text, text, text)
from public;
grant execute on function ops.stage_import_rows(text, uuid, text, integer, text, text, text)
to pit_owner;

comment on function ops.stage_import_rows(text, uuid, text, integer, text, text, text) is
  'For the command line: stores rows of an export from first_row_no on and gives how many were '
  'new. A row is its text, followed by its values where these aren''t what stands between its '
  'commas. After the staging is closed it does nothing. Errors: IDCAS, OPIMP.';
--! EndIncluded ops/stage_import_rows.sql
--! Included ops/_whole_number.sql
-- Like ops._number, for seats and points: 25 and 25.0 are whole, 25.5 isn't and is left to the
-- rule that needs it to refuse. Digits alone need no regular expression, which costs three times as
-- much.

create or replace function ops._whole_number(value text) returns bigint
language sql
immutable
return case
  when value <> '' and length(value) <= 15 and ltrim(value, '0123456789') = '' then value::bigint
  when value ~ '^-?[0-9]{1,15}(\.0{1,10})?$' then value::numeric::bigint
end;

alter function ops._whole_number(text) owner to ops_service;
revoke all on function ops._whole_number(text) from public;

comment on function ops._whole_number(text) is 'The text as a whole number; null otherwise.';
--! EndIncluded ops/_whole_number.sql
--! Included ops/_legacy_time.sql
-- ops._event_time for a million rows: no handler of exceptions, which would cost each row a
-- subtransaction, and no regular expression for the form that nearly all have, because PostgreSQL
-- builds its automaton anew for each text.

create or replace function ops._legacy_time(value text) returns timestamptz
language sql
stable
return case
  when (
    translate(value, '123456789', '000000000')
      = any ('{0000-00-00T00:00:00+00:00,0000-00-00T00:00:00Z}')
    or value ~ '^\d\d\d\d-\d\d-\d\d[Tt ]\d\d:\d\d(:\d\d([.]\d+)?)?([Zz]|[+-]\d\d(:?\d\d)?)$'
  ) and pg_input_is_valid(value, 'timestamptz')
    then value::timestamptz
end;

alter function ops._legacy_time(text) owner to ops_service;
revoke all on function ops._legacy_time(text) from public;

comment on function ops._legacy_time(text) is
  'The moment of an ISO 8601 text with offset; null when it isn''t one.';
--! EndIncluded ops/_legacy_time.sql
--! Included ops/_legacy_row.sql
-- Reads the values of one row of points history or of a rating slip. Its query reads no table, so
-- that it becomes part of the query that reads a million of them, and trims each value once: that
-- is what "offset 0" is for. Points have at most 12 digits, so that no sum of them can overflow.

create or replace function ops._legacy_row(file text, fields text[]) returns setof ops.legacy_row
language sql
stable
rows 1
begin atomic
  select
    coalesce(v.id, ''),
    v.card_no,
    case
      when v.points between 1 and 999999999999 then
        case when v.kind = 'DEBIT' and file = 'history' then -v.points else v.points end
    end,
    coalesce(file <> 'history' or v.kind in ('CREDIT', 'DEBIT'), false),
    ops._legacy_time(v.occurred_at),
    nullif(
      btrim(case file when 'history' then v.detail else 'Rating slip ' || v.id end), ''
    ),
    file = 'history' or coalesce(
      v.kind = 'CLOSED'
        and case
          when pg_input_is_valid(v.points_text, 'numeric') then v.points_text::numeric > 0
          else v.points_text <> ''
        end,
      false
    ),
    'pit:import:' || file || ':' || case
      when length(v.id) > 200
        then 'sha256:' || encode(sha256(convert_to(v.id, 'UTF8')), 'hex')
      else coalesce(v.id, '')
    end,
    sha256(array_send(file || fields))
  from (
    select
      fields[1] as id, btrim(fields[2]) as card_no, btrim(fields[3]) as kind,
      btrim(fields[4]) as points_text, ops._whole_number(btrim(fields[4])) as points,
      fields[5] as detail,
      btrim(case file when 'history' then fields[7] else fields[5] end) as occurred_at
    offset 0
  ) as v;
end;

alter function ops._legacy_row(text, text[]) owner to ops_service;
revoke all on function ops._legacy_row(text, text[]) from public;

comment on function ops._legacy_row(text, text[]) is
  'What the values of a row of "history" or "slips" say; its key and its fingerprint.';
--! EndIncluded ops/_legacy_row.sql
--! Included ops/_import_players.sql
-- Whom an import is about: the players of its own list and those whom its history, slips or claims
-- name by their cards.

create or replace function ops._import_players(import_batch_id uuid)
returns table (card_no text, player_id uuid)
language sql
stable
begin atomic
  select p.card_no, p.player_id
  from floor._players_by_card(
    array(
      select distinct btrim(
        (ops._import_values(r.raw, r.fields))[
          case when r.file in ('players', 'balances') then 1 else 2 end
        ]
      )
      from ops.import_row as r
      where r.casino_id = identity._casino()
        and r.import_batch_id = _import_players.import_batch_id
    )
  ) as p;
end;

alter function ops._import_players(uuid) owner to ops_service;
revoke all on function ops._import_players(uuid) from public;

comment on function ops._import_players(uuid) is 'Enrolled players whose cards a batch names.';
--! EndIncluded ops/_import_players.sql
--! Included ops/_import_mismatches.sql
-- Compares each imported balance with the one that the old system claimed. Imported is what came
-- from imports and stands: points earned here since, and entries that were rolled back, don't
-- count.

create or replace function ops._import_mismatches(import_batch_id uuid)
returns setof ops.import_mismatch
language sql
stable
set search_path = ''
begin atomic
  with player as materialized (
    select p.card_no, p.player_id
    from ops._import_players(_import_mismatches.import_batch_id) as p
  )
  select c.card_no, c.claimed, coalesce(s.imported_points, 0),
    c.claimed - coalesce(s.imported_points, 0)
  from (
    select distinct on (b.card_no) b.card_no, b.claimed::numeric as claimed
    from (
      select r.row_no, btrim(v.fields[1]) as card_no, btrim(v.fields[2]) as claimed
      from ops.import_row as r
      cross join lateral (select ops._import_values(r.raw, r.fields)) as v (fields)
      where r.casino_id = identity._casino()
        and r.import_batch_id = _import_mismatches.import_batch_id
        and r.file = 'balances'
    ) as b
    where pg_input_is_valid(b.claimed, 'numeric')
    order by b.card_no, b.row_no
  ) as c
  left join player as p on p.card_no = c.card_no
  left join loyalty._imported_standings(array(select i.player_id from player as i)) as s
    on s.player_id = p.player_id
  where c.claimed <> coalesce(s.imported_points, 0)
  order by c.card_no collate "C";
end;

alter function ops._import_mismatches(uuid) owner to ops_service;
revoke all on function ops._import_mismatches(uuid) from public;

comment on function ops._import_mismatches(uuid) is
  'Cards whose claimed balance differs from the imported one, with the difference.';
--! EndIncluded ops/_import_mismatches.sql
--! Included ops/_quarantined_rows.sql
-- What of a batch is still quarantined: every row that no retry has settled, with the values and
-- the reason of its last attempt.

create or replace function ops._quarantined_rows(import_batch_id uuid)
returns setof ops.quarantined_row
language sql
stable
set search_path = ''
begin atomic
  select
    q.import_quarantine_id, q.file, q.row_no, q.legacy_id, coalesce(t.reason, q.reason), r.raw,
    (
      select jsonb_object_agg(c.name, c.value)
      from unnest(
        ops._import_columns(q.file), coalesce(c.fields, ops._import_values(r.raw, r.fields))
      ) as c (name, value)
      where c.name is not null
    ),
    coalesce(t.retry_no, 0)
  from ops.import_quarantine as q
  join ops.import_row as r
    on r.casino_id = q.casino_id
    and r.import_batch_id = q.import_batch_id
    and r.file = q.file
    and r.row_no = q.row_no
  left join lateral (
    select l.retry_no, l.reason, l.outcome
    from ops.import_retry as l
    where l.casino_id = q.casino_id and l.import_quarantine_id = q.import_quarantine_id
    order by l.retry_no desc
    limit 1
  ) as t on true
  left join lateral (
    select l.fields
    from ops.import_retry as l
    where l.casino_id = q.casino_id
      and l.import_quarantine_id = q.import_quarantine_id
      and l.fields is not null
    order by l.retry_no desc
    limit 1
  ) as c on true
  where q.casino_id = identity._casino()
    and q.import_batch_id = _quarantined_rows.import_batch_id
    and t.outcome is distinct from 'settled'
  order by q.legacy_id collate "C", q.file, q.row_no;
end;

alter function ops._quarantined_rows(uuid) owner to ops_service;
revoke all on function ops._quarantined_rows(uuid) from public;

comment on function ops._quarantined_rows(uuid) is
  'Rows of a batch that are quarantined, by their legacy ids.';
--! EndIncluded ops/_quarantined_rows.sql
--! Included ops/_rows_to_retry.sql
-- The values of quarantined rows that no retry has settled yet: the correction, else the last
-- correction, else what the export said.

create or replace function ops._rows_to_retry(
  import_quarantine_ids uuid[],
  correction text[]
) returns setof ops.row_to_retry
language sql
stable
begin atomic
  select
    q.import_quarantine_id, coalesce(t.tries, 0) + 1, q.file, q.row_no,
    coalesce(_rows_to_retry.correction, c.fields, ops._import_values(r.raw, r.fields)),
    q.request_fingerprint
  from ops.import_quarantine as q
  join ops.import_row as r
    on r.casino_id = q.casino_id
    and r.import_batch_id = q.import_batch_id
    and r.file = q.file
    and r.row_no = q.row_no
  left join lateral (
    select max(l.retry_no) as tries, bool_or(l.outcome = 'settled') as settled
    from ops.import_retry as l
    where l.casino_id = q.casino_id and l.import_quarantine_id = q.import_quarantine_id
  ) as t on true
  left join lateral (
    select l.fields
    from ops.import_retry as l
    where l.casino_id = q.casino_id
      and l.import_quarantine_id = q.import_quarantine_id
      and l.fields is not null
    order by l.retry_no desc
    limit 1
  ) as c on true
  where q.casino_id = identity._casino()
    and q.import_quarantine_id = any (_rows_to_retry.import_quarantine_ids)
    and t.settled is not true;
end;

alter function ops._rows_to_retry(uuid[], text[]) owner to ops_service;
revoke all on function ops._rows_to_retry(uuid[], text[]) from public;

comment on function ops._rows_to_retry(uuid[], text[]) is
  'Those of these rows that are still quarantined, with the values that count now.';
--! EndIncluded ops/_rows_to_retry.sql
--! Included ops/import_report.sql
-- What an import led to, read back from the database: the content of the command line's report,
-- and the account of its rows.

create or replace function ops.import_report(
  casino_code text,
  import_batch_id uuid,
  out report json,
  out account json
)
language plpgsql
volatile
security definer
set search_path = ''
set pit.casino = ''
set work_mem = '64MB'
set enable_nestloop = off
as $$
declare
  v_actor identity.actor := identity._enter_owner(casino_code);
  v_batch ops.import_batch;
  v_quarantined json;
begin
  select b.* into v_batch
  from ops.import_batch as b
  where b.casino_id = v_actor.casino_id
    and b.import_batch_id = import_report.import_batch_id;
  if not found then
    perform ops._refuse('OPIMP');
  end if;

  select
    coalesce(
      json_agg(json_build_object('id', q.legacy_id, 'reason', q.reason)), '[]'
    )
  into v_quarantined
  from ops._quarantined_rows(import_report.import_batch_id) as q
  where q.file in ('history', 'slips');

  with player as materialized (
    select p.card_no, p.player_id
    from ops._import_players(import_report.import_batch_id) as p
  )
  select json_build_object(
    'players', coalesce(
      json_object_agg(
        p.card_no,
        json_build_object(
          'balance', s.current_balance, 'lifetime', s.lifetime_points, 'tier', s.tier,
          'entries', s.entries
        )
        order by p.card_no collate "C"
      ),
      '{}'
    ),
    'ledger_entries', coalesce(sum(s.entries), 0),
    'ledger_points', coalesce(sum(s.points), 0),
    'replayed', v_batch.replayed,
    'quarantined', v_quarantined,
    'balance_mismatches', (
      select coalesce(json_object_agg(m.card_no, m.difference), '{}')
      from ops._import_mismatches(import_report.import_batch_id) as m
    )
  )
  into report
  from player as p
  join loyalty._imported_standings(array(select i.player_id from player as i)) as s
    on s.player_id = p.player_id;

  select json_build_object(
    'players', count(*) filter (where r.file = 'players'),
    'history', count(*) filter (where r.file = 'history'),
    'slips', count(*) filter (where r.file = 'slips') - v_batch.skipped,
    'skipped', v_batch.skipped,
    'posted', v_batch.posted,
    'replayed', v_batch.replayed,
    'quarantined', json_array_length(v_quarantined),
    'unenrolled', (
      select count(*)
      from ops._quarantined_rows(import_report.import_batch_id) as q
      where q.file = 'players'
    ),
    'unreadable_claims', count(*) filter (
      where r.file = 'balances' and not pg_input_is_valid(
        btrim((ops._import_values(r.raw, r.fields))[2]), 'numeric'
      )
    )
  )
  into account
  from ops.import_row as r
  where r.casino_id = v_actor.casino_id
    and r.import_batch_id = import_report.import_batch_id;
end
$$;

alter function ops.import_report(text, uuid) owner to ops_service;
revoke all on function ops.import_report(text, uuid) from public;
grant execute on function ops.import_report(text, uuid) to pit_owner;

comment on function ops.import_report(text, uuid) is
  'For the command line: the report of a batch (docs/how-to/import-a-legacy-system.md) and the '
  'account of its rows. Errors: IDCAS, OPIMP.';
--! EndIncluded ops/import_report.sql
--! Included ops/_enroll_import.sql
-- The players of an import: who isn't enrolled yet is enrolled now, whoever can't be is
-- quarantined. Of two rows with one card the first in the file stands.

create or replace function ops._enroll_import(actor identity.actor, import_batch_id uuid)
returns integer
language plpgsql
volatile
set search_path = ''
set enable_nestloop = off
as $$
#variable_conflict use_column
declare
  v_enrolled integer;
begin
  v_enrolled := floor._enroll_players(
    actor,
    array(
      select ops._enrolment(f.fields)
      from (
        select distinct on (btrim(v.fields[1])) v.fields
        from ops.import_row as r
        cross join lateral (select ops._import_values(r.raw, r.fields)) as v (fields)
        where r.casino_id = identity._casino()
          and r.import_batch_id = _enroll_import.import_batch_id
          and r.file = 'players'
        order by btrim(v.fields[1]), r.row_no
      ) as f
    )
  );

  with listed as materialized (
    select r.file, r.row_no, ops._import_values(r.raw, r.fields) as fields
    from ops.import_row as r
    where r.casino_id = identity._casino()
      and r.import_batch_id = _enroll_import.import_batch_id
      and r.file = 'players'
  ),
  enrolled as materialized (
    select p.card_no
    from floor._players_by_card(array(select btrim(r.fields[1]) from listed as r)) as p
  )
  insert into ops.import_quarantine (
    casino_id, import_batch_id, file, row_no, legacy_id, reason, idempotency_key,
    request_fingerprint
  )
  select
    identity._casino(), _enroll_import.import_batch_id, r.file, r.row_no,
    coalesce(r.fields[1], ''), 'INVALID_PLAYER', l.idempotency_key, l.request_fingerprint
  from (
    select r.*
    from listed as r
    where not exists (select from enrolled as e where e.card_no = btrim(r.fields[1]))
    offset 0
  ) as r
  cross join lateral ops._legacy_row(r.file, r.fields) as l;
  return v_enrolled;
end
$$;

alter function ops._enroll_import(identity.actor, uuid) owner to ops_service;
revoke all on function ops._enroll_import(identity.actor, uuid) from public;

comment on function ops._enroll_import(identity.actor, uuid) is
  'Enrols the new players of a batch, gives their number and quarantines who can''t be enrolled. '
  'Error: LYPOL.';
--! EndIncluded ops/_enroll_import.sql
--! Included ops/_judge_import.sql
-- Judges the history rows and slips of a staged batch, all at once: what is known, what is
-- quarantined and why, and in which order the rest is to be posted. The order of the reasons is
-- the specification's; INSUFFICIENT_BALANCE is only known when it is posted. A row quarantined by
-- an earlier import stays so, and what an earlier import quarantined under the same id with other
-- content stands before it.

create or replace function ops._judge_import(
  import_batch_id uuid,
  out to_post bigint,
  out replayed bigint,
  out skipped bigint
)
language sql
volatile
set search_path = ''
set work_mem = '128MB'
set enable_nestloop = off
set enable_mergejoin = off
as $$
with history as materialized (
  select r.row_no, r.fields[6] as slip_id, l.*
  from (
    select i.row_no, ops._import_values(i.raw, i.fields) as fields
    from ops.import_row as i
    where i.casino_id = identity._casino() and i.import_batch_id = $1 and i.file = 'history'
    offset 0
  ) as r
  cross join lateral ops._legacy_row('history', r.fields) as l
),
named as (
  select h.slip_id from history as h where h.slip_id <> ''
  union all
  select v.slip_id
  from ops.import_batch as b
  join ops.import_row as r
    on r.casino_id = b.casino_id
    and r.import_batch_id = b.import_batch_id
    and r.file = 'history'
  cross join lateral (select (ops._import_values(r.raw, r.fields))[6]) as v (slip_id)
  where b.casino_id = identity._casino()
    and b.import_batch_id <> $1
    and b.state not in ('staging', 'undone')
    and v.slip_id <> ''
),
slip as materialized (
  select r.row_no, l.*
  from (
    select i.row_no, ops._import_values(i.raw, i.fields) as fields
    from ops.import_row as i
    where i.casino_id = identity._casino() and i.import_batch_id = $1 and i.file = 'slips'
    offset 0
  ) as r
  cross join lateral ops._legacy_row('slips', r.fields) as l
  where l.qualifies and not exists (select from named as n where n.slip_id = r.fields[1])
),
staged as not materialized (
  select
    'history' as file, h.row_no, h.legacy_id, h.card_no, h.points_change, h.has_type,
    h.occurred_at, h.reason, h.idempotency_key, h.request_fingerprint
  from history as h
  union all
  select
    'slips', p.row_no, p.legacy_id, p.card_no, p.points_change, p.has_type, p.occurred_at,
    p.reason, p.idempotency_key, p.request_fingerprint
  from slip as p
),
-- Keys that may be there twice, by their hashes: cheap to count, and nearly always none.
suspect as (
  select hashtextextended(s.idempotency_key, 0) as key_hash
  from staged as s
  group by 1
  having count(*) > 1
),
repeated as (
  select
    s.file, s.row_no,
    row_number() over (partition by s.idempotency_key order by s.row_no) as occurrence,
    row_number() over (
      partition by s.idempotency_key, s.request_fingerprint order by s.row_no
    ) as repetition
  from staged as s
  where hashtextextended(s.idempotency_key, 0) in (select d.key_hash from suspect as d)
),
earlier as (
  select
    q.idempotency_key, q.request_fingerprint,
    case when bool_or(t.outcome is not null) then 'REPLAYED' else min(q.reason) end as verdict,
    bool_or(q.reason <> 'IDEMPOTENCY_CONFLICT') as stands
  from ops.import_quarantine as q
  join ops.import_batch as b
    on b.casino_id = q.casino_id and b.import_batch_id = q.import_batch_id
  left join ops.import_retry as t
    on t.casino_id = q.casino_id
    and t.import_quarantine_id = q.import_quarantine_id
    and t.outcome = 'settled'
  where q.casino_id = identity._casino()
    and q.import_batch_id <> $1
    and b.state not in ('staging', 'undone')
  group by q.idempotency_key, q.request_fingerprint
),
player as (
  select p.card_no, p.player_id
  from floor._players_by_card(array(select distinct s.card_no from staged as s)) as p
),
judged as materialized (
  select
    k.*, p.player_id,
    ops._next_import_key(k.idempotency_key, u.rounds) as posting_key,
    case
      when r.repetition > 1 then 'REPLAYED'
      when e.verdict is not null then e.verdict
      when r.occurrence > 1 then 'IDEMPOTENCY_CONFLICT'
      when o.idempotency_key is not null then 'IDEMPOTENCY_CONFLICT'
      when k.has_type and k.points_change is not null
        and k.occurred_at <= now() + interval '1 minute'
        and p.player_id is not null
        then null
      else coalesce(
        case
          loyalty._request_of_key(ops._next_import_key(k.idempotency_key, u.rounds))
            = k.request_fingerprint
          when true then 'REPLAYED'
          when false then 'IDEMPOTENCY_CONFLICT'
        end,
        case
          when not k.has_type then 'INVALID_TYPE'
          when k.points_change is null then 'INVALID_POINTS'
          when (k.occurred_at <= now() + interval '1 minute') is not true then 'INVALID_DATE'
          else 'PLAYER_NOT_FOUND'
        end
      )
    end as verdict
  from staged as k
  left join repeated as r on r.file = k.file and r.row_no = k.row_no
  left join player as p on p.card_no = k.card_no
  left join earlier as e
    on e.idempotency_key = k.idempotency_key and e.request_fingerprint = k.request_fingerprint
  left join (
    select distinct o.idempotency_key from earlier as o where o.stands
  ) as o on o.idempotency_key = k.idempotency_key
  left join ops._used_import_keys() as u on u.idempotency_key = k.idempotency_key
),
quarantined as (
  insert into ops.import_quarantine (
    casino_id, import_batch_id, file, row_no, legacy_id, reason, idempotency_key,
    request_fingerprint
  )
  select
    identity._casino(), $1, j.file, j.row_no, j.legacy_id, j.verdict, j.idempotency_key,
    j.request_fingerprint
  from judged as j
  where j.verdict <> 'REPLAYED'
),
queued as (
  insert into ops.import_posting
  select
    identity._casino(), $1,
    row_number() over (
      order by j.player_id, j.occurred_at, j.legacy_id collate "C", j.file, j.row_no
    ),
    j.file, j.row_no, j.player_id, j.points_change, j.reason, j.occurred_at, j.posting_key,
    j.request_fingerprint
  from judged as j
  where j.verdict is null
)
select
  count(*) filter (where j.verdict is null),
  count(*) filter (where j.verdict = 'REPLAYED'),
  (
    select count(*)
    from ops.import_row as r
    where r.casino_id = identity._casino() and r.import_batch_id = $1 and r.file = 'slips'
  ) - count(*) filter (where j.file = 'slips')
from judged as j;
$$;

alter function ops._judge_import(uuid) owner to ops_service;
revoke all on function ops._judge_import(uuid) from public;

comment on function ops._judge_import(uuid) is
  'Fills import_posting and import_quarantine for a staged batch and counts what is to be posted, '
  'what was known and the slips that don''t qualify.';
--! EndIncluded ops/_judge_import.sql
drop aggregate loyalty._running_hash(bytea, bytea);
drop function loyalty._add_link(bytea, bytea, bytea);
--! Included loyalty/_add_link.sql
-- One step of loyalty._running_hash: the link that follows the one before, or for the first of a
-- window the player's last one. Both hashes are its result, so that nobody has to look back.

create or replace function loyalty._add_link(
  link bytea,
  last_entry_hash bytea,
  content bytea
) returns bytea
language sql
immutable
return coalesce(substr(link, 33), last_entry_hash)
  || sha256(coalesce(substr(link, 33), last_entry_hash) || content);

alter function loyalty._add_link(bytea, bytea, bytea) owner to loyalty_service;
revoke all on function loyalty._add_link(bytea, bytea, bytea) from public;

comment on function loyalty._add_link(bytea, bytea, bytea) is
  'Hash of the entry before and of the next one, as loyalty._entry_hash computes it: 64 bytes.';
--! EndIncluded loyalty/_add_link.sql
--! Included loyalty/_running_hash.sql
-- A player's chain of hashes entry by entry, in one pass over many. An aggregate, to be used as a
-- window function.

create or replace aggregate loyalty._running_hash(last_entry_hash bytea, content bytea) (
  sfunc = loyalty._add_link,
  stype = bytea
);

alter aggregate loyalty._running_hash(bytea, bytea) owner to loyalty_service;
revoke all on function loyalty._running_hash(bytea, bytea) from public;

comment on aggregate loyalty._running_hash(bytea, bytea) is
  'Previous and own hash of each entry in the window''s order, the first chained to the player''s '
  'last one: 64 bytes.';
--! EndIncluded loyalty/_running_hash.sql
--! Included loyalty/_move_balance.sql
-- One step of loyalty._running_balance: a move that the balance doesn't suffice for is left out,
-- and whatever follows goes on from the balance before it, of which the refused move leaves the
-- complement.

create or replace function loyalty._move_balance(
  balance bigint,
  opening_balance bigint,
  points_change bigint
) returns bigint
language sql
immutable
return case
  when coalesce(greatest(balance, ~balance), opening_balance) + points_change >= 0
    then coalesce(greatest(balance, ~balance), opening_balance) + points_change
  else ~coalesce(greatest(balance, ~balance), opening_balance)
end;

alter function loyalty._move_balance(bigint, bigint, bigint) owner to loyalty_service;
revoke all on function loyalty._move_balance(bigint, bigint, bigint) from public;

comment on function loyalty._move_balance(bigint, bigint, bigint) is
  'Balance after a move; when it would fall below 0, -1 less the balance before it.';
--! EndIncluded loyalty/_move_balance.sql
--! Included loyalty/_running_balance.sql
-- The balance of a player entry by entry, in one pass over many: a sum that never goes below zero,
-- because what would take it there is refused. An aggregate, to be used as a window function.

create or replace aggregate loyalty._running_balance(
  opening_balance bigint,
  points_change bigint
) (
  sfunc = loyalty._move_balance,
  stype = bigint
);

alter aggregate loyalty._running_balance(bigint, bigint) owner to loyalty_service;
revoke all on function loyalty._running_balance(bigint, bigint) from public;

comment on aggregate loyalty._running_balance(bigint, bigint) is
  'Balance after each move, in the window''s order, from the opening balance on. A move that would '
  'take it below 0 is left out and told by a negative number.';
--! EndIncluded loyalty/_running_balance.sql
--! Included loyalty/_post_entries.sql
-- The twin of loyalty._post_entry for many entries at once, for imports: the same numbers,
-- balances, tiers, gaming days and hashes, in one pass over all of them. A player's drafts are
-- posted in the order of the list; standings are locked in the order of their ids. A draft that
-- can't be posted is left out and given back, and what follows goes on without it. Lifetime points
-- follow from the kind of entry: what is positive counts, a reversal takes back what counted.

create or replace function loyalty._post_entries(
  actor identity.actor,
  drafts loyalty.entry_draft[],
  keys_are_new boolean default false
) returns setof loyalty.unposted_entry
language plpgsql
volatile
security definer
set search_path = ''
set work_mem = '64MB'
set enable_nestloop = off
set enable_mergejoin = off
as $$
#variable_conflict use_column
declare
  v_terms loyalty.terms_in_force[];
  v_player_ids uuid[] := array(select distinct d.player_id from unnest(drafts) as d);
begin
  perform
  from loyalty.player_loyalty as p
  where p.casino_id = identity._casino() and p.player_id = any (v_player_ids)
  order by p.player_id
  for no key update;

  v_terms := array(
    select t
    from (select min(d.occurred_at), max(d.occurred_at) from unnest(drafts) as d)
      as m (first_at, last_at)
    cross join lateral loyalty._terms_between(m.first_at, m.last_at) as t
  );

  return query
  with draft as (
    select
      d.*, p.current_balance, p.lifetime_points, p.tier, p.last_entry_no, p.last_entry_hash,
      (
        select l.request_fingerprint
        from loyalty.loyalty_ledger as l
        where l.casino_id = identity._casino()
          and l.idempotency_key = d.idempotency_key
          and not keys_are_new
      ) as used_for
    from unnest(drafts) with ordinality as d (
      player_id, transaction_type, event_type, source, points_change, rating_slip_id, visit_id,
      reverses_entry_no, reason, staff_id, approved_by, idempotency_key, request_fingerprint,
      occurred_at, draft_no
    )
    left join loyalty.player_loyalty as p
      on p.casino_id = identity._casino()
      and p.player_id = any (v_player_ids)
      and p.player_id = d.player_id
    offset 0
  ),
  moved as materialized (
    select
      d.*,
      loyalty._running_balance(d.current_balance, d.points_change)
        filter (where d.used_for is null and d.current_balance is not null)
        over (partition by d.player_id order by d.draft_no rows unbounded preceding)
        as balance_after
    from draft as d
  ),
  -- One window for whatever needs no result of another; tiers of the entry before are what it was
  -- written under.
  numbered as (
    select
      m.*, t.tiers, t.tier_floors, k.credit,
      m.last_entry_no + row_number() over w as entry_no,
      (m.lifetime_points + sum(k.credit) over w)::bigint as lifetime_after,
      lag(t.tiers) over w as tiers_before,
      lag(t.tier_floors) over w as tier_floors_before,
      lead(m.draft_no) over w is null as is_last
    from moved as m
    cross join lateral (
      select case m.transaction_type
        when 'REVERSAL' then least(m.points_change, 0)
        else greatest(m.points_change, 0)
      end
    ) as k (credit)
    join unnest(v_terms) as t on m.occurred_at >= t.valid_from and m.occurred_at < t.valid_until
    where m.used_for is null and m.balance_after >= 0
    window w as (partition by m.player_id order by m.draft_no rows unbounded preceding)
  ),
  written as (
    select
      n.*,
      n.balance_after - n.points_change as balance_before,
      loyalty._tier(n.tiers, n.tier_floors, n.lifetime_after) as tier_after,
      coalesce(
        loyalty._tier(n.tiers_before, n.tier_floors_before, n.lifetime_after - n.credit), n.tier
      ) as tier_before,
      identity._gaming_day(actor.timezone, actor.gaming_day_start, n.occurred_at) as gaming_day
    from numbered as n
    offset 0
  ),
  chained as materialized (
    select
      w.player_id, w.draft_no, w.entry_no, w.transaction_type, w.event_type, w.source,
      w.points_change, w.balance_before, w.balance_after, w.tier_before, w.tier_after,
      w.rating_slip_id, w.visit_id, w.reverses_entry_no, w.reason, w.staff_id, w.approved_by,
      w.idempotency_key, w.request_fingerprint, w.gaming_day, w.occurred_at, w.lifetime_after,
      w.is_last,
      loyalty._running_hash(
        w.last_entry_hash,
        loyalty._entry_content(
          actor.casino_id, w.player_id, w.entry_no, w.transaction_type, w.event_type, w.source,
          w.points_change, w.balance_before, w.balance_after, w.tier_before, w.tier_after,
          w.rating_slip_id, w.visit_id, w.reverses_entry_no, w.reason, w.staff_id, w.approved_by,
          actor.correlation_id, w.idempotency_key, w.request_fingerprint, w.gaming_day,
          w.occurred_at, now()
        )
      ) over (partition by w.player_id order by w.draft_no rows unbounded preceding) as link
    from written as w
  ),
  posted as (
    insert into loyalty.loyalty_ledger
    select
      identity._casino(), c.player_id, c.entry_no, c.transaction_type, c.event_type, c.source,
      c.points_change, c.balance_before, c.balance_after, c.tier_before, c.tier_after,
      c.rating_slip_id, c.visit_id, c.reverses_entry_no, c.reason, c.staff_id, c.approved_by,
      actor.correlation_id, c.idempotency_key, c.request_fingerprint, c.gaming_day,
      c.occurred_at, now(), substr(c.link, 1, 32), substr(c.link, 33)
    from chained as c
  ),
  kept as (
    update loyalty.player_loyalty as p
    set current_balance = c.balance_after,
      lifetime_points = c.lifetime_after,
      tier = c.tier_after,
      tier_progress = loyalty._tier_progress(t.tier_floors, c.lifetime_after),
      last_entry_no = c.entry_no,
      last_entry_hash = substr(c.link, 33),
      updated_at = now()
    from chained as c
    join unnest(v_terms) as t on c.occurred_at >= t.valid_from and c.occurred_at < t.valid_until
    where p.casino_id = identity._casino()
      and p.player_id = any (v_player_ids)
      and p.player_id = c.player_id
      and c.is_last
  )
  select
    m.draft_no, m.idempotency_key, coalesce(m.used_for = m.request_fingerprint, false),
    case
      when m.used_for <> m.request_fingerprint then 'LYIDM'
      when m.used_for is not null then null
      when m.current_balance is null then 'RSPLR'
      else 'LYBAL'
    end
  from moved as m
  where m.used_for is not null or m.current_balance is null or m.balance_after < 0;
end
$$;

alter function loyalty._post_entries(identity.actor, loyalty.entry_draft[], boolean)
owner to loyalty_service;
revoke all on function loyalty._post_entries(identity.actor, loyalty.entry_draft[], boolean)
from public;
grant execute on function loyalty._post_entries(identity.actor, loyalty.entry_draft[], boolean)
to ops_service;

comment on function loyalty._post_entries(identity.actor, loyalty.entry_draft[], boolean) is
  'Appends entries in bulk and moves the balances, and gives back the drafts that made no entry. '
  'No key may be twice in the list; keys_are_new says that none was used before, which needn''t be '
  'looked up then. Error: LYPOL.';
--! EndIncluded loyalty/_post_entries.sql


-- Both halves of an import are posted side by side. What is being posted has one half.
alter table ops.import_batch
add column halfway bigint not null default 0,
add column first_half_through bigint not null default 0,
add column second_half_through bigint not null default 0;
update ops.import_batch as b
set halfway = b.rows_to_post,
  first_half_through = b.posted_through,
  second_half_through = b.rows_to_post;
alter table ops.import_batch
add constraint halves_end_where_they_meet check (
  first_half_through <= halfway and halfway <= second_half_through
  and second_half_through <= rows_to_post
  and posted_through = first_half_through + second_half_through - halfway
);
grant update (halfway, first_half_through, second_half_through) on ops.import_batch to ops_service;
comment on column ops.import_batch.posted_through is 'How many of them were tried.';
comment on column ops.import_batch.halfway is
  'Position after which the second half begins, with a player; both are posted side by side.';
comment on column ops.import_batch.first_half_through is
  'Position of the last row of the first half that was tried.';
comment on column ops.import_batch.second_half_through is
  'Position of the last row of the second half that was tried; halfway before the first.';
--! Included ops/_lock_shared.sql
-- ops._lock for calls that may go side by side, but not beside one that holds the lock alone: both
-- halves of an import, which the feed waits for.

create or replace function ops._lock_shared(casino_id integer, name text) returns boolean
language sql
volatile
return pg_advisory_xact_lock_shared(hashtextextended(name, casino_id)) is not null;

alter function ops._lock_shared(integer, text) owner to ops_service;
revoke all on function ops._lock_shared(integer, text) from public;

comment on function ops._lock_shared(integer, text) is
  'Shares the advisory lock of a casino''s name until the transaction ends; always true.';
--! EndIncluded ops/_lock_shared.sql
--! Included ops/_half_to_post.sql
-- Which half of a batch a call posts next: one that isn't through and that nobody else is at, or
-- whichever is first left by who is at it. No player is in both halves, so they need no order.

create or replace function ops._half_to_post(import_batch_id uuid) returns integer
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_name text := format('ops.import_batch:%s:', import_batch_id);
  v_first boolean;
  v_second boolean;
begin
  select b.first_half_through < b.halfway, b.second_half_through < b.rows_to_post
  into v_first, v_second
  from ops.import_batch as b
  where b.casino_id = identity._casino()
    and b.import_batch_id = _half_to_post.import_batch_id
    and b.state = 'posting';
  return case
    when v_first and pg_try_advisory_xact_lock(
      hashtextextended(v_name || '1', identity._casino())
    ) then 1
    when v_second and pg_try_advisory_xact_lock(
      hashtextextended(v_name || '2', identity._casino())
    ) then 2
    when v_first and ops._lock(identity._casino(), v_name || '1') then 1
    when v_second and ops._lock(identity._casino(), v_name || '2') then 2
  end;
end
$$;

alter function ops._half_to_post(uuid) owner to ops_service;
revoke all on function ops._half_to_post(uuid) from public;

comment on function ops._half_to_post(uuid) is
  '1 or 2, locked until the transaction ends; null when the batch isn''t being posted.';
--! EndIncluded ops/_half_to_post.sql
drop function ops._post_import(identity.actor, ops.import_batch, integer);
--! Included ops/_post_import.sql
-- Posts the next rows of one half of a batch, in one transaction with the place at which the next
-- ones begin: so an import that is killed goes on where it stopped, and no row is posted twice or
-- never. The feed, which locks players in an order of its own, waits; the other half doesn't, but
-- for the row of the batch, which comes last.

create or replace function ops._post_import(
  actor identity.actor,
  import_batch_id uuid,
  most_rows integer
) returns ops.import_batch
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_locked boolean := ops._lock_shared(identity._casino(), 'ops.ingest_events');
  v_half integer := ops._half_to_post(import_batch_id);
  batch ops.import_batch;
  v_from bigint;
  v_end bigint;
  v_last bigint;
  v_counted record;
  -- Keys are posted once in a batch, and nobody else makes keys that begin with "pit:import:".
  v_is_first boolean := not exists (
    select
    from ops.import_batch as b
    where b.casino_id = identity._casino()
      and b.import_batch_id <> _post_import.import_batch_id
      and b.state <> 'staging'
  );
begin
  -- Whoever waited for a half sees now how far it is.
  select b.* into batch
  from ops.import_batch as b
  where b.casino_id = identity._casino()
    and b.import_batch_id = _post_import.import_batch_id;
  v_from := case v_half when 1 then batch.first_half_through else batch.second_half_through end;
  v_end := case v_half when 1 then batch.halfway else batch.rows_to_post end;
  if v_half is null or v_from = v_end then
    return batch;
  end if;
  v_last := least(v_from + most_rows, v_end);
  actor.correlation_id := batch.correlation_id;
  with unposted as (
    select u.draft_no + v_from as position, u.replayed, u.refusal
    from loyalty._post_entries(
      actor,
      array(
        select
          row(
            p.player_id, case when p.points_change < 0 then 'ADJUSTMENT' else 'GAMEPLAY' end,
            'LEGACY_IMPORTED', 'import', p.points_change, null, null, null, p.reason, null, null,
            p.idempotency_key, p.request_fingerprint, p.occurred_at
          )::loyalty.entry_draft
        from ops.import_posting as p
        where p.casino_id = identity._casino()
          and p.import_batch_id = batch.import_batch_id
          and p.position > v_from
          and p.position <= v_last
        order by p.position
      ),
      keys_are_new => v_is_first
    ) as u
  ),
  quarantined as (
    insert into ops.import_quarantine (
      casino_id, import_batch_id, file, row_no, legacy_id, reason, idempotency_key,
      request_fingerprint
    )
    select
      identity._casino(), p.import_batch_id, p.file, p.row_no, coalesce(v.fields[1], ''),
      case u.refusal
        when 'LYIDM' then 'IDEMPOTENCY_CONFLICT'
        when 'RSPLR' then 'PLAYER_NOT_FOUND'
        else 'INSUFFICIENT_BALANCE'
      end,
      (select l.idempotency_key from ops._legacy_row(r.file, v.fields) as l),
      p.request_fingerprint
    from ops.import_posting as p
    join unposted as u on u.position = p.position
    join ops.import_row as r
      on r.casino_id = identity._casino()
      and r.import_batch_id = batch.import_batch_id
      and r.file = p.file
      and r.row_no = p.row_no
    cross join lateral (select ops._import_values(r.raw, r.fields)) as v (fields)
    where p.casino_id = identity._casino()
      and p.import_batch_id = batch.import_batch_id
      and p.position = any (array(select n.position from unposted as n where not n.replayed))
  )
  select count(*) as unposted, count(*) filter (where u.replayed) as replayed
  into v_counted
  from unposted as u;

  update ops.import_batch as b
  set posted_through = b.posted_through + v_last - v_from,
    first_half_through = case v_half when 1 then v_last else b.first_half_through end,
    second_half_through = case v_half when 2 then v_last else b.second_half_through end,
    posted = b.posted + v_last - v_from - v_counted.unposted,
    replayed = b.replayed + v_counted.replayed,
    state = case
      when b.posted_through + v_last - v_from = b.rows_to_post then 'finished'
      else b.state
    end,
    finished_at = case when b.posted_through + v_last - v_from = b.rows_to_post then now() end
  where b.casino_id = identity._casino() and b.import_batch_id = batch.import_batch_id
  returning b.* into batch;
  return batch;
end
$$;

alter function ops._post_import(identity.actor, uuid, integer) owner to ops_service;
revoke all on function ops._post_import(identity.actor, uuid, integer) from public;

comment on function ops._post_import(identity.actor, uuid, integer) is
  'Posts at most so many rows of a batch and gives its row; finished with the last one. '
  'Error: LYPOL.';
--! EndIncluded ops/_post_import.sql
-- Jobs that recur, and jobs that people can see and retry.
alter table identity.casino
add column visit_idle_limit interval not null default '24 hours',
add column session_retention interval not null default '30 days',
add column job_retention interval not null default '30 days',
add constraint limits_of_recurring_jobs_are_positive check (
  visit_idle_limit > '0' and session_retention > '0' and job_retention > '0'
);
comment on column identity.casino.visit_idle_limit is
  'A visit in which nothing was recorded for this long is closed by ops/close_stale_visits.';
comment on column identity.casino.session_retention is
  'Sessions and tickets are removed by ops/purge when they ended this long ago.';
comment on column identity.casino.job_retention is
  'Jobs that were given up are removed by ops/purge when their last attempt is this long ago.';

create policy delete_own_casino on identity.session for delete to identity_service
using (casino_id = identity._casino());
grant delete on identity.session to identity_service;

alter table floor.rating_slip_event alter column staff_id drop not null;
comment on column floor.rating_slip_event.staff_id is
  'Who told of it; null when nobody did and ops/close_stale_visits ended the slip.';

insert into ops.error_registry (sqlstate, name, message, hint) values
('OPJNF', 'JOB_NOT_FOUND', 'There is no such job.',
  'Look at the list of jobs; one that succeeded is no longer in it.'),
('OPJST', 'JOB_NOT_FAILED', 'The job is %s.',
  'Only a job that failed or was given up can be retried; the queue sees to the others.');

--! Included identity/_purge_sessions.sql
-- Removes sessions and tickets that ended long ago, some at a time: they open nothing any more,
-- and a casino's jobs alone leave two thousand tickets a day. Nothing refers to them; who did what
-- is in the records themselves and in the audit log.

create or replace function identity._purge_sessions(at timestamptz, most integer)
returns integer
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_purged integer;
begin
  delete from identity.session as s
  using (
    select o.session_id
    from identity.session as o
    join identity.casino as c on c.casino_id = o.casino_id
    where o.casino_id = identity._casino()
      and least(o.revoked_at, o.expires_at, o.last_seen_at + o.idle_timeout)
        < at - c.session_retention
    order by o.session_id
    limit most
  ) as ended
  where s.casino_id = identity._casino() and s.session_id = ended.session_id;
  get diagnostics v_purged = row_count;
  return v_purged;
end
$$;

alter function identity._purge_sessions(timestamptz, integer) owner to identity_service;
revoke all on function identity._purge_sessions(timestamptz, integer) from public;
grant execute on function identity._purge_sessions(timestamptz, integer) to ops_service;

comment on function identity._purge_sessions(timestamptz, integer) is
  'Removes up to so many sessions of the running casino that ended longer ago than '
  'casino.session_retention; gives their number.';
--! EndIncluded identity/_purge_sessions.sql
--! Included identity/_visit_idle_limit.sql
-- floor asks how long a visit may lie idle: the house decides that, and floor does not read its
-- row.

create or replace function identity._visit_idle_limit() returns interval
language sql
stable
security definer
set search_path = ''
return (
  select c.visit_idle_limit from identity.casino as c where c.casino_id = identity._casino()
);

alter function identity._visit_idle_limit() owner to identity_service;
revoke all on function identity._visit_idle_limit() from public;
grant execute on function identity._visit_idle_limit() to floor_service;

comment on function identity._visit_idle_limit() is
  'How long nothing may be recorded in a visit of the running casino before it is closed.';
--! EndIncluded identity/_visit_idle_limit.sql
--! Included identity/_job_retention.sql
-- ops asks how long a job that was given up stays to be seen and retried: the house decides that,
-- and ops does not read its row.

create or replace function identity._job_retention() returns interval
language sql
stable
security definer
set search_path = ''
return (
  select c.job_retention from identity.casino as c where c.casino_id = identity._casino()
);

alter function identity._job_retention() owner to identity_service;
revoke all on function identity._job_retention() from public;
grant execute on function identity._job_retention() to ops_service;

comment on function identity._job_retention() is
  'How long jobs of the running casino are kept after they were given up.';
--! EndIncluded identity/_job_retention.sql
--! Included ops/_add_job.sql
-- The queue's tables belong to the worker's login and admit nobody else, so the last step into
-- the queue is taken in its name. Only ops._queue_job may call it. A job takes the place of one
-- with its key that still waits, and of one that was given up, which would stay beside it.

create or replace function ops._add_job(task text, payload jsonb, job_key text) returns void
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_job_id bigint;
begin
  delete from graphile_worker._private_jobs as j
  where j.key = _add_job.job_key and j.locked_at is null and j.attempts >= j.max_attempts;
  v_job_id := (
    graphile_worker.add_job(identifier => task, payload => payload::json, job_key => job_key)
  ).id;
  if v_job_id is null then
    perform ops._refuse('OPJOB', array[task]);
  end if;
end
$$;

alter function ops._add_job(text, jsonb, text) owner to pit_worker;
revoke all on function ops._add_job(text, jsonb, text) from public;
grant execute on function ops._add_job(text, jsonb, text) to ops_service;
grant execute on function ops._refuse(text, text[], jsonb) to pit_worker;

comment on function ops._add_job(text, jsonb, text) is
  'Adds a job to graphile-worker''s queue, in the running transaction. Error: OPJOB.';
--! EndIncluded ops/_add_job.sql
--! Included ops/_has_job.sql
-- Whether the queue still has a job with this key that will run: not when it is gone, nor when it
-- was given up. The queue is the worker login's own, so it is asked in its name.

create or replace function ops._has_job(job_key text) returns boolean
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
  return exists (
    select
    from graphile_worker._private_jobs as j
    where j.key = _has_job.job_key and (j.locked_at is not null or j.attempts < j.max_attempts)
  );
end
$$;

alter function ops._has_job(text) owner to pit_worker;
revoke all on function ops._has_job(text) from public;
grant execute on function ops._has_job(text) to loyalty_service;

comment on function ops._has_job(text) is
  'Whether a job with this key waits or runs.';
--! EndIncluded ops/_has_job.sql
--! Included ops/job.sql
-- A job of the worker's queue as the people of its casino see it: what, when, how often it was
-- tried, and what it failed by. Never its payload, which holds a ticket.

create type ops.job as (
  job_id bigint,
  task text,
  state text,
  attempts integer,
  max_attempts integer,
  queued_at timestamptz,
  run_at timestamptz,
  last_error text,
  correlation_id text
);

alter type ops.job owner to pit_owner;

comment on type ops.job is 'A job that waits, runs, failed or was given up.';
comment on column ops.job.state is
  'waiting; running; failed, to be tried again at run_at; or given_up after its last attempt.';
comment on column ops.job.run_at is
  'When it may run (again); in the past while a worker is awaited.';
comment on column ops.job.last_error is
  'Code of the last failure, never a sentence that could name somebody: an error''s name from '
  'ops.error_registry, another SQLSTATE, or INTERNAL_ERROR.';
comment on column ops.job.correlation_id is 'Id of the request that queued it.';
--! EndIncluded ops/job.sql
--! Included ops/_jobs.sql
-- The jobs of one casino, or one of them, as the tickets in their payloads say whose they are. The
-- queue's tables belong to the worker's login and admit nobody else, so they are read in its name.

create or replace function ops._jobs(casino_id integer, job_id bigint default null)
returns setof ops.job
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
  return query
  select
    j.id,
    t.identifier,
    case
      when j.locked_at is not null then 'running'
      when j.attempts >= j.max_attempts then 'given_up'
      when j.attempts > 0 then 'failed'
      else 'waiting'
    end,
    j.attempts::integer,
    j.max_attempts::integer,
    j.created_at,
    j.run_at,
    coalesce(
      r.name,
      substring(j.last_error from '^[A-Z0-9_]{4,40}$'),
      case when j.last_error is not null then 'INTERNAL_ERROR' end
    ),
    j.payload ->> 'correlation_id'
  from graphile_worker._private_jobs as j
  join graphile_worker._private_tasks as t on t.id = j.task_id
  left join ops.error_registry as r on r.sqlstate = j.last_error
  where split_part(j.payload ->> 'ticket', '.', 1) = _jobs.casino_id::text
    and (_jobs.job_id is null or j.id = _jobs.job_id);
end
$$;

alter function ops._jobs(integer, bigint) owner to pit_worker;
revoke all on function ops._jobs(integer, bigint) from public;
grant execute on function ops._jobs(integer, bigint) to ops_service;

comment on function ops._jobs(integer, bigint) is
  'Jobs of a casino that are in the queue, or the one that is named.';
--! EndIncluded ops/_jobs.sql
--! Included ops/jobs.sql
-- The queue of one's own casino, for whoever looks after it: what needs somebody comes first. The
-- list is short, as what succeeded leaves it.

create or replace function ops.jobs() returns setof ops.job
language plpgsql
stable
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_actor identity.actor := identity._enter('audit:view');
begin
  return query
  select j.*
  from ops._jobs(v_actor.casino_id) as j
  order by array_position('{given_up, failed, running, waiting}', j.state), j.run_at, j.job_id;
end
$$;

alter function ops.jobs() owner to ops_service;
revoke all on function ops.jobs() from public;
grant execute on function ops.jobs() to pit_staff;

comment on function ops.jobs() is
  'Jobs in the queue, given up and failed ones first; what succeeded is gone. Capability '
  'audit:view. Errors: IDUNA, IDFRB.';
--! EndIncluded ops/jobs.sql
--! Included ops/job_retry.sql
-- Who put a failed job back into the queue. The row is the key's memory: the same key again gives
-- the same retry. The queue itself forgets a job that succeeded.

set local role pit_owner;

create table ops.job_retry (
  casino_id integer not null references identity.casino on delete restrict,
  job_retry_id uuid not null default uuidv7(),
  job_id bigint not null,
  task text not null,
  attempts integer not null,
  last_error text,
  idempotency_key text,
  staff_id uuid not null,
  correlation_id text not null,
  created_at timestamptz not null default now(),
  primary key (casino_id, job_retry_id),
  constraint key_is_used_once unique (casino_id, idempotency_key)
);

alter table ops.job_retry enable row level security;
alter table ops.job_retry force row level security;

create policy manage_all on ops.job_retry to pit_owner using (true);
create policy select_own_casino on ops.job_retry for select to pit_staff
using (
  casino_id = (select identity.current_casino_id())
  and (select identity.session_may('audit:view'))
);
create policy serve_own_casino on ops.job_retry for select to ops_service
using (casino_id = identity._casino());
create policy insert_own_casino on ops.job_retry for insert to ops_service
with check (casino_id = identity._casino());

grant select, insert on ops.job_retry to ops_service;
grant select on ops.job_retry to pit_staff;

create trigger job_retry_is_append_only
before update or delete or truncate on ops.job_retry
for each statement execute function ops._append_only('OPIMM');
alter table ops.job_retry enable always trigger job_retry_is_append_only;

reset role;

comment on table ops.job_retry is 'A failed job that somebody put back into the queue.';
comment on column ops.job_retry.attempts is 'How often it had been tried by then.';
comment on column ops.job_retry.last_error is 'Code of its last failure by then.';
--! EndIncluded ops/job_retry.sql
--! Included ops/retried_job.sql
-- What retrying a job gives back. The job itself may be gone by then, when it succeeded at once;
-- the same key gives this again nevertheless.

create type ops.retried_job as (
  job_id bigint,
  task text,
  retried_at timestamptz,
  replayed boolean,
  correlation_id text
);

alter type ops.retried_job owner to pit_owner;

comment on type ops.retried_job is
  'The job that is in the queue again, and whether it is an earlier retry given again.';
comment on column ops.retried_job.correlation_id is
  'Id of the request that retried it; the job itself keeps the id of what queued it.';
--! EndIncluded ops/retried_job.sql
--! Included ops/_restart_job.sql
-- Puts a failed job back to its beginning with a ticket that is valid: the first one may have
-- expired. Whoever comes second finds it waiting.

create or replace function ops._restart_job(job_id bigint, ticket text) returns void
language plpgsql
volatile
security definer
set search_path = ''
as $$
begin
  update graphile_worker._private_jobs as j
  set payload = (j.payload::jsonb || jsonb_build_object('ticket', _restart_job.ticket))::json,
    attempts = 0,
    last_error = null,
    run_at = now(),
    revision = j.revision + 1,
    updated_at = now()
  where j.id = _restart_job.job_id and j.locked_at is null and j.attempts > 0;
  if not found then
    perform ops._refuse('OPJST', array['not failed any more']);
  end if;
end
$$;

alter function ops._restart_job(bigint, text) owner to pit_worker;
revoke all on function ops._restart_job(bigint, text) from public;
grant execute on function ops._restart_job(bigint, text) to ops_service;

comment on function ops._restart_job(bigint, text) is
  'Makes a failed job run at once, as if for the first time, with a new ticket. Error: OPJST.';
--! EndIncluded ops/_restart_job.sql
--! Included ops/retry_job.sql
-- Somebody has seen to what a job failed by and doesn't want to wait, or it was given up. Its
-- effect is the job's own, once, so this takes no right to that effect: import:run, which the
-- administrator has who sees to the machinery, and not those who only read how it goes.

create or replace function ops.retry_job(job_id bigint, idempotency_key text default null)
returns ops.retried_job
language plpgsql
volatile
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_actor identity.actor := identity._enter('import:run');
  v_locked boolean := ops._lock(v_actor.casino_id, 'ops.retry_job');
  v_retry ops.job_retry;
  v_job ops.job;
begin
  if retry_job.idempotency_key is not null then
    perform identity._check_key(retry_job.idempotency_key);
    select r.* into v_retry
    from ops.job_retry as r
    where r.casino_id = v_actor.casino_id and r.idempotency_key = retry_job.idempotency_key;
    if found and v_retry.job_id is distinct from retry_job.job_id then
      perform ops._refuse('LYIDM');
    end if;
    if found then
      return row(
        v_retry.job_id, v_retry.task, v_retry.created_at, true, v_retry.correlation_id
      );
    end if;
  end if;

  select j.* into v_job
  from ops._jobs(v_actor.casino_id, coalesce(retry_job.job_id, 0)) as j;
  if not found then
    perform ops._refuse('OPJNF');
  end if;
  if v_job.state not in ('failed', 'given_up') then
    perform ops._refuse('OPJST', array[v_job.state]);
  end if;
  perform ops._restart_job(v_job.job_id, identity._issue_ticket(v_job.task));
  insert into ops.job_retry (
    casino_id, job_id, task, attempts, last_error, idempotency_key, staff_id, correlation_id
  )
  values (
    v_actor.casino_id, v_job.job_id, v_job.task, v_job.attempts, v_job.last_error,
    retry_job.idempotency_key, v_actor.staff_id, v_actor.correlation_id
  )
  returning * into v_retry;
  perform ops._log(
    v_actor, 'job retried',
    details => jsonb_build_object(
      'job_id', v_job.job_id, 'task', v_job.task, 'state', v_job.state,
      'attempts', v_job.attempts, 'last_error', v_job.last_error,
      'queued_by', v_job.correlation_id
    )
  );
  return row(v_job.job_id, v_job.task, v_retry.created_at, false, v_actor.correlation_id);
end
$$;

alter function ops.retry_job(bigint, text) owner to ops_service;
revoke all on function ops.retry_job(bigint, text) from public;
grant execute on function ops.retry_job(bigint, text) to pit_staff;

comment on function ops.retry_job(bigint, text) is
  'Runs a job that failed or was given up again, at once and with a new ticket. Capability '
  'import:run. Errors: IDUNA, IDFRB, IDKEY, LYIDM, OPJNF, OPJST.';
--! EndIncluded ops/retry_job.sql
--! Included ops/purge_result.sql
-- What one call of the purge removed; its task calls again until there is nothing left.
-- Numbers alone: what was removed opens nothing and says nothing.

create type ops.purge_result as (
  sessions integer,
  jobs integer,
  finished boolean
);

alter type ops.purge_result owner to pit_owner;

comment on type ops.purge_result is
  'Sessions and jobs that were removed, and whether nothing is left to remove.';
--! EndIncluded ops/purge_result.sql
--! Included ops/_purge_jobs.sql
-- Removes a casino's jobs that were given up long ago, and with them those of no casino (the
-- clock's own) and the queues that nothing waits in: graphile-worker keeps them for ever, and
-- looks through them for its next job. The names of tasks stay, as a worker remembers their ids.

create or replace function ops._purge_jobs(casino_id integer, before timestamptz)
returns integer
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_purged integer;
begin
  delete from graphile_worker._private_jobs as j
  where j.attempts >= j.max_attempts
    and j.locked_at is null
    and j.updated_at < _purge_jobs.before
    and coalesce(
      split_part(j.payload ->> 'ticket', '.', 1) = _purge_jobs.casino_id::text, true
    );
  get diagnostics v_purged = row_count;
  delete from graphile_worker._private_job_queues as q
  where q.locked_at is null
    and not exists (
      select from graphile_worker._private_jobs as j where j.job_queue_id = q.id
    );
  return v_purged;
end
$$;

alter function ops._purge_jobs(integer, timestamptz) owner to pit_worker;
revoke all on function ops._purge_jobs(integer, timestamptz) from public;
grant execute on function ops._purge_jobs(integer, timestamptz) to ops_service;

comment on function ops._purge_jobs(integer, timestamptz) is
  'Removes jobs of a casino, and of none, that were given up before a moment; gives their number.';
--! EndIncluded ops/_purge_jobs.sql
--! Included ops/_purge.sql
-- One batch of the purge. It removes what only served to let somebody in or to run something;
-- records (slips, ledger, cash log, audit log, seals) are kept for five years and longer, and no
-- role that runs this may delete a single one of them.

create or replace function ops._purge(
  actor identity.actor,
  at timestamptz,
  batch_size integer default 5000
) returns ops.purge_result
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_result ops.purge_result;
begin
  v_result.sessions := identity._purge_sessions(at, batch_size);
  v_result.jobs := ops._purge_jobs(actor.casino_id, at - identity._job_retention());
  v_result.finished := v_result.sessions < batch_size;
  if v_result.sessions + v_result.jobs > 0 then
    perform ops._log(
      actor, 'purged',
      details => jsonb_build_object('sessions', v_result.sessions, 'jobs', v_result.jobs)
    );
  end if;
  return v_result;
end
$$;

alter function ops._purge(identity.actor, timestamptz, integer) owner to ops_service;
revoke all on function ops._purge(identity.actor, timestamptz, integer) from public;

comment on function ops._purge(identity.actor, timestamptz, integer) is
  'Removes sessions that ended, and jobs that were given up, longer ago than the casino keeps '
  'them.';
--! EndIncluded ops/_purge.sql
--! Included ops/purge_job.sql
-- The job behind the purge. The task calls it until it is finished; killed in between, the next
-- call goes on with what is left.

create or replace function ops.purge_job(ticket text) returns ops.purge_result
language plpgsql
volatile
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_actor identity.actor := identity._enter_job('ops/purge', ticket);
begin
  return ops._purge(v_actor, now());
end
$$;

alter function ops.purge_job(text) owner to ops_service;
revoke all on function ops.purge_job(text) from public;
grant execute on function ops.purge_job(text) to pit_worker;

comment on function ops.purge_job(text) is
  'For the task ops/purge: removes a batch of old sessions and jobs. Error: OPTKT.';
--! EndIncluded ops/purge_job.sql
--! Included loyalty/_queue_recovery.sql
-- Queues the job that retries a slip's award. Its key is the slip's, so a slip has one job however
-- often it is queued.

create or replace function loyalty._queue_recovery(rating_slip_id uuid, correlation_id text)
returns void
language sql
volatile
set search_path = ''
return ops._queue_job(
  'loyalty/recover_accruals',
  jsonb_build_object(
    'rating_slip_id', rating_slip_id,
    'correlation_id', correlation_id
  ),
  loyalty._slip_key(rating_slip_id)
);

alter function loyalty._queue_recovery(uuid, text) owner to loyalty_service;
revoke all on function loyalty._queue_recovery(uuid, text) from public;

comment on function loyalty._queue_recovery(uuid, text) is
  'Queues the task loyalty/recover_accruals for a slip, with the correlation id of its completion. '
  'Error: OPJOB.';
--! EndIncluded loyalty/_queue_recovery.sql
--! Included loyalty/accrue_rating_slip.sql
-- What a closed slip earns, exactly once. floor calls it in the transaction that closes the
-- slip. When the award fails, the slip must not stay open for that: the failure is recorded, a
-- job to recover it is queued in the same transaction, and the outcome is pending. Calling it
-- again retries. Conflicts between transactions, lock timeouts and failing machines are not
-- outcomes: they are raised, and the whole command is repeated.

create or replace function loyalty.accrue_rating_slip(
  actor identity.actor,
  slip floor.slip_telemetry
)
returns loyalty.slip_outcome
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_entry loyalty.loyalty_ledger;
  v_failure loyalty.accrual_failure;
  v_outcome loyalty.slip_outcome;
  v_code text;
  v_message text;
begin
  v_entry := (
    loyalty._claim_key(
      actor,
      loyalty._slip_key(slip.rating_slip_id),
      ops._fingerprint(jsonb_build_array('accrue_rating_slip', slip.rating_slip_id))
    )
  ).ledger_entry;
  if v_entry.entry_no is not null then
    return loyalty._slip_outcome(
      slip, 'replayed', v_entry, (loyalty._slip_points(slip)).theoretical_win, null
    );
  end if;

  select * into v_failure
  from loyalty.accrual_failure as f
  where f.casino_id = slip.casino_id and f.rating_slip_id = slip.rating_slip_id;

  begin
    v_outcome := loyalty._award_slip(
      actor, slip, coalesce(v_failure.correlation_id, actor.correlation_id)
    );
  exception when others then
    get stacked diagnostics v_code = returned_sqlstate, v_message = message_text;
    if left(v_code, 2) in ('40', '53', '55', '57', '58', 'XX') then
      raise;
    end if;
    insert into loyalty.accrual_failure as f (
      casino_id, rating_slip_id, player_id, sqlstate, message, correlation_id
    )
    values (
      slip.casino_id, slip.rating_slip_id, slip.player_id, v_code, v_message,
      actor.correlation_id
    )
    on conflict (casino_id, rating_slip_id) do update
    set sqlstate = excluded.sqlstate, message = excluded.message,
      attempts = f.attempts + 1, last_attempt_at = now();
    if v_failure.rating_slip_id is null then
      perform loyalty._queue_recovery(slip.rating_slip_id, actor.correlation_id);
    end if;
    return loyalty._slip_outcome(
      slip, 'pending', null, null, coalesce(v_failure.correlation_id, actor.correlation_id)
    );
  end;

  if v_failure.rating_slip_id is not null and v_failure.resolved_at is null then
    update loyalty.accrual_failure as f
    set resolved_at = now(), attempts = f.attempts + 1, last_attempt_at = now()
    where f.casino_id = slip.casino_id and f.rating_slip_id = slip.rating_slip_id;
  end if;
  return v_outcome;
end
$$;

alter function loyalty.accrue_rating_slip(identity.actor, floor.slip_telemetry)
owner to loyalty_service;
revoke all on function loyalty.accrue_rating_slip(identity.actor, floor.slip_telemetry)
from public;
grant execute on function loyalty.accrue_rating_slip(identity.actor, floor.slip_telemetry)
to floor_service;

comment on function loyalty.accrue_rating_slip(identity.actor, floor.slip_telemetry) is
  'Posts what a closed slip earned, once, and says awarded, replayed or pending. For floor''s '
  'functions only. Raises errors of classes 40, 53, 55, 57, 58 and XX; every other failure is '
  'pending.';
--! EndIncluded loyalty/accrue_rating_slip.sql
--! Included loyalty/requeue_accruals_job.sql
-- No pending award is forgotten: where the job of a failure was lost, or given up after its last
-- attempt, it is queued again. One that still waits for its next attempt is left to it.

create or replace function loyalty.requeue_accruals_job(ticket text) returns integer
language plpgsql
volatile
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_actor identity.actor := identity._enter_job('loyalty/requeue_accruals', ticket);
  v_failure loyalty.accrual_failure;
  v_queued integer := 0;
begin
  for v_failure in
    select f.*
    from loyalty.accrual_failure as f
    where f.casino_id = v_actor.casino_id
      and f.resolved_at is null
      and not ops._has_job(loyalty._slip_key(f.rating_slip_id))
    order by f.created_at
    limit 500
  loop
    perform loyalty._queue_recovery(v_failure.rating_slip_id, v_failure.correlation_id);
    v_queued := v_queued + 1;
  end loop;
  return v_queued;
end
$$;

alter function loyalty.requeue_accruals_job(text) owner to loyalty_service;
revoke all on function loyalty.requeue_accruals_job(text) from public;
grant execute on function loyalty.requeue_accruals_job(text) to pit_worker;

comment on function loyalty.requeue_accruals_job(text) is
  'For the task loyalty/requeue_accruals: queues recovery again for pending awards that have no '
  'job, up to 500, and gives their number. Errors: OPTKT, OPJOB.';
--! EndIncluded loyalty/requeue_accruals_job.sql
--! Included floor/stale_visit.sql
-- What became of one visit that nobody closed, so that the log can say it: ids, never a name or
-- what was earned.

create type floor.stale_visit as (
  visit_id uuid,
  player_id uuid,
  closed_at timestamptz,
  rating_slip_id uuid,
  outcome text,
  code text
);

alter type floor.stale_visit owner to pit_owner;

comment on type floor.stale_visit is
  'A visit that lay idle for too long: closed, when, with which slip and what that earned (awarded '
  'or pending; null without a slip), or left open with the error''s code.';
--! EndIncluded floor/stale_visit.sql
--! Included floor/_last_recorded.sql
-- When something was last written down in a visit. When it happened is another question: a floor
-- system's feed may tell of last month, and its visits are not idle while it goes on.

create or replace function floor._last_recorded(visit floor.visit) returns timestamptz
language sql
stable
set search_path = ''
return greatest(
  visit.created_at,
  visit.opened_at,
  (
    select max(greatest(e.created_at, e.occurred_at))
    from floor.rating_slip as s
    join floor.rating_slip_event as e
      on e.casino_id = s.casino_id
      and e.rating_slip_id = s.rating_slip_id
      and e.event_no = s.last_event_no
    where s.casino_id = visit.casino_id and s.visit_id = visit.visit_id
  )
);

alter function floor._last_recorded(floor.visit) owner to floor_service;
revoke all on function floor._last_recorded(floor.visit) from public;

comment on function floor._last_recorded(floor.visit) is
  'The latest of what was recorded in a visit, by either clock: when it happened or was written.';
--! EndIncluded floor/_last_recorded.sql
--! Included floor/_close_stale_visit.sql
-- Closes the next visit that nobody closed. It ends with the last thing that somebody saw, its open
-- slip too: what went on afterwards, or didn't, isn't rated. One visit a call and a transaction, so
-- that no two players' rows are held together; one that can't be closed is told of and passed by.

create or replace function floor._close_stale_visit(
  actor identity.actor,
  at timestamptz,
  after uuid default null
) returns floor.stale_visit
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_before timestamptz := at - identity._visit_idle_limit();
  v_visit floor.visit;
  v_slip floor.rating_slip;
  v_completion floor.rating_slip_completion;
  v_stale floor.stale_visit;
begin
  -- Whoever wrote something meanwhile is seen under the locks, and the visit is left alone.
  loop
    select v.* into v_visit
    from floor.visit as v
    where v.casino_id = identity._casino()
      and v.closed_at is null
      and (after is null or v.visit_id > after)
      and floor._last_recorded(v) < v_before
    order by v.visit_id
    limit 1
    for no key update;
    if not found then
      return null;
    end if;
    select s.* into v_slip
    from floor.rating_slip as s
    where s.casino_id = v_visit.casino_id
      and s.visit_id = v_visit.visit_id
      and s.state <> 'closed'
    for no key update;
    exit when floor._last_recorded(v_visit) < v_before;
    after := v_visit.visit_id;
  end loop;

  v_stale.visit_id := v_visit.visit_id;
  v_stale.player_id := v_visit.player_id;
  v_stale.rating_slip_id := v_slip.rating_slip_id;
  v_stale.closed_at := greatest(
    v_visit.opened_at,
    (
      select max(s.last_event_at)
      from floor.rating_slip as s
      where s.casino_id = v_visit.casino_id and s.visit_id = v_visit.visit_id
    )
  );
  -- As the feed's, these times lie in the past by right.
  actor.ingesting := true;
  begin
    if v_slip.rating_slip_id is not null then
      v_completion := floor._complete_rating_slip(
        actor, v_slip.rating_slip_id, v_slip.last_event_at
      );
      v_stale.outcome := v_completion.outcome;
    end if;
    perform floor._close_visit(actor, v_visit.visit_id, v_stale.closed_at);
  exception when others then
    get stacked diagnostics v_stale.code = returned_sqlstate;
    if left(v_stale.code, 2) in ('40', '53', '55', '57', '58', 'XX') then
      raise;
    end if;
    v_stale.closed_at := null;
    v_stale.outcome := null;
  end;
  perform ops._log(
    actor,
    case when v_stale.code is null then 'stale visit closed' else 'stale visit not closed' end,
    v_stale.player_id,
    jsonb_strip_nulls(jsonb_build_object(
      'visit_id', v_stale.visit_id, 'closed_at', v_stale.closed_at,
      'rating_slip_id', v_stale.rating_slip_id, 'outcome', v_stale.outcome, 'code', v_stale.code
    ))
  );
  return v_stale;
end
$$;

alter function floor._close_stale_visit(identity.actor, timestamptz, uuid) owner to floor_service;
revoke all on function floor._close_stale_visit(identity.actor, timestamptz, uuid) from public;

comment on function floor._close_stale_visit(identity.actor, timestamptz, uuid) is
  'Closes the next visit, in the order of their ids, that lay idle for longer than '
  'casino.visit_idle_limit, at its last event; null when there is none.';
--! EndIncluded floor/_close_stale_visit.sql
--! Included floor/close_stale_visits_job.sql
-- The job behind visits that nobody closed. Visits are floor's, so the job is too; its name says
-- ops, for whoever operates the house. The task calls it until it gives nothing more.

create or replace function floor.close_stale_visits_job(ticket text, after uuid default null)
returns floor.stale_visit
language plpgsql
volatile
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_actor identity.actor := identity._enter_job('ops/close_stale_visits', ticket);
begin
  return floor._close_stale_visit(v_actor, now(), close_stale_visits_job.after);
end
$$;

alter function floor.close_stale_visits_job(text, uuid) owner to floor_service;
revoke all on function floor.close_stale_visits_job(text, uuid) from public;
grant execute on function floor.close_stale_visits_job(text, uuid) to pit_worker;

comment on function floor.close_stale_visits_job(text, uuid) is
  'For the task ops/close_stale_visits: closes the next stale visit after the given one; null when '
  'there is none. Error: OPTKT.';
--! EndIncluded floor/close_stale_visits_job.sql
--! Included compliance/ctr_due_notice.sql
-- That a report is nearly due, and that it is overdue, written down once each when it came to be
-- so. No alert: an alert is a suspicion that a reviewer closes with a note, this is a duty that
-- only filing ends, so nobody can put it away. A notice counts while its case is open or ready;
-- how many days are left now is in ctr_case_summary.

set local role pit_owner;

create table compliance.ctr_due_notice (
  casino_id integer not null,
  case_id uuid not null,
  notice text not null,
  due_on date not null,
  days_left integer not null,
  correlation_id text not null,
  created_at timestamptz not null default now(),
  primary key (casino_id, case_id, notice),
  foreign key (casino_id, case_id) references compliance.ctr_case on delete restrict,
  constraint notice_is_near_or_overdue check (
    notice = case when days_left < 0 then 'overdue' else 'near' end
  )
);

create index ctr_due_notice_time on compliance.ctr_due_notice (casino_id, created_at);

alter table compliance.ctr_due_notice enable row level security;
alter table compliance.ctr_due_notice force row level security;

create policy manage_all on compliance.ctr_due_notice to pit_owner using (true);
create policy select_own_casino on compliance.ctr_due_notice for select to pit_staff
using (
  casino_id = (select identity.current_casino_id())
  and (select identity.session_may('mtl:review'))
);
create policy audit_own_casino on compliance.ctr_due_notice for select to pit_auditor
using (casino_id = (select identity.current_casino_id()));
create policy serve_own_casino on compliance.ctr_due_notice for select to compliance_service
using (casino_id = identity._casino());
create policy insert_own_casino on compliance.ctr_due_notice for insert to compliance_service
with check (casino_id = identity._casino());

grant select, insert on compliance.ctr_due_notice to compliance_service;
grant select on compliance.ctr_due_notice to pit_staff, pit_auditor;

create trigger ctr_due_notice_is_append_only
before update or delete or truncate on compliance.ctr_due_notice
for each statement execute function ops._append_only('MTIMM');
alter table compliance.ctr_due_notice
enable always trigger ctr_due_notice_is_append_only;

reset role;

comment on table compliance.ctr_due_notice is
  'When a case was found nearly due (near) or past its last day (overdue), once each.';
comment on column compliance.ctr_due_notice.days_left is
  'Days from then to due_on by the casino''s calendar; negative when it had passed.';
--! EndIncluded compliance/ctr_due_notice.sql
--! Included compliance/_note_due_cases.sql
-- Writes down which cases that still have to be filed have come near their last day, or passed it.
-- A case that was not looked at in between is overdue at once.

create or replace function compliance._note_due_cases(
  actor identity.actor,
  at timestamptz,
  near_days integer default 5
) returns setof compliance.ctr_due_notice
language sql
volatile
set search_path = ''
begin atomic
  insert into compliance.ctr_due_notice (
    casino_id, case_id, notice, due_on, days_left, correlation_id
  )
  select
    k.casino_id, k.case_id, case when k.due_on < d.today then 'overdue' else 'near' end,
    k.due_on, k.due_on - d.today, actor.correlation_id
  from (select (at at time zone actor.timezone)::date as today) as d
  join compliance.ctr_case as k
    on k.casino_id = identity._casino()
    and k.state in ('open', 'ready')
    and k.due_on <= d.today + near_days
  order by k.due_on, k.case_id
  on conflict do nothing
  returning *;
end;

alter function compliance._note_due_cases(identity.actor, timestamptz, integer)
owner to compliance_service;
revoke all on function compliance._note_due_cases(identity.actor, timestamptz, integer)
from public;

comment on function compliance._note_due_cases(identity.actor, timestamptz, integer) is
  'Notes cases that are due within so many days or overdue, once each, and gives what is new.';
--! EndIncluded compliance/_note_due_cases.sql
--! Included compliance/ctr_due_job.sql
-- The job behind due dates. It comes every hour, because a day begins at another hour at each
-- casino; what was noted once is not noted again.

create or replace function compliance.ctr_due_job(ticket text)
returns setof compliance.ctr_due_notice
language plpgsql
volatile
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_actor identity.actor := identity._enter_job('compliance/ctr_due', ticket);
begin
  return query select n.* from compliance._note_due_cases(v_actor, now()) as n;
end
$$;

alter function compliance.ctr_due_job(text) owner to compliance_service;
revoke all on function compliance.ctr_due_job(text) from public;
grant execute on function compliance.ctr_due_job(text) to pit_worker;

comment on function compliance.ctr_due_job(text) is
  'For the task compliance/ctr_due: notes the cases that have come near their last day, or passed '
  'it, and gives the new notices. Error: OPTKT.';
--! EndIncluded compliance/ctr_due_job.sql

drop function ops._seal_ledger(identity.actor, date);
--! Included ops/_seal_ledger.sql
-- Seals a gaming day that is over: notes the newest entry of everybody who has new ones, and
-- writes the line that commits to all of them. A day is sealed once; days are sealed in order;
-- whatever was written until the moment of sealing is covered, so a day nobody sealed is covered
-- by the next.

create or replace function ops._seal_ledger(
  actor identity.actor,
  gaming_day date,
  at timestamptz default clock_timestamp()
) returns ops.seal_result
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_locked boolean := ops._lock(actor.casino_id, 'seal the ledger');
  v_today date := identity._gaming_day(actor.timezone, actor.gaming_day_start, at);
  v_day date := coalesce(_seal_ledger.gaming_day, v_today - 1);
  v_seal ops.ledger_seal;
  v_last ops.ledger_seal;
  v_leaves bytea[];
  v_player_ids uuid[];
  v_entry_nos bigint[];
  v_entry_hashes bytea[];
  v_unfit uuid;
begin
  select s.* into v_seal
  from ops.ledger_seal as s
  where s.casino_id = identity._casino() and s.gaming_day = v_day;
  if found then
    return row(v_seal, true);
  end if;
  select s.* into v_last
  from ops.ledger_seal as s
  where s.casino_id = identity._casino()
  order by s.gaming_day desc
  limit 1;
  if v_day >= v_today then
    perform ops._refuse('OPSEA', array[v_day::text, 'it is not over']);
  end if;
  if v_day < v_last.gaming_day then
    perform ops._refuse('OPSEA', array[v_day::text, format('%s is sealed', v_last.gaming_day)]);
  end if;

  with head as materialized (
    select h.* from loyalty._chain_heads() as h
  ),
  sealed as (
    select l.player_id, l.entry_no, l.entry_hash from ops._sealed_leaves(v_day) as l
  ),
  leaf as (
    select
      coalesce(h.player_id, s.player_id) as player_id,
      h.entry_no > coalesce(s.entry_no, 0) as is_new,
      case when h.entry_no > coalesce(s.entry_no, 0) then h.entry_no else s.entry_no end
        as entry_no,
      case when h.entry_no > coalesce(s.entry_no, 0) then h.entry_hash else s.entry_hash end
        as entry_hash
    from head as h
    full join sealed as s on s.player_id = h.player_id
  )
  select
    count(*), coalesce(sum(l.entry_no), 0),
    array_agg(ops._merkle_leaf(l.player_id, l.entry_no, l.entry_hash) order by l.player_id),
    array_agg(l.player_id order by l.player_id) filter (where l.is_new),
    array_agg(l.entry_no order by l.player_id) filter (where l.is_new),
    array_agg(l.entry_hash order by l.player_id) filter (where l.is_new),
    (array_agg(l.player_id) filter (where l.entry_hash is null))[1]
  into
    v_seal.players, v_seal.entries, v_leaves, v_player_ids, v_entry_nos, v_entry_hashes, v_unfit
  from leaf as l;
  if v_unfit is not null then
    perform ops._refuse('OPSEA', array[
      v_day::text, format('the newest entry of player %s doesn''t fit its standing', v_unfit)
    ]);
  end if;

  v_seal.casino_id := actor.casino_id;
  v_seal.gaming_day := v_day;
  v_seal.sealed_at := clock_timestamp();
  v_seal.merkle_root := ops._merkle_root(v_leaves);
  v_seal.previous_seal := coalesce(v_last.seal, sha256(''));
  v_seal.seal := ops._seal_hash(v_seal);
  v_seal.sealed_by := actor.staff_id;
  v_seal.correlation_id := actor.correlation_id;
  insert into ops.ledger_seal select v_seal.*;
  insert into ops.ledger_seal_leaf
  select actor.casino_id, v_day, n.*
  from unnest(v_player_ids, v_entry_nos, v_entry_hashes) as n;
  return row(v_seal, false);
end
$$;

alter function ops._seal_ledger(identity.actor, date, timestamptz) owner to ops_service;
revoke all on function ops._seal_ledger(identity.actor, date, timestamptz) from public;

comment on function ops._seal_ledger(identity.actor, date, timestamptz) is
  'Seals a gaming day, the last one that is over when none is named; gives the seal again when '
  'there is one. Error: OPSEA.';
--! EndIncluded ops/_seal_ledger.sql
--! Included ops/seal_ledger_job.sql
-- The nightly seal: asked every hour, it seals the last gaming day that is over, once. It fails,
-- and is retried, while a standing doesn't fit the ledger.

create or replace function ops.seal_ledger_job(ticket text) returns ops.seal_result
language plpgsql
volatile
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_actor identity.actor := identity._enter_job('ops/seal_gaming_day', ticket);
begin
  return ops._seal_ledger(v_actor, null);
end
$$;

alter function ops.seal_ledger_job(text) owner to ops_service;
revoke all on function ops.seal_ledger_job(text) from public;
grant execute on function ops.seal_ledger_job(text) to pit_worker;

comment on function ops.seal_ledger_job(text) is
  'For the task ops/seal_gaming_day: seals the last gaming day that is over. Errors: OPTKT, OPSEA.';
--! EndIncluded ops/seal_ledger_job.sql
-- Rebuilding standings and cash totals from their entries.
insert into ops.error_registry (sqlstate, name, message, hint) values
('LYBRK', 'LEDGER_BROKEN', 'The ledger of player %s is broken, first at entry %s.',
  'Restore what is missing from a backup; a rebuild would make the loss permanent.'),
('MTBRK', 'CASH_LOG_BROKEN', 'The cash log of patron %s is broken, first at entry %s.',
  'Restore what is missing from a backup; a rebuild would make the loss permanent.');
--! Included loyalty/loyalty_rebuild.sql
-- What rebuilding standings gives back: what differed, with what the ledger says as expected, and
-- the standings as they are now.

create type loyalty.loyalty_rebuild as (
  dry_run boolean,
  players integer,
  differences loyalty.drift[],
  standings loyalty.player_loyalty[]
);

alter type loyalty.loyalty_rebuild owner to pit_owner;

comment on type loyalty.loyalty_rebuild is
  'Whether it was only a look, how many players differ, every difference, and the rebuilt '
  'standings, none after a look.';
--! EndIncluded loyalty/loyalty_rebuild.sql
--! Included loyalty/_broken_ledgers.sql
-- Whose ledger can't be what a standing is rebuilt from: an entry doesn't follow, doesn't add up or
-- doesn't fit its hash, or the standing ends with an entry that the ledger hasn't got. A standing
-- that has fallen behind, or of which only the number or only the hash is wrong, is no such case.

create or replace function loyalty._broken_ledgers(player_ids uuid[])
returns table (player_id uuid, entry_no bigint)
language sql
stable
set search_path = ''
begin atomic
  select b.player_id, min(b.entry_no)
  from (
    select d.player_id, d.entry_no
    from loyalty._entry_drift(player_ids) as d
    union all
    select p.player_id, coalesce(l.entry_no, 0) + 1
    from loyalty.player_loyalty as p
    left join loyalty._ledger_standings(player_ids) as l on l.player_id = p.player_id
    where p.casino_id = identity._casino()
      and p.player_id = any (player_ids)
      and p.last_entry_hash <> coalesce(l.entry_hash, sha256(''))
      and (p.last_entry_no, p.current_balance)
        <> (coalesce(l.entry_no, 0), coalesce(l.balance, 0))
      and (p.last_entry_no, p.last_entry_hash) <> (0, sha256(''))
      and not exists (
        select
        from loyalty.loyalty_ledger as e
        where e.casino_id = identity._casino()
          and e.player_id = p.player_id
          and e.entry_no = p.last_entry_no
          and e.entry_hash = p.last_entry_hash
      )
  ) as b
  group by b.player_id
  order by b.player_id;
end;

alter function loyalty._broken_ledgers(uuid[]) owner to loyalty_service;
revoke all on function loyalty._broken_ledgers(uuid[]) from public;

comment on function loyalty._broken_ledgers(uuid[]) is
  'Those of these players whose ledger itself is broken, with the first entry where it shows.';
--! EndIncluded loyalty/_broken_ledgers.sql
--! Included loyalty/_rebuild_loyalty.sql
-- Makes standings what the ledger says, of those that differ and nobody else, with before and after
-- of each in the audit log. Players are locked in the order of their ids, and looked at again under
-- the locks; the feed, which locks several in an order of its own, waits. A broken ledger is no
-- source: then nothing is rebuilt at all, because what was lost would be gone from the books, too.

create or replace function loyalty._rebuild_loyalty(actor identity.actor, dry_run boolean)
returns loyalty.loyalty_rebuild
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_locked boolean := _rebuild_loyalty.dry_run
    or ops._lock(identity._casino(), 'ops.ingest_events');
  v_players uuid[] := (loyalty._reconcile(0)).suspects;
  v_broken record;
  v_result loyalty.loyalty_rebuild;
begin
  v_result.dry_run := _rebuild_loyalty.dry_run;
  if not v_result.dry_run then
    perform
    from loyalty.player_loyalty as p
    where p.casino_id = identity._casino() and p.player_id = any (v_players)
    order by p.player_id
    for no key update;
  end if;

  v_result.differences := array(
    select d
    from loyalty._ledger_drift(v_players) as d
    where v_players is not null
    order by d.player_id, d.entry_no, d.what
  );
  v_players := array(
    select distinct d.player_id from unnest(v_result.differences) as d order by d.player_id
  );
  v_result.players := cardinality(v_players);
  v_result.standings := '{}';
  if v_result.dry_run or v_result.players = 0 then
    return v_result;
  end if;

  select count(*) as players, (array_agg(b.player_id))[1] as player_id,
    (array_agg(b.entry_no))[1] as entry_no
  into v_broken
  from loyalty._broken_ledgers(v_players) as b;
  if v_broken.players > 0 then
    perform ops._refuse(
      'LYBRK', array[v_broken.player_id::text, v_broken.entry_no::text],
      jsonb_build_object('players', v_broken.players)
    );
  end if;

  with rebuilt as (
    insert into loyalty.player_loyalty as p (
      casino_id, player_id, current_balance, lifetime_points, tier, tier_progress,
      last_entry_no, last_entry_hash
    )
    select
      actor.casino_id, w.player_id, coalesce(l.balance, 0), coalesce(l.lifetime, 0), t.tier,
      t.tier_progress, coalesce(l.entry_no, 0), coalesce(l.entry_hash, sha256(''))
    from unnest(v_players) as w (player_id)
    left join loyalty._ledger_standings(v_players) as l on l.player_id = w.player_id
    cross join lateral loyalty._tier_standing(
      actor.casino_id, coalesce(l.lifetime, 0), now()
    ) as t
    on conflict (casino_id, player_id) do update
    set current_balance = excluded.current_balance,
      lifetime_points = excluded.lifetime_points,
      tier = excluded.tier,
      tier_progress = excluded.tier_progress,
      last_entry_no = excluded.last_entry_no,
      last_entry_hash = excluded.last_entry_hash,
      updated_at = now()
    returning
      p.player_id, to_jsonb(old) as before, to_jsonb(new) as after, new as standing
  )
  select array_agg(r.standing order by r.player_id)
  into v_result.standings
  from rebuilt as r
  cross join lateral ops._log(
    actor, 'standing rebuilt', r.player_id,
    jsonb_build_object(
      'before', r.before - '{casino_id, player_id}'::text[],
      'after', r.after - '{casino_id, player_id}'::text[]
    )
  );
  return v_result;
end
$$;

alter function loyalty._rebuild_loyalty(identity.actor, boolean) owner to loyalty_service;
revoke all on function loyalty._rebuild_loyalty(identity.actor, boolean) from public;

comment on function loyalty._rebuild_loyalty(identity.actor, boolean) is
  'What loyalty.rebuild_loyalty gives, for the running call''s casino. Error: LYBRK.';
--! EndIncluded loyalty/_rebuild_loyalty.sql
--! Included loyalty/rebuild_loyalty.sql
-- Rebuilds balances, tiers and chain heads from the ledger where they differ; a look, unless it is
-- told otherwise. For who operates the system, not for who gives points: docs/decisions/0017.

create or replace function loyalty.rebuild_loyalty(dry_run boolean default true)
returns loyalty.loyalty_rebuild
language plpgsql
volatile
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_actor identity.actor := identity._enter('import:run');
begin
  return loyalty._rebuild_loyalty(v_actor, coalesce(rebuild_loyalty.dry_run, true));
end
$$;

alter function loyalty.rebuild_loyalty(boolean) owner to loyalty_service;
revoke all on function loyalty.rebuild_loyalty(boolean) from public;
grant execute on function loyalty.rebuild_loyalty(boolean) to pit_staff;

comment on function loyalty.rebuild_loyalty(boolean) is
  'Every difference between standings and ledger, and with dry_run => false the standings as the '
  'ledger says, before and after in the audit log. Capability import:run. Errors: IDUNA, IDFRB, '
  'LYBRK when a ledger itself is broken.';
--! EndIncluded loyalty/rebuild_loyalty.sql
--! Included compliance/totals_rebuild.sql
-- What rebuilding the totals of the cash log gives back: what differed, with what the entries say
-- as expected, and the totals as they are now.

create type compliance.totals_rebuild as (
  dry_run boolean,
  days integer,
  differences compliance.totals_drift[],
  totals compliance.patron_gaming_day[]
);

alter type compliance.totals_rebuild owner to pit_owner;

comment on type compliance.totals_rebuild is
  'Whether it was only a look, how many patrons'' gaming days differ, every difference, and the '
  'rebuilt totals, none after a look.';
--! EndIncluded compliance/totals_rebuild.sql
--! Included compliance/_case_state.sql
-- What became of a person's case of a gaming day, in a word, for the record of a rebuild, which
-- says how it was before and how it is afterwards.

create or replace function compliance._case_state(root uuid, gaming_day date) returns text
language sql
stable
return coalesce(
  (
    select c.state || case when c.amendment_due then ', amendment due' else '' end
    from compliance.ctr_case as c
    where c.casino_id = identity._casino()
      and c.patron_id = root
      and c.gaming_day = _case_state.gaming_day
      and c.state <> 'merged'
  ),
  'none'
);

alter function compliance._case_state(uuid, date) owner to compliance_service;
revoke all on function compliance._case_state(uuid, date) from public;

comment on function compliance._case_state(uuid, date) is
  'State of a person''s case of a gaming day, with whether an amendment is due; none without one.';
--! EndIncluded compliance/_case_state.sql
--! Included compliance/_rebuild_totals.sql
-- Makes the totals of the cash log what its entries say, where they differ, and settles those days,
-- which opens a case that is missing and closes one that nobody needs; before and after of each in
-- the audit log. People are locked as identifying locks them, unknown persons first, and looked at
-- again under the locks. A log that lost or gained an entry is no source: nothing is rebuilt then.

create or replace function compliance._rebuild_totals(actor identity.actor, dry_run boolean)
returns compliance.totals_rebuild
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_locked boolean := _rebuild_totals.dry_run
    or ops._lock(identity._casino(), 'ops.ingest_events');
  v_result compliance.totals_rebuild;
  v_patrons uuid[];
  v_broken record;
  v_day record;
  v_before text;
  v_after text;
begin
  v_result.dry_run := _rebuild_totals.dry_run;
  v_result.differences := (compliance._reconcile(actor)).drift;
  if not v_result.dry_run and cardinality(v_result.differences) > 0 then
    v_patrons := array(select distinct d.patron_id from unnest(v_result.differences) as d);
    perform compliance._lock_person(actor, p.root)
    from (
      select distinct q.player_id is not null as is_player, q.patron_id as root
      from unnest(v_patrons) as u (patron_id)
      cross join lateral compliance._root(u.patron_id) as r (root)
      join compliance.patron as q
        on q.casino_id = identity._casino() and q.patron_id = r.root
      order by 1, 2
    ) as p;
    v_result.differences := array(
      select d
      from unnest((compliance._reconcile(actor)).drift) as d
      where d.patron_id = any (v_patrons)
    );
  end if;
  v_result.days := (
    select count(distinct (d.patron_id, d.gaming_day)) from unnest(v_result.differences) as d
  );
  v_result.totals := '{}';
  if v_result.dry_run or v_result.days = 0 then
    return v_result;
  end if;

  select count(distinct d.patron_id) as patrons, (array_agg(d.patron_id))[1] as patron_id,
    (array_agg(d.entry_id))[1] as entry_id
  into v_broken
  from unnest(v_result.differences) as d
  where d.entry_id is not null;
  if v_broken.patrons > 0 then
    perform ops._refuse(
      'MTBRK', array[v_broken.patron_id::text, v_broken.entry_id::text],
      jsonb_build_object('patrons', v_broken.patrons)
    );
  end if;

  with differing as (
    select distinct d.patron_id, d.player_id, d.gaming_day
    from unnest(v_result.differences) as d
    where d.what in ('day', 'cash_in', 'cash_out', 'entries_in', 'entries_out')
  ),
  rebuilt as (
    insert into compliance.patron_gaming_day as p (
      casino_id, patron_id, gaming_day, cash_in, cash_out, entries_in, entries_out
    )
    select
      actor.casino_id, d.patron_id, d.gaming_day, coalesce(t.cash_in, 0),
      coalesce(t.cash_out, 0), coalesce(t.entries_in, 0), coalesce(t.entries_out, 0)
    from differing as d
    left join compliance._day_totals() as t
      on t.patron_id = d.patron_id and t.gaming_day = d.gaming_day
    on conflict (casino_id, patron_id, gaming_day) do update
    set cash_in = excluded.cash_in,
      cash_out = excluded.cash_out,
      entries_in = excluded.entries_in,
      entries_out = excluded.entries_out,
      updated_at = now()
    returning p.patron_id, p.gaming_day, to_jsonb(old) as before, to_jsonb(new) as after,
      new as total
  )
  select array_agg(r.total order by r.patron_id, r.gaming_day)
  into v_result.totals
  from rebuilt as r
  join differing as d on d.patron_id = r.patron_id and d.gaming_day = r.gaming_day
  cross join lateral ops._log(
    actor, 'cash total rebuilt', d.player_id,
    jsonb_build_object(
      'patron_id', r.patron_id, 'gaming_day', r.gaming_day,
      'before', r.before - '{casino_id, patron_id, gaming_day}'::text[],
      'after', r.after - '{casino_id, patron_id, gaming_day}'::text[]
    )
  );
  v_result.totals := coalesce(v_result.totals, '{}');

  for v_day in
    select distinct r.root, d.gaming_day, p.player_id
    from unnest(v_result.differences) as d
    cross join lateral compliance._root(d.patron_id) as r (root)
    join compliance.patron as p on p.casino_id = identity._casino() and p.patron_id = r.root
    order by r.root, d.gaming_day
  loop
    v_before := compliance._case_state(v_day.root, v_day.gaming_day);
    perform compliance._settle_day(actor, v_day.root, v_day.gaming_day);
    v_after := compliance._case_state(v_day.root, v_day.gaming_day);
    if v_before <> v_after then
      perform ops._log(
        actor, 'case rebuilt', v_day.player_id,
        jsonb_build_object(
          'patron_id', v_day.root, 'gaming_day', v_day.gaming_day,
          'before', v_before, 'after', v_after
        )
      );
    end if;
  end loop;
  return v_result;
end
$$;

alter function compliance._rebuild_totals(identity.actor, boolean) owner to compliance_service;
revoke all on function compliance._rebuild_totals(identity.actor, boolean) from public;

comment on function compliance._rebuild_totals(identity.actor, boolean) is
  'What compliance.rebuild_totals gives, for the running call''s casino. Error: MTBRK.';
--! EndIncluded compliance/_rebuild_totals.sql
--! Included compliance/rebuild_totals.sql
-- Rebuilds the cash totals of gaming days from the log where they differ, and the cases that follow
-- from them; a look, unless it is told otherwise. For who operates the system: docs/decisions/0017.

create or replace function compliance.rebuild_totals(dry_run boolean default true)
returns compliance.totals_rebuild
language plpgsql
volatile
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_actor identity.actor := identity._enter('import:run');
begin
  return compliance._rebuild_totals(v_actor, coalesce(rebuild_totals.dry_run, true));
end
$$;

alter function compliance.rebuild_totals(boolean) owner to compliance_service;
revoke all on function compliance.rebuild_totals(boolean) from public;
grant execute on function compliance.rebuild_totals(boolean) to pit_staff;

comment on function compliance.rebuild_totals(boolean) is
  'Every difference between cash totals and the log, and with dry_run => false the totals as the '
  'log says, before and after in the audit log. Capability import:run. Errors: IDUNA, IDFRB, '
  'MTBRK when the log itself is broken.';
--! EndIncluded compliance/rebuild_totals.sql
--! Included ops/_advance_import.sql
-- One step of whatever a batch is at: the next rows to post, or the next players to take back. The
-- same for the command line and for the worker, which post side by side and otherwise take turns.

create or replace function ops._advance_import(
  actor identity.actor,
  import_batch_id uuid,
  most_rows integer default 20000
) returns ops.import_batch
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_batch ops.import_batch;
begin
  if exists (
    select
    from ops.import_batch as b
    where b.casino_id = identity._casino()
      and b.import_batch_id = _advance_import.import_batch_id
      and b.state = 'posting'
  ) then
    return ops._post_import(actor, import_batch_id, most_rows);
  end if;
  v_batch := ops._lock_import(import_batch_id);
  return case v_batch.state
    when 'undoing' then ops._undo_import(actor, v_batch, most_rows)
    else v_batch
  end;
end
$$;

alter function ops._advance_import(identity.actor, uuid, integer) owner to ops_service;
revoke all on function ops._advance_import(identity.actor, uuid, integer) from public;

comment on function ops._advance_import(identity.actor, uuid, integer) is
  'Takes a batch a step further and gives its row; when there is nothing to do, just that. '
  'Errors: OPIMP, LYPOL.';
--! EndIncluded ops/_advance_import.sql
--! Included ops/_halfway.sql
-- Where the second half of a batch begins: after the last row of the player in the middle, so that
-- both halves can be posted side by side. What is one chunk anyway has one half.

create or replace function ops._halfway(
  import_batch_id uuid,
  rows_to_post bigint,
  chunk_rows integer default 20000
) returns bigint
language plpgsql
stable
set search_path = ''
as $$
#variable_conflict use_column
begin
  return coalesce(
    (
      select p.position - 1
      from ops.import_posting as p
      where p.casino_id = identity._casino()
        and p.import_batch_id = _halfway.import_batch_id
        and p.position > _halfway.rows_to_post / 2
        and _halfway.rows_to_post > chunk_rows
        and p.player_id <> (
          select m.player_id
          from ops.import_posting as m
          where m.casino_id = identity._casino()
            and m.import_batch_id = _halfway.import_batch_id
            and m.position = _halfway.rows_to_post / 2
        )
      order by p.position
      limit 1
    ),
    rows_to_post
  );
end
$$;

alter function ops._halfway(uuid, bigint, integer) owner to ops_service;
revoke all on function ops._halfway(uuid, bigint, integer) from public;

comment on function ops._halfway(uuid, bigint, integer) is
  'Position of the last row of the first half; the last of all when there is only one.';
--! EndIncluded ops/_halfway.sql
--! Included ops/start_import.sql
-- Closes the staging: enrols the players, judges every row and queues the job that posts what can
-- be posted. In one transaction, so that a crash leaves the staged rows and nothing half judged.

create or replace function ops.start_import(casino_code text, import_batch_id uuid)
returns ops.import_batch
language plpgsql
volatile
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_actor identity.actor := identity._enter_owner(casino_code);
  v_batch ops.import_batch := ops._lock_import(import_batch_id);
  v_enrolled integer;
  v_judged record;
  v_halfway bigint;
begin
  if v_batch.state <> 'staging' then
    return v_batch;
  end if;
  v_actor.correlation_id := v_batch.correlation_id;
  v_enrolled := ops._enroll_import(v_actor, import_batch_id);
  v_judged := ops._judge_import(import_batch_id);
  v_halfway := ops._halfway(import_batch_id, v_judged.to_post);

  update ops.import_batch as b
  set state = case when v_judged.to_post = 0 then 'finished' else 'posting' end,
    players_enrolled = v_enrolled,
    rows_to_post = v_judged.to_post,
    halfway = v_halfway,
    second_half_through = v_halfway,
    replayed = v_judged.replayed,
    skipped = v_judged.skipped,
    staged_at = now(),
    finished_at = case when v_judged.to_post = 0 then now() end
  where b.casino_id = v_actor.casino_id
    and b.import_batch_id = start_import.import_batch_id
  returning b.* into v_batch;
  if v_batch.state = 'posting' then
    perform ops._queue_import(v_batch);
  end if;
  return v_batch;
end
$$;

alter function ops.start_import(text, uuid) owner to ops_service;
revoke all on function ops.start_import(text, uuid) from public;
grant execute on function ops.start_import(text, uuid) to pit_owner;

comment on function ops.start_import(text, uuid) is
  'For the command line: ends the staging of a batch and gives its row, with the number of rows to '
  'post. Errors: IDCAS, OPIMP, LYPOL.';
--! EndIncluded ops/start_import.sql
--! Included compliance/ctr_batch.sql
-- The reports that are to be filed for a period: of its ready cases, and of filed ones that need
-- an amendment. All or nothing: while a case of the period is open or a person isn't identified,
-- the batch is refused with the list of what is missing, case by case. The cases stay locked
-- until the transaction ends, so that their cash is the same when the file is put on record.

create or replace function compliance.ctr_batch(first_day date, last_day date) returns jsonb
language plpgsql
volatile
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_actor identity.actor := identity._enter('ctr:file');
  v_reports jsonb;
  v_incomplete jsonb;
begin
  perform
  from compliance.ctr_case as k
  where k.casino_id = v_actor.casino_id
    and k.gaming_day between first_day and last_day
    and (k.state in ('open', 'ready') or k.amendment_due)
  order by k.gaming_day, k.case_id
  for no key update;

  select
    coalesce(jsonb_agg(c.report), '[]'),
    jsonb_agg(
      jsonb_build_object(
        'caseId', c.case_id, 'gamingDay', c.gaming_day, 'patron', c.patron_id,
        'missing', case when c.state = 'open' and c.report -> 'missing' = '[]'
          then '["preparation"]' else c.report -> 'missing'
        end
      )
      order by c.gaming_day, c.case_id
    ) filter (where c.state = 'open' or c.report -> 'missing' <> '[]')
  into v_reports, v_incomplete
  from (
    select
      k.case_id, k.gaming_day, k.patron_id, k.state,
      compliance._ctr_report(v_actor, k.case_id) as report
    from compliance.ctr_case as k
    where k.casino_id = v_actor.casino_id
      and k.gaming_day between first_day and last_day
      and (
        k.state in ('open', 'ready')
        or k.amendment_due and k.state in ('filed', 'acknowledged')
      )
  ) as c;

  if v_incomplete is not null then
    perform ops._refuse(
      'MTIDN',
      array[
        format(
          '%s of %s case%s', jsonb_array_length(v_incomplete), jsonb_array_length(v_reports),
          case when jsonb_array_length(v_reports) <> 1 then 's' end
        )
      ],
      jsonb_build_object('cases', v_incomplete)
    );
  end if;
  return compliance._ctr_batch(v_actor, first_day, last_day, v_reports);
end
$$;

alter function compliance.ctr_batch(date, date) owner to compliance_service;
revoke all on function compliance.ctr_batch(date, date) from public;
grant execute on function compliance.ctr_batch(date, date) to pit_staff;

comment on function compliance.ctr_batch(date, date) is
  'The reports to be filed for the gaming days from first_day to last_day, in a fixed order, with '
  'the filing date. Capability ctr:file. Errors: IDUNA, IDFRB, MTIDN with details {cases: '
  '[{caseId, gamingDay, patron, missing}]}, MTBAT nothing to file, MTFIL no filing data.';
--! EndIncluded compliance/ctr_batch.sql

-- What is asked two days after a launch, and the feed's sessions ended by the owner.
--! Included ops/review_line.sql
-- An answer of the review after a launch: a figure, what it is a figure of, and whether somebody
-- should look into it.

create type ops.review_line as (
  question text,
  label text,
  figure bigint,
  is_off boolean
);

alter type ops.review_line owner to pit_owner;

comment on type ops.review_line is
  'What was asked, of what (a day, a code), the figure, and whether it isn''t as it should be.';
--! EndIncluded ops/review_line.sql
--! Included ops/_review.sql
-- What somebody who looks after a launch asks two days later, beside reconciling and verifying:
-- what is pending, given up, unsealed or overdue, and what people were refused. It decides itself
-- what is not as it should be, so that every way to ask has one answer.

create or replace function ops._review(casino identity.casino, since timestamptz)
returns setof ops.review_line
language sql
stable
set search_path = ''
begin atomic
  select 'pending awards', null::text, m.value::bigint, m.value > 0
  from loyalty._metrics() as m
  where m.name = 'pending_accruals'
  union all
  select 'jobs given up', j.task, count(*), true
  from ops._jobs((casino).casino_id) as j
  where j.state = 'given_up'
  group by j.task
  union all
  select 'jobs that failed and will be tried again', j.task, count(*), false
  from ops._jobs((casino).casino_id) as j
  where j.state = 'failed'
  group by j.task
  union all
  -- The worker seals once an hour, so a day counts two hours after its end.
  select 'gaming days without a seal', d.gaming_day::date::text, 1, true
  from
    generate_series(
      identity._gaming_day(
        (casino).timezone, (casino).gaming_day_start, greatest(since, (casino).created_at)
      )::timestamp,
      identity._gaming_day(
        (casino).timezone, (casino).gaming_day_start, now() - interval '2 hours'
      )::timestamp - interval '1 day',
      interval '1 day'
    ) as d (gaming_day)
  where not exists (
    select
    from ops.ledger_seal as s
    where s.casino_id = (casino).casino_id and s.gaming_day = d.gaming_day::date
  )
  union all
  select 'CTR cases overdue', null, m.value::bigint, m.value > 0
  from compliance._metrics((casino).timezone) as m
  where m.name = 'ctr_cases_due' and m.labels ->> 'due' = 'overdue'
  union all
  select 'rows in quarantine', null, m.value::bigint, false
  from ops._metrics((casino).created_at) as m
  where m.name = 'import_rows_quarantined'
  union all
  select 'reconciliations', null, count(*), count(*) = 0
  from ops.reconciliation_run as r
  where r.casino_id = (casino).casino_id and r.created_at >= since
  union all
  select 'reconciliations that found something', null, count(*), false
  from ops.reconciliation_run as r
  where r.casino_id = (casino).casino_id and r.created_at >= since and r.drift_found > 0
  union all
  select
    'refused', a.details ->> 'code', sum(coalesce((a.details ->> 'times')::bigint, 1))::bigint,
    coalesce(a.details ->> 'code' = 'INTERNAL_ERROR', false)
  from ops.audit_log as a
  where a.casino_id = (casino).casino_id and a.action = 'refused' and a.created_at >= since
  group by a.details ->> 'code';
end;

alter function ops._review(identity.casino, timestamptz) owner to ops_service;
revoke all on function ops._review(identity.casino, timestamptz) from public;

comment on function ops._review(identity.casino, timestamptz) is
  'For the owner''s connection: how the running call''s casino has fared since then.';
--! EndIncluded ops/_review.sql
--! Included identity/revoke_sender_sessions.sql
-- Shuts out whoever sends a casino's feed with a token that may have leaked; for the owner's
-- connection alone. A sender that may go on is given a new session.

create or replace function identity.revoke_sender_sessions(casino_code text) returns integer
language plpgsql
volatile
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_casino_id integer;
  v_feed_id uuid;
  v_actor identity.actor;
  v_revoked integer;
begin
  select c.casino_id into v_casino_id
  from identity.casino as c
  where c.code = revoke_sender_sessions.casino_code;
  perform set_config('pit.casino', coalesce(v_casino_id::text, ''), true);
  select s.staff_id into v_feed_id
  from identity.staff as s
  where s.casino_id = v_casino_id and s.username = 'feed' and s.role = 'sender';
  if not found then
    perform ops._refuse('IDSTF', array['feed']);
  end if;

  v_revoked := identity._revoke_sessions(v_feed_id);
  v_actor.casino_id := v_casino_id;
  v_actor.correlation_id := identity._correlation_id();
  if v_revoked > 0 then
    perform ops._log(
      v_actor, 'sessions revoked',
      details => jsonb_build_object('sessions', v_revoked), subject_staff_id => v_feed_id
    );
  end if;
  return v_revoked;
end
$$;

alter function identity.revoke_sender_sessions(text) owner to identity_service;
revoke all on function identity.revoke_sender_sessions(text) from public;
grant execute on function identity.revoke_sender_sessions(text) to pit_owner;

comment on function identity.revoke_sender_sessions(text) is
  'For the owner''s connection: ends all sessions of the feed''s account and counts them. '
  'Error: IDSTF.';
--! EndIncluded identity/revoke_sender_sessions.sql
