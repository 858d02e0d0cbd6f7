-- Cash in and cash out of one patron on one gaming day, two sums that are never added or netted.
-- Kept in the transaction of every entry, under the person's lock, so two entries at once can't
-- both miss the threshold. A cache of mtl_entry, by gaming day: the difference is zero, always.

set local role pit_owner;

create table compliance.patron_gaming_day (
  casino_id integer not null,
  patron_id uuid not null,
  gaming_day date not null,
  cash_in numeric(18, 2) not null default 0,
  cash_out numeric(18, 2) not null default 0,
  entries_in integer not null default 0,
  entries_out integer not null default 0,
  updated_at timestamptz not null default now(),
  primary key (casino_id, patron_id, gaming_day),
  foreign key (casino_id, patron_id) references compliance.patron on delete restrict,
  constraint sums_are_not_negative check (
    cash_in >= 0 and cash_out >= 0 and entries_in >= 0 and entries_out >= 0
  )
);

-- With the patron, so that one patron's row is found by it too: early in a day the planner holds
-- the day for the rarer of the two.
create index patron_gaming_day_day
on compliance.patron_gaming_day (casino_id, gaming_day, patron_id);

alter table compliance.patron_gaming_day enable row level security;
alter table compliance.patron_gaming_day force row level security;

create policy manage_all on compliance.patron_gaming_day to pit_owner using (true);
create policy select_own_casino on compliance.patron_gaming_day for select to pit_staff
using (
  casino_id = (select identity.current_casino_id())
  and (select identity.session_may('mtl:review'))
);
create policy audit_own_casino on compliance.patron_gaming_day for select to pit_auditor
using (casino_id = (select identity.current_casino_id()));
create policy serve_own_casino on compliance.patron_gaming_day for select to compliance_service
using (casino_id = identity._casino());
create policy insert_own_casino on compliance.patron_gaming_day for insert to compliance_service
with check (casino_id = identity._casino());
create policy update_own_casino on compliance.patron_gaming_day for update to compliance_service
using (casino_id = identity._casino()) with check (casino_id = identity._casino());

grant select, insert on compliance.patron_gaming_day to compliance_service;
grant update (cash_in, cash_out, entries_in, entries_out, updated_at)
on compliance.patron_gaming_day to compliance_service;
grant select on compliance.patron_gaming_day to pit_staff, pit_auditor;

reset role;

comment on table compliance.patron_gaming_day is
  'Sums of one patron''s currency by gaming day. A person''s sums are over all linked patrons.';
comment on column compliance.patron_gaming_day.cash_in is 'Dollars of currency in.';
comment on column compliance.patron_gaming_day.cash_out is 'Dollars of currency out.';
comment on column compliance.patron_gaming_day.entries_in is
  'How many live entries make up cash_in: originals and replacements that no offset took back.';
comment on column compliance.patron_gaming_day.entries_out is 'The same for cash_out.';
