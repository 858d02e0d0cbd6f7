-- Who is signed in. The cookie holds a random secret, this table its SHA-256, so a copy of the
-- table opens no session. Ends by revocation, by idling and at an absolute time; each of them
-- takes effect with the next call. A job's ticket is a session of kind 'job': it opens one task
-- for the worker and nothing for a person.

set local role pit_owner;

create table identity.session (
  casino_id integer not null references identity.casino on delete restrict,
  session_id uuid not null default uuidv7(),
  kind text not null default 'staff',
  staff_id uuid,
  task text,
  token_hash bytea not null,
  created_at timestamptz not null default now(),
  last_seen_at timestamptz not null default now(),
  idle_timeout interval not null,
  expires_at timestamptz not null,
  revoked_at timestamptz,
  capabilities text[] not null default '{}',
  timezone text,
  gaming_day_start interval,
  token_claim text not null generated always as (encode(token_hash, 'hex')) stored,
  primary key (casino_id, session_id),
  foreign key (casino_id, staff_id) references identity.staff on delete restrict,
  constraint token_is_unique unique (casino_id, token_claim),
  constraint token_is_a_sha256 check (octet_length(token_hash) = 32),
  constraint staff_session_has_a_person_and_a_ticket_has_a_task check (
    (kind = 'staff' and staff_id is not null and task is null)
    or (kind = 'job' and staff_id is null and task is not null)
  )
);

create index session_staff on identity.session (casino_id, staff_id);

alter table identity.session enable row level security;
alter table identity.session force row level security;

create policy manage_all on identity.session to pit_owner using (true);
create policy serve_own_casino on identity.session for select to identity_service
using (casino_id = identity._casino());
create policy insert_own_casino on identity.session for insert to identity_service
with check (casino_id = identity._casino());
create policy update_own_casino on identity.session for update to identity_service
using (casino_id = identity._casino()) with check (casino_id = identity._casino());
create policy delete_own_casino on identity.session for delete to identity_service
using (casino_id = identity._casino());

-- The one table of which rows are removed: an old session opens nothing and proves nothing.
grant select, insert, delete on identity.session to identity_service;
grant update (last_seen_at, revoked_at, capabilities, timezone, gaming_day_start)
on identity.session to identity_service;

reset role;

comment on table identity.session is 'A signed-in person, or the ticket of one queued job.';
comment on column identity.session.token_hash is 'SHA-256 of the secret in the cookie or ticket.';
comment on column identity.session.task is 'The only task that a ticket opens.';
comment on column identity.session.token_claim is
  'token_hash in hex, as a request claims it: so that it is looked up without being decoded.';
comment on column identity.session.capabilities is
  'Copy of staff.capabilities, so that a call asks one row; kept by identity._keep_sessions.';
comment on column identity.session.timezone is 'Copy of casino.timezone, kept likewise.';
comment on column identity.session.gaming_day_start is
  'Copy of casino.gaming_day_start, kept likewise.';
comment on column identity.session.last_seen_at is
  'Last use, written at most every 15 seconds; the session ends idle_timeout later.';
