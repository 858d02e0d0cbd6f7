-- One player's stay on the floor; rating slips belong to a visit. At most one is open per player,
-- by a unique index and not by a check that two people could pass at once.

set local role pit_owner;

create table floor.visit (
  casino_id integer not null,
  visit_id uuid not null default uuidv7(),
  player_id uuid not null,
  opened_at timestamptz not null,
  closed_at timestamptz,
  gaming_day date not null,
  opened_by uuid not null,
  closed_by uuid,
  correlation_id text not null,
  created_at timestamptz not null default now(),
  primary key (casino_id, visit_id),
  foreign key (casino_id, player_id) references floor.player on delete restrict,
  constraint visit_closes_after_it_opens check (closed_at >= opened_at)
);

create unique index one_open_visit_per_player on floor.visit (casino_id, player_id)
where closed_at is null;
create index visit_player on floor.visit (casino_id, player_id, opened_at);

alter table floor.visit enable row level security;
alter table floor.visit force row level security;

create policy manage_all on floor.visit to pit_owner using (true);
create policy select_own_casino on floor.visit for select to pit_staff
using (casino_id = (select identity.current_casino_id()));
create policy serve_own_casino on floor.visit for select to floor_service
using (casino_id = identity._casino());
create policy insert_own_casino on floor.visit for insert to floor_service
with check (casino_id = identity._casino());
create policy update_own_casino on floor.visit for update to floor_service
using (casino_id = identity._casino()) with check (casino_id = identity._casino());

grant select, insert on floor.visit to floor_service;
grant update (closed_at, closed_by) on floor.visit to floor_service;
grant select on floor.visit to pit_staff;

reset role;

comment on table floor.visit is 'A player''s stay, from opening to closing.';
comment on column floor.visit.gaming_day is 'Gaming day of the opening, stamped once.';
