-- That an unknown person is a certain player. Identifying moves and deletes nothing: entries and
-- daily sums stay with the unknown person's row, and the player's sums are taken over all rows
-- that are linked. A link found wrong is undone with a note and stays on record.

set local role pit_owner;

create table compliance.patron_link (
  casino_id integer not null,
  link_id uuid not null default uuidv7(),
  unknown_patron_id uuid not null,
  player_patron_id uuid not null,
  note text,
  linked_by uuid not null,
  linked_at timestamptz not null default now(),
  correlation_id text not null,
  undone_at timestamptz,
  undone_by uuid,
  undo_note text,
  primary key (casino_id, link_id),
  foreign key (casino_id, unknown_patron_id) references compliance.patron on delete restrict,
  foreign key (casino_id, player_patron_id) references compliance.patron on delete restrict,
  constraint nobody_is_linked_to_themselves check (unknown_patron_id <> player_patron_id),
  constraint it_is_undone_by_somebody_with_a_note check (
    num_nonnulls(undone_at, undone_by, undo_note) in (0, 3)
    and coalesce(btrim(undo_note) <> '', true)
  )
);

create unique index one_live_link_per_unknown_patron
on compliance.patron_link (casino_id, unknown_patron_id)
where undone_at is null;
create index patron_link_unknown on compliance.patron_link (casino_id, unknown_patron_id);
create index patron_link_player on compliance.patron_link (casino_id, player_patron_id);

alter table compliance.patron_link enable row level security;
alter table compliance.patron_link force row level security;

create policy manage_all on compliance.patron_link to pit_owner using (true);
create policy select_own_casino on compliance.patron_link for select to pit_staff
using (
  casino_id = (select identity.current_casino_id())
  and (select identity.session_may('mtl:view'))
);
create policy audit_own_casino on compliance.patron_link for select to pit_auditor
using (casino_id = (select identity.current_casino_id()));
create policy serve_own_casino on compliance.patron_link for select to compliance_service
using (casino_id = identity._casino());
create policy insert_own_casino on compliance.patron_link for insert to compliance_service
with check (casino_id = identity._casino());
create policy update_own_casino on compliance.patron_link for update to compliance_service
using (casino_id = identity._casino()) with check (casino_id = identity._casino());

grant select, insert on compliance.patron_link to compliance_service;
grant update (undone_at, undone_by, undo_note) on compliance.patron_link to compliance_service;
grant select on compliance.patron_link to pit_staff, pit_auditor;

reset role;

comment on table compliance.patron_link is
  'An unknown person identified as a player, and perhaps found not to be them after all.';
comment on column compliance.patron_link.undone_at is
  'When the link was undone; null while it holds.';
