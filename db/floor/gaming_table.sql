-- A table on the floor: where it stands, what is dealt there and how many seats it has, as of now.
-- History doesn't hang on it: each slip keeps the game settings it opened with.

set local role pit_owner;

create table floor.gaming_table (
  casino_id integer not null references identity.casino on delete restrict,
  table_id uuid not null default uuidv7(),
  label text not null,
  pit text not null,
  game_code text not null,
  seats integer not null,
  active boolean not null default true,
  created_at timestamptz not null default now(),
  primary key (casino_id, table_id),
  constraint label_is_unique_in_its_casino unique (casino_id, label),
  constraint label_is_not_blank check (btrim(label) <> ''),
  constraint pit_is_not_blank check (btrim(pit) <> ''),
  constraint seats_are_between_1_and_20 check (seats between 1 and 20)
);

alter table floor.gaming_table enable row level security;
alter table floor.gaming_table force row level security;

create policy manage_all on floor.gaming_table to pit_owner using (true);
create policy select_own_casino on floor.gaming_table for select to pit_staff
using (casino_id = (select identity.current_casino_id()));
create policy serve_own_casino on floor.gaming_table for select to floor_service
using (casino_id = identity._casino());
create policy insert_own_casino on floor.gaming_table for insert to floor_service
with check (casino_id = identity._casino());
create policy update_own_casino on floor.gaming_table for update to floor_service
using (casino_id = identity._casino()) with check (casino_id = identity._casino());

grant select, insert on floor.gaming_table to floor_service;
grant update (pit, game_code, seats, active) on floor.gaming_table to floor_service;
grant select on floor.gaming_table to pit_staff;

reset role;

comment on table floor.gaming_table is 'A gaming table with its pit, game and seats.';
comment on column floor.gaming_table.label is 'Name on the floor (BJ6-01), unique in the casino.';
comment on column floor.gaming_table.game_code is 'Code of the game dealt, see game_settings.';
comment on column floor.gaming_table.active is 'False: out of service, no slip can open there.';
