-- The multiple transaction log: every movement of cash that staff saw, in order, never changed. A
-- wrong entry is corrected by an offset and, if needed, a replacement; all of them stay. What an
-- entry adds to its patron's two sums is stamped on it, so the sums can be proved by adding up.
-- Few foreign keys and indexes: each costs on the write path. Areas and tenders are checked against
-- lists of their own, which are those of mtl_area and mtl_tender.

set local role pit_owner;

create table compliance.mtl_entry (
  casino_id integer not null,
  entry_id uuid not null default uuidv7(),
  patron_id uuid not null,
  agent_patron_id uuid,
  entry_role text not null default 'original',
  corrects_entry_id uuid,
  correction_no integer not null default 0,
  direction text not null,
  kind text not null,
  area text not null,
  tender text not null,
  amount numeric(14, 2) not null,
  cash_in numeric(14, 2) not null,
  cash_out numeric(14, 2) not null,
  foreign_currency text,
  table_id uuid,
  window_no text,
  visit_id uuid,
  rating_slip_id uuid,
  money_play_id uuid,
  staff_id uuid not null,
  licence_no text,
  reason text,
  note text,
  idempotency_key text not null,
  correlation_id text not null,
  gaming_day date not null,
  occurred_at timestamptz not null,
  created_at timestamptz not null default now(),
  primary key (casino_id, entry_id),
  foreign key (casino_id, patron_id) references compliance.patron on delete restrict,
  foreign key (casino_id, agent_patron_id) references compliance.patron on delete restrict,
  foreign key (casino_id, corrects_entry_id) references compliance.mtl_entry on delete restrict,
  constraint an_entry_is_corrected_once_at_a_time
  unique (casino_id, corrects_entry_id, correction_no, entry_role),
  constraint entry_role_is_known check (entry_role = any ('{original,offset,replacement}')),
  constraint only_corrections_name_what_they_correct check (
    (entry_role = 'original') = (corrects_entry_id is null)
    and (entry_role = 'original') = (correction_no = 0)
  ),
  constraint direction_is_in_or_out check (direction = any ('{in,out}')),
  constraint area_is_known check (
    area = any ('{pit,cage,slot,poker,kiosk,sportsbook,other}')
  ),
  constraint tender_is_known check (
    tender = any ('{currency,chips,check,wire,ticket,other}')
  ),
  constraint amount_is_positive check (amount > 0),
  constraint only_the_amount_is_summed check (
    abs(cash_in) in (0, amount) and abs(cash_out) in (0, amount)
  ),
  constraint only_an_offset_takes_away check (
    case when entry_role = 'offset' then cash_in <= 0 and cash_out <= 0
      else cash_in >= 0 and cash_out >= 0
    end
  )
);

-- A person's day, in the order in which it happened; the guard against duplicates looks here too.
create index mtl_entry_patron_day
on compliance.mtl_entry (casino_id, patron_id, gaming_day, occurred_at);
-- The log of a gaming day. It names the patron too: early in a day the planner holds the day for
-- the rarer of the two, and a look for one patron must not read everybody's entries of the day.
create index mtl_entry_day
on compliance.mtl_entry (casino_id, gaming_day, patron_id, occurred_at);
create index mtl_entry_agent on compliance.mtl_entry (casino_id, agent_patron_id);

-- Follows a request to its rows (ops.trace). A Bloom filter for each range of pages, because it
-- costs the write path next to nothing.
create index mtl_entry_request on compliance.mtl_entry
using brin (correlation_id text_bloom_ops) with (autosummarize = on);

alter table compliance.mtl_entry enable row level security;
alter table compliance.mtl_entry force row level security;

create policy manage_all on compliance.mtl_entry to pit_owner using (true);
create policy select_own_casino on compliance.mtl_entry for select to pit_staff
using (
  casino_id = (select identity.current_casino_id())
  and (select identity.session_may('mtl:view'))
);
create policy audit_own_casino on compliance.mtl_entry for select to pit_auditor
using (casino_id = (select identity.current_casino_id()));
create policy serve_own_casino on compliance.mtl_entry for select to compliance_service
using (casino_id = identity._casino());
create policy insert_own_casino on compliance.mtl_entry for insert to compliance_service
with check (casino_id = identity._casino());

grant select, insert on compliance.mtl_entry to compliance_service;
grant select on compliance.mtl_entry to pit_staff, pit_auditor;

create trigger mtl_entry_is_append_only
before update or delete or truncate on compliance.mtl_entry
for each statement execute function ops._append_only('MTIMM');
alter table compliance.mtl_entry enable always trigger mtl_entry_is_append_only;

reset role;

comment on table compliance.mtl_entry is
  'The multiple transaction log. Append-only; kept at least five years.';
comment on column compliance.mtl_entry.patron_id is
  'Whose cash it is. An entry stays with the person it was written for, also when that unknown '
  'person is identified later.';
comment on column compliance.mtl_entry.agent_patron_id is
  'Who carried it on their behalf; it counts for the patron alone.';
comment on column compliance.mtl_entry.entry_role is
  'original, offset (takes the entry before it back), or replacement (what is right instead).';
comment on column compliance.mtl_entry.corrects_entry_id is
  'The original entry, of an offset or a replacement.';
comment on column compliance.mtl_entry.correction_no is
  '0 for the original; an offset and its replacement share a number, 1, 2, 3 …';
comment on column compliance.mtl_entry.direction is
  'in or out, seen from the casino. An exchange counts both ways; its direction is the side on '
  'which the foreign currency was.';
comment on column compliance.mtl_entry.kind is 'What it was, see mtl_kind.';
comment on column compliance.mtl_entry.area is
  'Where it was, see mtl_area.';
comment on column compliance.mtl_entry.tender is
  'What it was paid with, see mtl_tender. Only currency is summed.';
comment on column compliance.mtl_entry.amount is
  'Dollars, always more than 0. Of a money play: what came on top of what was riding.';
comment on column compliance.mtl_entry.cash_in is
  'What it adds to its patron''s cash in of the gaming day: the amount, 0, or minus the amount.';
comment on column compliance.mtl_entry.cash_out is 'The same for cash out.';
comment on column compliance.mtl_entry.foreign_currency is
  'ISO code of the country or currency on the foreign side of an exchange.';
comment on column compliance.mtl_entry.money_play_id is
  'What was riding when a money play was entered.';
comment on column compliance.mtl_entry.staff_id is 'The witness: who entered it.';
comment on column compliance.mtl_entry.licence_no is 'The witness''s licence at that time.';
comment on column compliance.mtl_entry.reason is 'Why it was corrected.';
comment on column compliance.mtl_entry.gaming_day is
  'Gaming day of occurred_at, stamped once; a correction has the day of what it corrects.';
comment on column compliance.mtl_entry.occurred_at is 'When the cash changed hands.';
comment on column compliance.mtl_entry.created_at is 'When it was written.';
