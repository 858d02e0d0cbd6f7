-- What somebody had to say about an entry, a person or a case, once written never changed. A note
-- on a case is for those who may see cases; the others are read with the log.

set local role pit_owner;

create table compliance.mtl_audit_note (
  casino_id integer not null references identity.casino on delete restrict,
  note_id uuid not null default uuidv7(),
  entry_id uuid,
  patron_id uuid,
  case_id uuid,
  note text not null,
  staff_id uuid not null,
  correlation_id text not null,
  idempotency_key text not null,
  created_at timestamptz not null default now(),
  primary key (casino_id, note_id),
  foreign key (casino_id, entry_id) references compliance.mtl_entry on delete restrict,
  foreign key (casino_id, patron_id) references compliance.patron on delete restrict,
  foreign key (casino_id, case_id) references compliance.ctr_case on delete restrict,
  constraint note_key_is_used_once unique (casino_id, idempotency_key),
  constraint it_is_about_one_thing check (num_nonnulls(entry_id, patron_id, case_id) = 1),
  constraint note_is_not_blank check (btrim(note) <> '')
);

create index mtl_audit_note_entry on compliance.mtl_audit_note (casino_id, entry_id);
create index mtl_audit_note_patron on compliance.mtl_audit_note (casino_id, patron_id);
create index mtl_audit_note_case on compliance.mtl_audit_note (casino_id, case_id);

alter table compliance.mtl_audit_note enable row level security;
alter table compliance.mtl_audit_note force row level security;

create policy manage_all on compliance.mtl_audit_note to pit_owner using (true);
create policy select_notes_of_the_log on compliance.mtl_audit_note for select to pit_staff
using (
  casino_id = (select identity.current_casino_id())
  and case_id is null
  and (select identity.session_may('mtl:view'))
);
create policy select_notes_of_cases on compliance.mtl_audit_note for select to pit_staff
using (
  casino_id = (select identity.current_casino_id())
  and (select identity.session_may('mtl:review'))
);
create policy audit_own_casino on compliance.mtl_audit_note for select to pit_auditor
using (casino_id = (select identity.current_casino_id()));
create policy serve_own_casino on compliance.mtl_audit_note for select to compliance_service
using (casino_id = identity._casino());
create policy insert_own_casino on compliance.mtl_audit_note for insert to compliance_service
with check (casino_id = identity._casino());

grant select, insert on compliance.mtl_audit_note to compliance_service;
grant select on compliance.mtl_audit_note to pit_staff, pit_auditor;

create trigger mtl_audit_note_is_append_only
before update or delete or truncate on compliance.mtl_audit_note
for each statement execute function ops._append_only('MTIMM');
alter table compliance.mtl_audit_note enable always trigger mtl_audit_note_is_append_only;

reset role;

comment on table compliance.mtl_audit_note is
  'A note on a cash entry, a person or a case. Never changed.';
comment on column compliance.mtl_audit_note.staff_id is 'Who wrote it, from the session.';
