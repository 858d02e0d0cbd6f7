-- What a player did at one seat: the head of the slip. The events are the record; the columns
-- here are its running summary, so that the pit board reads one row per slip, and after closing
-- the telemetry that the events amount to. Kept at least five years, never deleted, no cascade.

set local role pit_owner;

create table floor.rating_slip (
  casino_id integer not null,
  rating_slip_id uuid not null default uuidv7(),
  visit_id uuid not null,
  player_id uuid not null,
  table_id uuid not null,
  seat_no integer not null,
  game_settings_id uuid not null,
  loyalty_policy_id uuid,
  previous_slip_id uuid,
  state text not null default 'open',
  current_bet numeric(14, 2) not null,
  played_seconds numeric not null default 0,
  last_event_no integer not null default 0,
  last_event_at timestamptz not null,
  opened_at timestamptz not null,
  closed_at timestamptz,
  accumulated_seconds integer,
  average_bet numeric(14, 2),
  gaming_day date not null,
  correlation_id text not null,
  created_at timestamptz not null default now(),
  primary key (casino_id, rating_slip_id),
  foreign key (casino_id, visit_id) references floor.visit on delete restrict,
  foreign key (casino_id, player_id) references floor.player on delete restrict,
  foreign key (casino_id, table_id) references floor.gaming_table on delete restrict,
  foreign key (casino_id, game_settings_id) references floor.game_settings on delete restrict,
  foreign key (casino_id, loyalty_policy_id) references loyalty.loyalty_policy on delete restrict,
  foreign key (casino_id, previous_slip_id) references floor.rating_slip on delete restrict,
  constraint state_is_open_paused_or_closed check (state in ('open', 'paused', 'closed')),
  constraint seat_no_is_positive check (seat_no > 0),
  constraint bet_is_not_negative check (current_bet >= 0),
  constraint closed_slip_has_its_telemetry check (
    (state = 'closed')
    = (closed_at is not null and accumulated_seconds is not null and average_bet is not null)
  ),
  constraint slip_closes_after_it_opens check (closed_at >= opened_at),
  constraint seconds_are_not_negative check (accumulated_seconds >= 0 and played_seconds >= 0)
);

create unique index one_open_slip_per_player on floor.rating_slip (casino_id, player_id)
where state <> 'closed';
create unique index one_open_slip_per_seat on floor.rating_slip (casino_id, table_id, seat_no)
where state <> 'closed';
create index rating_slip_visit on floor.rating_slip (casino_id, visit_id);
create index rating_slip_player on floor.rating_slip (casino_id, player_id, opened_at);
create index rating_slip_table on floor.rating_slip (casino_id, table_id, opened_at);
create index rating_slip_game_settings on floor.rating_slip (casino_id, game_settings_id);
create index rating_slip_loyalty_policy on floor.rating_slip (casino_id, loyalty_policy_id);
create index rating_slip_previous_slip on floor.rating_slip (casino_id, previous_slip_id);

alter table floor.rating_slip enable row level security;
alter table floor.rating_slip force row level security;

create policy manage_all on floor.rating_slip to pit_owner using (true);
create policy select_own_casino on floor.rating_slip for select to pit_staff
using (casino_id = (select identity.current_casino_id()));
create policy serve_own_casino on floor.rating_slip for select to floor_service
using (casino_id = identity._casino());
create policy insert_own_casino on floor.rating_slip for insert to floor_service
with check (casino_id = identity._casino());
create policy update_own_casino on floor.rating_slip for update to floor_service
using (casino_id = identity._casino()) with check (casino_id = identity._casino());

grant select, insert on floor.rating_slip to floor_service;
grant update (
  state, current_bet, played_seconds, last_event_no, last_event_at,
  closed_at, accumulated_seconds, average_bet
) on floor.rating_slip to floor_service;
grant select on floor.rating_slip to pit_staff;

reset role;

comment on table floor.rating_slip is
  'A player''s play at one seat. Its events are the record, these columns their summary.';
comment on column floor.rating_slip.game_settings_id is
  'The version of the game''s settings in force when the slip opened: its snapshot.';
comment on column floor.rating_slip.loyalty_policy_id is
  'The policy version in force when the slip opened; null when there was none.';
comment on column floor.rating_slip.previous_slip_id is 'The slip that a move closed.';
comment on column floor.rating_slip.current_bet is 'The bet observed last, in dollars.';
comment on column floor.rating_slip.played_seconds is
  'Unpaused seconds up to last_event_at, exact; an open slip adds the time since then.';
comment on column floor.rating_slip.accumulated_seconds is
  'Whole seconds open and not paused, rounded down once; known when the slip is closed.';
comment on column floor.rating_slip.average_bet is
  'Time-weighted average bet over the unpaused seconds, in dollars, half-up to cents.';
comment on column floor.rating_slip.gaming_day is 'Gaming day of the opening, stamped once.';
