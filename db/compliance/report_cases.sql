-- The cases of reports in plain words, for an auditor with psql: due when, and what became of
-- them. What a report says of a person is not among it.

create or replace view compliance.report_cases with (security_invoker = true) as
select
  c.case_id,
  c.patron_id,
  c.gaming_day,
  c.state,
  c.due_on,
  f.filed_at,
  f.version as filed_version,
  f.cash_in,
  f.cash_out,
  c.bsa_id,
  c.amendment_due,
  c.closed_reason
from compliance.ctr_case as c
left join compliance.ctr_filing as f
  on f.casino_id = c.casino_id and f.case_id = c.case_id and f.version = c.filed_version
where c.state <> 'merged';

alter view compliance.report_cases owner to pit_owner;
grant select on compliance.report_cases to pit_auditor;

comment on view compliance.report_cases is
  'Every case of a currency transaction report and its latest filing, for auditors'' logins.';
