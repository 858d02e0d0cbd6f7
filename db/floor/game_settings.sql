-- The mathematics of a game at a casino: what a bet is worth to the house and how fast it is
-- made. Versions are effective-dated and never changed; a slip keeps the version that was in
-- force when it opened, which is its snapshot.

set local role pit_owner;

create table floor.game_settings (
  casino_id integer not null references identity.casino on delete restrict,
  game_settings_id uuid not null default uuidv7(),
  code text not null,
  name text not null,
  house_edge numeric(7, 4) not null,
  decisions_per_hour integer not null,
  seats integer not null,
  conversion_rate numeric(10, 4) not null default 10,
  point_multiplier numeric(10, 4) not null default 1,
  effective_from timestamptz not null,
  created_at timestamptz not null default now(),
  primary key (casino_id, game_settings_id),
  constraint one_version_of_a_game_at_a_time unique (casino_id, code, effective_from),
  constraint code_is_not_blank check (btrim(code) <> ''),
  constraint name_is_not_blank check (btrim(name) <> ''),
  constraint house_edge_is_a_percentage_above_zero check (house_edge > 0 and house_edge <= 100),
  constraint decisions_per_hour_are_above_zero check (decisions_per_hour > 0),
  constraint seats_are_between_1_and_20 check (seats between 1 and 20),
  constraint rates_are_not_negative check (conversion_rate >= 0 and point_multiplier >= 0)
);

alter table floor.game_settings enable row level security;
alter table floor.game_settings force row level security;

create policy manage_all on floor.game_settings to pit_owner using (true);
create policy select_own_casino on floor.game_settings for select to pit_staff
using (casino_id = (select identity.current_casino_id()));
create policy serve_own_casino on floor.game_settings for select to floor_service
using (casino_id = identity._casino());
create policy insert_own_casino on floor.game_settings for insert to floor_service
with check (casino_id = identity._casino());

grant select, insert on floor.game_settings to floor_service;
grant select on floor.game_settings to pit_staff;

create trigger game_settings_is_append_only
before update or delete or truncate on floor.game_settings
for each statement execute function ops._append_only('OPIMM');
alter table floor.game_settings enable always trigger game_settings_is_append_only;

reset role;

comment on table floor.game_settings is
  'A version of a game''s settings. Never changed: a change is a new version with a later date.';
comment on column floor.game_settings.house_edge is 'Percent of each bet that the house keeps.';
comment on column floor.game_settings.decisions_per_hour is 'Rounds an hour with a full table.';
comment on column floor.game_settings.seats is 'Seats of this game, for the seat bonus.';
comment on column floor.game_settings.conversion_rate is 'Points for a dollar of theoretical win.';
comment on column floor.game_settings.point_multiplier is 'Factor on the base points.';
comment on column floor.game_settings.effective_from is
  'In force from then on, until the next version; the first version from -infinity.';
