-- A compliance officer's signature under a gaming day: once, when none of its cases waits to be
-- prepared or filed. Never changed; what happens to the day afterwards stays visible beside it.

set local role pit_owner;

create table compliance.gaming_day_sign_off (
  casino_id integer not null references identity.casino on delete restrict,
  gaming_day date not null,
  note text,
  signed_off_at timestamptz not null default now(),
  signed_off_by uuid not null,
  correlation_id text not null,
  primary key (casino_id, gaming_day)
);

alter table compliance.gaming_day_sign_off enable row level security;
alter table compliance.gaming_day_sign_off force row level security;

create policy manage_all on compliance.gaming_day_sign_off to pit_owner using (true);
create policy select_own_casino on compliance.gaming_day_sign_off for select to pit_staff
using (
  casino_id = (select identity.current_casino_id())
  and (select identity.session_may('mtl:review'))
);
create policy audit_own_casino on compliance.gaming_day_sign_off for select to pit_auditor
using (casino_id = (select identity.current_casino_id()));
create policy serve_own_casino on compliance.gaming_day_sign_off for select to compliance_service
using (casino_id = identity._casino());
create policy insert_own_casino on compliance.gaming_day_sign_off
for insert to compliance_service
with check (casino_id = identity._casino());

grant select, insert on compliance.gaming_day_sign_off to compliance_service;
grant select on compliance.gaming_day_sign_off to pit_staff, pit_auditor;

create trigger gaming_day_sign_off_is_append_only
before update or delete or truncate on compliance.gaming_day_sign_off
for each statement execute function ops._append_only('MTIMM');
alter table compliance.gaming_day_sign_off
enable always trigger gaming_day_sign_off_is_append_only;

reset role;

comment on table compliance.gaming_day_sign_off is
  'Which gaming days a compliance officer has signed off, and who did.';
comment on column compliance.gaming_day_sign_off.signed_off_by is 'From the session.';
