-- Which idempotency key added which person, so that adding somebody twice by mistake, or again
-- after a lost answer, adds one.

set local role pit_owner;

create table identity.staff_command (
  casino_id integer not null references identity.casino on delete restrict,
  idempotency_key text not null,
  request_fingerprint bytea not null,
  staff_id uuid not null,
  correlation_id text not null,
  created_at timestamptz not null default now(),
  primary key (casino_id, idempotency_key),
  foreign key (casino_id, staff_id) references identity.staff on delete restrict
);

create index staff_command_staff on identity.staff_command (casino_id, staff_id);

alter table identity.staff_command enable row level security;
alter table identity.staff_command force row level security;

create policy manage_all on identity.staff_command to pit_owner using (true);
create policy serve_own_casino on identity.staff_command for select to identity_service
using (casino_id = identity._casino());
create policy insert_own_casino on identity.staff_command for insert to identity_service
with check (casino_id = identity._casino());

grant select, insert on identity.staff_command to identity_service;

create trigger staff_command_is_append_only
before update or delete or truncate on identity.staff_command
for each statement execute function ops._append_only('OPIMM');
alter table identity.staff_command enable always trigger staff_command_is_append_only;

reset role;

comment on table identity.staff_command is 'Which idempotency key added which member of staff.';
comment on column identity.staff_command.request_fingerprint is
  'SHA-256 of the request: tells a repetition from another request with the same key.';
