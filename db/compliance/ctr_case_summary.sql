-- A case as lists and its own page show it: whose it is, the sums as they are now and as they were
-- filed, and the clock. Runs with its reader's rights: cases need mtl:review.

create or replace view compliance.ctr_case_summary with (security_invoker = true) as
select
  k.casino_id,
  k.case_id,
  k.patron_id,
  p.player_id,
  f.card_no,
  coalesce(f.first_name || ' ' || f.last_name, p.known_name) as name,
  nullif(
    concat_ws(
      ', ', p.description, p.sex, p.apparent_age, p.height, p.build, p.hair, p.clothing, p.seat
    ),
    ''
  ) as description,
  k.gaming_day,
  coalesce(d.cash_in, 0) as cash_in,
  coalesce(d.cash_out, 0) as cash_out,
  t.ctr_threshold,
  k.state,
  k.closed_reason,
  k.due_on,
  k.due_on - c.today as days_left,
  k.state in ('open', 'ready') and k.due_on < c.today as overdue,
  k.amendment_due,
  k.filed_version,
  k.filed_version is null and e.exported as exported,
  v.filed_at,
  v.filed_by,
  v.cash_in as filed_cash_in,
  v.cash_out as filed_cash_out,
  k.bsa_id,
  k.merged_into_case_id,
  k.opened_by_entry_id,
  k.opened_at,
  k.state_changed_at,
  k.state = 'open' and (select identity.session_may('mtl:review')) as preparable,
  (k.state = 'ready' or k.state in ('filed', 'acknowledged') and k.amendment_due)
  and (select identity.session_may('ctr:file')) as exportable,
  (
    k.state = 'ready'
    or k.state in ('filed', 'acknowledged') and k.amendment_due
    or k.state = 'closed' and k.filed_version is null and e.exported
  )
  and (select identity.session_may('ctr:file')) as fileable,
  k.state = 'filed' and (select identity.session_may('ctr:file')) as acknowledgeable,
  k.state in ('open', 'ready') as unfiled,
  k.state in ('open', 'ready') or k.amendment_due as waiting,
  coalesce(k.filed_version, 0) + 1 as next_version
from compliance.ctr_case as k
join (
  select
    o.casino_id, o.timezone, o.gaming_day_start,
    (now() at time zone o.timezone)::date as today
  from identity.casino as o
) as c on c.casino_id = k.casino_id
join compliance.patron as p on p.casino_id = k.casino_id and p.patron_id = k.patron_id
left join floor.player as f on f.casino_id = p.casino_id and f.player_id = p.player_id
cross join lateral (
  select t.ctr_threshold
  from compliance.threshold_policy as t
  where t.casino_id = k.casino_id
    and t.effective_from <= (k.gaming_day + c.gaming_day_start) at time zone c.timezone
  order by t.effective_from desc
  limit 1
) as t
cross join lateral (
  select sum(g.cash_in) as cash_in, sum(g.cash_out) as cash_out
  from compliance.patron_gaming_day as g
  where g.casino_id = k.casino_id
    and g.gaming_day = k.gaming_day
    and (
      g.patron_id = k.patron_id
      or g.patron_id in (
        select l.unknown_patron_id
        from compliance.patron_link as l
        where l.casino_id = k.casino_id
          and l.player_patron_id = k.patron_id
          and l.undone_at is null
      )
    )
) as d
cross join lateral (
  select exists (
    select
    from compliance.ctr_export as x
    where x.casino_id = k.casino_id
      and x.exported_at >= k.opened_at - interval '1 hour'
      and x.case_ids @> array[k.case_id]
  ) as exported
) as e
left join compliance.ctr_filing as v
  on v.casino_id = k.casino_id and v.case_id = k.case_id and v.version = k.filed_version;

alter view compliance.ctr_case_summary owner to pit_owner;
grant select on compliance.ctr_case_summary to pit_staff;

comment on view compliance.ctr_case_summary is
  E'@primaryKey casino_id,case_id\n'
  'A case with its person, its sums now and as filed, and the days left to file it.';
comment on column compliance.ctr_case_summary.days_left is
  'Days from today to due_on by the casino''s calendar; negative when it has passed.';
comment on column compliance.ctr_case_summary.overdue is
  'Open or ready, and due_on has passed.';
comment on column compliance.ctr_case_summary.exported is
  'In a file that was made, and not noted as filed yet, so that it can be even when it has closed. '
  'Seen with ctr:file, false for others.';
comment on column compliance.ctr_case_summary.preparable is
  'Open, and the signed-in person may prepare it; whether its identification is complete is told '
  'by prepare_ctr.';
comment on column compliance.ctr_case_summary.exportable is
  'It belongs into the next file of its gaming day, and the signed-in person may make one; what '
  'else that file lacks is told by ctr_batch.';
comment on column compliance.ctr_case_summary.fileable is
  'The signed-in person may note it as filed: the first time, or the amendment that is due.';
comment on column compliance.ctr_case_summary.acknowledgeable is
  'Filed, and the signed-in person may note FinCEN''s identifier.';
comment on column compliance.ctr_case_summary.unfiled is
  'Open or ready: its clock runs, and its gaming day can''t be signed off.';
comment on column compliance.ctr_case_summary.waiting is
  'Something is still to be sent to FinCEN: the report, or the amendment that is due.';
comment on column compliance.ctr_case_summary.next_version is
  'The version that file_ctr would file next: 1 is the report, from 2 on it is an amendment.';
comment on column compliance.ctr_case_summary.filed_cash_in is
  'Cash in of the version filed last; null before that.';
