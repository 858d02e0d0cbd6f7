-- A single capability added to, or withdrawn from, one person, whatever their role brings: for the
-- exceptions that every house has, without inventing roles for them.

set local role pit_owner;

create table identity.staff_permission (
  casino_id integer not null,
  staff_id uuid not null,
  capability identity.capability not null,
  granted boolean not null,
  created_at timestamptz not null default now(),
  reason text,
  given_by uuid,
  since timestamptz not null default now(),
  primary key (casino_id, staff_id, capability),
  foreign key (casino_id, staff_id) references identity.staff on delete restrict
);

alter table identity.staff_permission enable row level security;
alter table identity.staff_permission force row level security;

create policy manage_all on identity.staff_permission to pit_owner using (true);
create policy select_own_casino on identity.staff_permission for select to pit_staff
using (casino_id = (select identity.current_casino_id()));
create policy serve_own_casino on identity.staff_permission for select to identity_service
using (casino_id = identity._casino());
create policy insert_own_casino on identity.staff_permission for insert to identity_service
with check (casino_id = identity._casino());
create policy update_own_casino on identity.staff_permission for update to identity_service
using (casino_id = identity._casino()) with check (casino_id = identity._casino());

grant select, insert on identity.staff_permission to identity_service;
grant update (granted, reason, given_by, since) on identity.staff_permission to identity_service;
grant select on identity.staff_permission to pit_staff;

reset role;

comment on table identity.staff_permission is
  'Exceptions to what a role brings: a capability added (granted) or withdrawn for one person.';
comment on column identity.staff_permission.granted is 'True adds, false withdraws.';
comment on column identity.staff_permission.reason is 'Why, as who did it said.';
comment on column identity.staff_permission.given_by is
  'Who added or withdrew it; null where it came over the owner''s connection.';
comment on column identity.staff_permission.since is
  'Since when it is so; what was before is in the audit log.';
