-- One night's expiry: how far it has come and what it took. Runs are made of batches, each its own
-- transaction, so that players aren't locked for the whole of it; a run that was interrupted goes
-- on where it was.

set local role pit_owner;

create table loyalty.expiry_run (
  casino_id integer not null,
  gaming_day date not null,
  cut_off date not null,
  loyalty_policy_id uuid not null,
  points_valid_days integer not null,
  last_player_id uuid,
  players integer not null default 0,
  points bigint not null default 0,
  started_at timestamptz not null default now(),
  finished_at timestamptz,
  correlation_id text not null,
  primary key (casino_id, gaming_day),
  foreign key (casino_id, loyalty_policy_id) references loyalty.loyalty_policy on delete restrict,
  constraint cut_off_follows_from_the_policy check (cut_off = gaming_day - points_valid_days),
  constraint sums_are_not_negative check (players >= 0 and points >= players)
);

create index expiry_run_policy on loyalty.expiry_run (casino_id, loyalty_policy_id);

alter table loyalty.expiry_run enable row level security;
alter table loyalty.expiry_run force row level security;

create policy manage_all on loyalty.expiry_run to pit_owner using (true);
create policy select_own_casino on loyalty.expiry_run for select to pit_staff
using (
  casino_id = (select identity.current_casino_id())
  and (select identity.session_may('loyalty:view_all'))
);
create policy serve_own_casino on loyalty.expiry_run for select to loyalty_service
using (casino_id = identity._casino());
create policy insert_own_casino on loyalty.expiry_run for insert to loyalty_service
with check (casino_id = identity._casino());
create policy update_own_casino on loyalty.expiry_run for update to loyalty_service
using (casino_id = identity._casino()) with check (casino_id = identity._casino());

grant select, insert on loyalty.expiry_run to loyalty_service;
grant update (last_player_id, players, points, finished_at)
on loyalty.expiry_run to loyalty_service;
grant select on loyalty.expiry_run to pit_staff;

reset role;

comment on table loyalty.expiry_run is
  'A gaming day''s expiry of points: cut-off, progress and what it took.';
comment on column loyalty.expiry_run.cut_off is
  'Points that were earned on gaming days before this one expire, as far as they are left.';
comment on column loyalty.expiry_run.points_valid_days is
  'Days that points stay good, by the policy in force when the gaming day began.';
comment on column loyalty.expiry_run.last_player_id is
  'The run has dealt with the players up to this one.';
comment on column loyalty.expiry_run.players is 'Players who lost points in it.';
comment on column loyalty.expiry_run.points is 'Points that expired in it.';
