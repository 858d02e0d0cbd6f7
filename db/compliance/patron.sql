-- Whoever hands cash over or is given some: an enrolled player, or an unknown person by their
-- description. A player's row is made when it is first needed. The row of a player, or of an
-- unknown person nobody has identified, is also the lock under which that person's day is summed.

set local role pit_owner;

create table compliance.patron (
  casino_id integer not null references identity.casino on delete restrict,
  patron_id uuid not null default uuidv7(),
  player_id uuid,
  description text,
  known_name text,
  sex text,
  apparent_age text,
  height text,
  build text,
  hair text,
  clothing text,
  seat text,
  created_by uuid not null,
  correlation_id text not null,
  created_at timestamptz not null default now(),
  primary key (casino_id, patron_id),
  foreign key (casino_id, player_id) references floor.player on delete restrict,
  constraint one_patron_per_player unique (casino_id, player_id),
  constraint a_patron_is_a_player_or_described check (
    (player_id is not null) = (
      num_nonnulls(
        description, known_name, sex, apparent_age, height, build, hair, clothing, seat
      ) = 0
    )
  )
);

-- The search for an unknown person, latest first.
create index unknown_patron on compliance.patron (casino_id, created_at)
where player_id is null;

alter table compliance.patron enable row level security;
alter table compliance.patron force row level security;

create policy manage_all on compliance.patron to pit_owner using (true);
create policy select_own_casino on compliance.patron for select to pit_staff
using (
  casino_id = (select identity.current_casino_id())
  and (select identity.session_may('mtl:view'))
);
create policy audit_own_casino on compliance.patron for select to pit_auditor
using (casino_id = (select identity.current_casino_id()));
create policy serve_own_casino on compliance.patron for select to compliance_service
using (casino_id = identity._casino());
create policy insert_own_casino on compliance.patron for insert to compliance_service
with check (casino_id = identity._casino());
create policy lock_own_casino on compliance.patron for update to compliance_service
using (casino_id = identity._casino()) with check (casino_id = identity._casino());

grant select, insert on compliance.patron to compliance_service;
-- Locking a row needs the privilege to update one column; nothing ever does.
grant update (created_at) on compliance.patron to compliance_service;
grant select on compliance.patron to pit_staff;
-- Auditors' logins read descriptions through compliance.read_patron, which logs it.
grant select (casino_id, patron_id, player_id, created_by, correlation_id, created_at)
on compliance.patron to pit_auditor;

reset role;

comment on table compliance.patron is
  'A person of the cash log: an enrolled player, or an unknown person with a description.';
comment on column compliance.patron.player_id is 'The enrolled player; null for an unknown person.';
comment on column compliance.patron.known_name is 'Name of an unknown person, where one was heard.';
comment on column compliance.patron.apparent_age is 'How old the person looks.';
comment on column compliance.patron.seat is 'Where the person was sitting.';
