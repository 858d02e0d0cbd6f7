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
