-- One gaming day of the house as the dashboard heads it: how much cash, how many people at which
-- badge, what blocks its signature, and who signed. Runs with its reader's rights. Days come first
-- and are summed one by one, so that a list of the latest days doesn't add up years.

create view compliance.gaming_day_summary with (security_invoker = true) as
select
  x.casino_id,
  x.gaming_day,
  d.persons,
  d.cash_in,
  d.cash_out,
  d.entries_in,
  d.entries_out,
  d.reportable,
  d.near,
  d.watch,
  k.cases_open,
  k.cases_ready,
  k.cases_filed,
  k.cases_acknowledged,
  k.amendments_due,
  k.cases_overdue,
  k.cases_open + k.cases_ready as blocking_cases,
  (
    select count(*)::integer
    from compliance.compliance_alert as a
    where a.casino_id = x.casino_id and a.gaming_day = x.gaming_day and a.resolved_at is null
  ) as open_alerts,
  x.gaming_day < ((now() at time zone c.timezone) - c.gaming_day_start)::date as is_over,
  s.signed_off_at,
  s.signed_off_by,
  s.note as sign_off_note
from (
  select distinct g.casino_id, g.gaming_day from compliance.patron_gaming_day as g
) as x
join identity.casino as c on c.casino_id = x.casino_id
cross join lateral (
  select
    count(*)::integer as persons,
    sum(p.cash_in) as cash_in,
    sum(p.cash_out) as cash_out,
    sum(p.entries_in)::integer as entries_in,
    sum(p.entries_out)::integer as entries_out,
    (
      count(*) filter (where 'reportable' in (p.badge_in, p.badge_out))
    )::integer as reportable,
    (
      count(*) filter (
        where 'near' in (p.badge_in, p.badge_out)
          and 'reportable' not in (p.badge_in, p.badge_out)
      )
    )::integer as near,
    (
      count(*) filter (
        where 'watch' in (p.badge_in, p.badge_out)
          and 'near' not in (p.badge_in, p.badge_out)
          and 'reportable' not in (p.badge_in, p.badge_out)
      )
    )::integer as watch
  from compliance.patron_day as p
  where p.casino_id = x.casino_id and p.gaming_day = x.gaming_day
) as d
cross join lateral (
  select
    (count(*) filter (where k.state = 'open'))::integer as cases_open,
    (count(*) filter (where k.state = 'ready'))::integer as cases_ready,
    (count(*) filter (where k.state = 'filed'))::integer as cases_filed,
    (count(*) filter (where k.state = 'acknowledged'))::integer as cases_acknowledged,
    (count(*) filter (where k.amendment_due))::integer as amendments_due,
    (
      count(*) filter (
        where k.state in ('open', 'ready') and k.due_on < (now() at time zone c.timezone)::date
      )
    )::integer as cases_overdue
  from compliance.ctr_case as k
  where k.casino_id = x.casino_id and k.gaming_day = x.gaming_day
) as k
left join compliance.gaming_day_sign_off as s
  on s.casino_id = x.casino_id and s.gaming_day = x.gaming_day;

alter view compliance.gaming_day_summary owner to pit_owner;
grant select on compliance.gaming_day_summary to pit_staff;

comment on view compliance.gaming_day_summary is
  E'@primaryKey casino_id,gaming_day\n'
  'A gaming day''s cash, people, cases and signature.';
comment on column compliance.gaming_day_summary.persons is 'People with entries on the day.';
comment on column compliance.gaming_day_summary.reportable is
  'People with a reportable sum; near and watch count the others by their higher badge.';
comment on column compliance.gaming_day_summary.blocking_cases is
  'Cases that are open or ready: the day can''t be signed off before they are filed or closed.';
comment on column compliance.gaming_day_summary.cases_overdue is
  'Open or ready cases whose last day to file has passed.';
comment on column compliance.gaming_day_summary.is_over is
  'False for the running gaming day, which can''t be signed off yet.';
