-- Who did or read what, where the row itself doesn't say: an auditor's look at a person's data, a
-- change of somebody's permissions or of the rules; and what was refused. Written in the
-- transaction of what it records (a refusal after it, as that one is rolled back), never changed.
-- The session is no foreign key: sessions are purged, what was done in them stays.

set local role pit_owner;

create table ops.audit_log (
  casino_id integer not null references identity.casino on delete restrict,
  audit_log_id uuid not null default uuidv7(),
  action text not null,
  staff_id uuid,
  login_name name,
  player_id uuid,
  details jsonb,
  correlation_id text not null,
  created_at timestamptz not null default now(),
  session_id uuid,
  subject_staff_id uuid,
  primary key (casino_id, audit_log_id),
  constraint action_is_not_blank check (btrim(action) <> ''),
  constraint somebody_did_it check (staff_id is null or login_name is null)
);

create index audit_log_time on ops.audit_log (casino_id, created_at);
create index audit_log_player on ops.audit_log (casino_id, player_id)
where player_id is not null;
create index audit_log_request on ops.audit_log (casino_id, correlation_id);
create index audit_log_action on ops.audit_log (casino_id, action, created_at);
create index audit_log_staff on ops.audit_log (casino_id, staff_id, created_at)
where staff_id is not null;
create index audit_log_subject on ops.audit_log (casino_id, subject_staff_id, created_at)
where subject_staff_id is not null;

alter table ops.audit_log enable row level security;
alter table ops.audit_log force row level security;

create policy manage_all on ops.audit_log to pit_owner using (true);
create policy select_own_casino on ops.audit_log for select to pit_staff
using (
  casino_id = (select identity.current_casino_id())
  and (select identity.session_may('audit:view'))
);
create policy audit_own_casino on ops.audit_log for select to pit_auditor
using (casino_id = (select identity.current_casino_id()));
create policy serve_own_casino on ops.audit_log for select to ops_service
using (casino_id = identity._casino());
create policy insert_own_casino on ops.audit_log for insert to ops_service
with check (casino_id = identity._casino());

grant select, insert on ops.audit_log to ops_service;
grant select on ops.audit_log to pit_staff, pit_auditor;

create trigger audit_log_is_append_only
before update or delete or truncate on ops.audit_log
for each statement execute function ops._append_only('OPIMM');
alter table ops.audit_log enable always trigger audit_log_is_append_only;

reset role;

comment on table ops.audit_log is
  'What somebody did or read that no other row records, and what was refused. Append-only.';
comment on column ops.audit_log.action is
  'What it was: player read, patron read, refused, signed in, role changed, rules published, …';
comment on column ops.audit_log.staff_id is 'Who, when it came with a session.';
comment on column ops.audit_log.login_name is 'Who, when it came with a database login.';
comment on column ops.audit_log.player_id is 'Whom it concerned, when it was an enrolled player.';
comment on column ops.audit_log.details is 'Particulars: the stated purpose, keys; no names.';
comment on column ops.audit_log.session_id is
  'The session it was done in, a person''s or a job''s; null for the command line and for logins.';
comment on column ops.audit_log.subject_staff_id is
  'The member of staff whom it was done to: whose permissions changed, whose sign-in was refused.';
