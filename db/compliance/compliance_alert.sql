-- A pattern that a person should look at: not a report, and no accusation. Found once per rule,
-- person, direction and gaming day, however often the rules are evaluated; closed with a note.

set local role pit_owner;

create table compliance.compliance_alert (
  casino_id integer not null,
  alert_id uuid not null default uuidv7(),
  rule text not null,
  patron_id uuid not null,
  direction text not null,
  gaming_day date not null,
  amount numeric(18, 2) not null,
  details jsonb not null,
  created_at timestamptz not null default now(),
  correlation_id text not null,
  resolved_at timestamptz,
  resolved_by uuid,
  resolution text,
  primary key (casino_id, alert_id),
  foreign key (casino_id, patron_id) references compliance.patron on delete restrict,
  constraint it_is_found_once unique (casino_id, patron_id, rule, direction, gaming_day),
  constraint rule_is_known check (
    rule in ('just_below', 'chip_walk', 'marker_paydown', 'combined_buyers', 'repeat')
  ),
  constraint direction_is_in_or_out check (direction in ('in', 'out')),
  constraint it_is_resolved_by_somebody_with_a_note check (
    num_nonnulls(resolved_at, resolved_by, resolution) in (0, 3)
    and coalesce(btrim(resolution) <> '', true)
  )
);

-- The queue: what is still to be looked at, the latest gaming day first.
create index compliance_alert_open on compliance.compliance_alert (casino_id, gaming_day)
where resolved_at is null;
create index compliance_alert_day on compliance.compliance_alert (casino_id, gaming_day);

alter table compliance.compliance_alert enable row level security;
alter table compliance.compliance_alert force row level security;

create policy manage_all on compliance.compliance_alert to pit_owner using (true);
create policy select_own_casino on compliance.compliance_alert for select to pit_staff
using (
  casino_id = (select identity.current_casino_id())
  and (select identity.session_may('mtl:review'))
);
create policy audit_own_casino on compliance.compliance_alert for select to pit_auditor
using (casino_id = (select identity.current_casino_id()));
create policy serve_own_casino on compliance.compliance_alert for select to compliance_service
using (casino_id = identity._casino());
create policy insert_own_casino on compliance.compliance_alert for insert to compliance_service
with check (casino_id = identity._casino());
create policy update_own_casino on compliance.compliance_alert for update to compliance_service
using (casino_id = identity._casino()) with check (casino_id = identity._casino());

grant select, insert on compliance.compliance_alert to compliance_service;
grant update (resolved_at, resolved_by, resolution)
on compliance.compliance_alert to compliance_service;
grant select on compliance.compliance_alert to pit_staff, pit_auditor;

reset role;

comment on table compliance.compliance_alert is
  'A pattern in the cash log that a reviewer looks at and closes with a note.';
comment on column compliance.compliance_alert.rule is
  'just_below, chip_walk, marker_paydown, combined_buyers or repeat.';
comment on column compliance.compliance_alert.gaming_day is
  'The latest gaming day that takes part in the pattern.';
comment on column compliance.compliance_alert.amount is
  'The sum that the rule looked at, in dollars; details say what it is made of.';
comment on column compliance.compliance_alert.details is
  'What the rule found: its gaming days with their sums, seconds of play, or the other buyers.';
comment on column compliance.compliance_alert.resolution is 'The reviewer''s note.';
