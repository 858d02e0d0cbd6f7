-- The duty to report one person's gaming day: opened by what brings a sum over the threshold, one
-- per person and day, for both directions. Whose it is follows the person: an unknown person's
-- case becomes the player's with the identification, and may go back when that is undone.

set local role pit_owner;

create table compliance.ctr_case (
  casino_id integer not null,
  case_id uuid not null default uuidv7(),
  patron_id uuid not null,
  origin_patron_id uuid not null,
  gaming_day date not null,
  due_on date not null generated always as (gaming_day + 15) stored,
  state text not null default 'open',
  closed_reason text,
  opened_by_entry_id uuid,
  opened_at timestamptz not null default now(),
  state_changed_at timestamptz not null default now(),
  merged_into_case_id uuid,
  merged_by_link_id uuid,
  state_before_merge text,
  filed_version integer,
  amendment_due boolean not null default false,
  bsa_id text,
  correlation_id text not null,
  primary key (casino_id, case_id),
  foreign key (casino_id, patron_id) references compliance.patron on delete restrict,
  foreign key (casino_id, origin_patron_id) references compliance.patron on delete restrict,
  foreign key (casino_id, opened_by_entry_id) references compliance.mtl_entry on delete restrict,
  foreign key (casino_id, merged_into_case_id) references compliance.ctr_case on delete restrict,
  foreign key (casino_id, merged_by_link_id) references compliance.patron_link on delete restrict,
  constraint state_is_known check (
    state in ('open', 'ready', 'filed', 'acknowledged', 'closed', 'merged')
  ),
  constraint only_a_closed_case_has_its_reason check (
    (state = 'closed') = (closed_reason is not null)
  ),
  constraint only_a_merged_case_names_another check (
    num_nonnulls(merged_into_case_id, merged_by_link_id, state_before_merge)
    = case when state = 'merged' then 3 else 0 end
  ),
  constraint a_filed_case_has_a_version check (
    state not in ('filed', 'acknowledged') or filed_version is not null
  ),
  constraint only_a_filed_case_is_amended check (not amendment_due or filed_version is not null),
  constraint an_acknowledged_case_has_its_bsa_id check (
    state <> 'acknowledged' or bsa_id is not null
  )
);

create unique index one_case_per_patron_and_gaming_day
on compliance.ctr_case (casino_id, patron_id, gaming_day)
where state <> 'merged';
create index ctr_case_patron on compliance.ctr_case (casino_id, patron_id, gaming_day);
create index ctr_case_origin on compliance.ctr_case (casino_id, origin_patron_id);
create index ctr_case_day on compliance.ctr_case (casino_id, gaming_day);
create index ctr_case_due on compliance.ctr_case (casino_id, due_on)
where state in ('open', 'ready');
create unique index a_bsa_id_names_one_case on compliance.ctr_case (casino_id, bsa_id)
where bsa_id is not null;
create index ctr_case_opened_by on compliance.ctr_case (casino_id, opened_by_entry_id);
create index ctr_case_merged_into on compliance.ctr_case (casino_id, merged_into_case_id);
create index ctr_case_merged_by on compliance.ctr_case (casino_id, merged_by_link_id);

alter table compliance.ctr_case enable row level security;
alter table compliance.ctr_case force row level security;

create policy manage_all on compliance.ctr_case to pit_owner using (true);
create policy select_own_casino on compliance.ctr_case for select to pit_staff
using (
  casino_id = (select identity.current_casino_id())
  and (select identity.session_may('mtl:review'))
);
create policy audit_own_casino on compliance.ctr_case for select to pit_auditor
using (casino_id = (select identity.current_casino_id()));
create policy serve_own_casino on compliance.ctr_case for select to compliance_service
using (casino_id = identity._casino());
create policy insert_own_casino on compliance.ctr_case for insert to compliance_service
with check (casino_id = identity._casino());
create policy update_own_casino on compliance.ctr_case for update to compliance_service
using (casino_id = identity._casino()) with check (casino_id = identity._casino());

grant select, insert on compliance.ctr_case to compliance_service;
grant update (
  patron_id, origin_patron_id, state, closed_reason, state_changed_at, merged_into_case_id,
  merged_by_link_id, state_before_merge, filed_version, amendment_due, bsa_id
) on compliance.ctr_case to compliance_service;
grant select on compliance.ctr_case to pit_staff, pit_auditor;

reset role;

comment on table compliance.ctr_case is
  'A currency transaction report that has to be filed for one person and gaming day.';
comment on column compliance.ctr_case.patron_id is
  'Whose it is: a player, or an unknown person nobody has identified.';
comment on column compliance.ctr_case.origin_patron_id is 'For whom it was opened.';
comment on column compliance.ctr_case.due_on is
  'Last day to file: 15 days after the gaming day, not moved for weekends.';
comment on column compliance.ctr_case.state is
  'open, ready, filed, acknowledged; closed when corrections took the reason away; merged into '
  'another case of the same person and day.';
comment on column compliance.ctr_case.opened_by_entry_id is
  'The entry that crossed the threshold; null when an identification did.';
comment on column compliance.ctr_case.filed_version is 'The last version filed; null before that.';
comment on column compliance.ctr_case.amendment_due is
  'What was filed last no longer agrees with the log.';
comment on column compliance.ctr_case.bsa_id is 'Identifier given by FinCEN''s acknowledgement.';
