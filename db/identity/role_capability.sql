-- What each role brings, per casino, so that a house can decide otherwise. Seeded from the table
-- of domain.md section 7 when a casino is set up.

set local role pit_owner;

create table identity.role_capability (
  casino_id integer not null references identity.casino on delete restrict,
  role identity.staff_role not null,
  capability identity.capability not null,
  primary key (casino_id, role, capability)
);

alter table identity.role_capability enable row level security;
alter table identity.role_capability force row level security;

create policy manage_all on identity.role_capability to pit_owner using (true);
create policy select_own_casino on identity.role_capability for select to pit_staff
using (casino_id = (select identity.current_casino_id()));
create policy serve_own_casino on identity.role_capability for select to identity_service
using (casino_id = identity._casino());
create policy insert_own_casino on identity.role_capability for insert to identity_service
with check (casino_id = identity._casino());

grant select, insert on identity.role_capability to identity_service;
grant select on identity.role_capability to pit_staff;

reset role;

comment on table identity.role_capability is 'Capabilities that a role brings at a casino.';
