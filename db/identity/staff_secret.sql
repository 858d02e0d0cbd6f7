-- Password hashes and the count of failed sign-ins. Readable by identity's functions alone; the
-- hash leaves the database only for the gateway, which verifies it (argon2id is slow on purpose
-- and must not occupy the database).

set local role pit_owner;

create table identity.staff_secret (
  casino_id integer not null,
  staff_id uuid not null,
  phc text not null,
  failed_attempts integer not null default 0,
  locked_until timestamptz,
  changed_at timestamptz not null default now(),
  must_change boolean not null default false,
  signed_in_at timestamptz,
  primary key (casino_id, staff_id),
  foreign key (casino_id, staff_id) references identity.staff on delete restrict,
  constraint phc_is_an_argon2id_hash check (phc ~ '^\$argon2id\$v=19\$'),
  constraint failed_attempts_never_go_below_zero check (failed_attempts >= 0)
);

alter table identity.staff_secret enable row level security;
alter table identity.staff_secret force row level security;

create policy manage_all on identity.staff_secret to pit_owner using (true);
create policy serve_own_casino on identity.staff_secret for select to identity_service
using (casino_id = identity._casino());
create policy insert_own_casino on identity.staff_secret for insert to identity_service
with check (casino_id = identity._casino());
create policy update_own_casino on identity.staff_secret for update to identity_service
using (casino_id = identity._casino()) with check (casino_id = identity._casino());

grant select, insert on identity.staff_secret to identity_service;
grant update (phc, failed_attempts, locked_until, changed_at, must_change, signed_in_at)
on identity.staff_secret to identity_service;

reset role;

comment on table identity.staff_secret is 'Password hash and sign-in failures of one person.';
comment on column identity.staff_secret.phc is 'argon2id hash as a PHC string.';
comment on column identity.staff_secret.failed_attempts is 'Failures since the last success.';
comment on column identity.staff_secret.locked_until is 'No sign-in before this time.';
comment on column identity.staff_secret.must_change is
  'The password was given by somebody else: it opens no session, but serves to choose another.';
comment on column identity.staff_secret.signed_in_at is 'The last time that a session was opened.';
