-- An enrolled player, known by the card. Never deleted: slips and ledger refer to the player and
-- are kept for years.

set local role pit_owner;

create table floor.player (
  casino_id integer not null references identity.casino on delete restrict,
  player_id uuid not null default uuidv7(),
  card_no text not null,
  first_name text not null,
  last_name text not null,
  birth_date date,
  enrolled_at timestamptz not null,
  correlation_id text not null,
  created_at timestamptz not null default now(),
  primary key (casino_id, player_id),
  constraint card_is_unique_in_its_casino unique (casino_id, card_no),
  constraint card_no_is_not_blank check (card_no ~ '^\S.{0,62}\S$|^\S$'),
  constraint names_are_not_blank check (btrim(first_name) <> '' and btrim(last_name) <> '')
);

create index player_names on floor.player (casino_id, lower(last_name), lower(first_name));

alter table floor.player enable row level security;
alter table floor.player force row level security;

create policy manage_all on floor.player to pit_owner using (true);
create policy select_own_casino on floor.player for select to pit_staff
using (casino_id = (select identity.current_casino_id()));
create policy serve_own_casino on floor.player for select to floor_service
using (casino_id = identity._casino());
create policy insert_own_casino on floor.player for insert to floor_service
with check (casino_id = identity._casino());

grant select, insert on floor.player to floor_service;
grant select on floor.player to pit_staff;

reset role;

comment on table floor.player is 'An enrolled player.';
comment on column floor.player.card_no is 'Number of the player''s card, unique in the casino.';
comment on column floor.player.enrolled_at is 'When the player enrolled.';
