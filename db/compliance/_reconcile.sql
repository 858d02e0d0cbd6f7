-- Do the totals, and the cases that follow from them, agree with the cash log? One statement, so
-- one snapshot: entry, total and case are written together, and are seen together. Sums are the
-- entries' own; whether a day must be reported is judged over the person by the thresholds in force
-- when it began, as compliance._settle_day does.

create or replace function compliance._reconcile(actor identity.actor)
returns compliance.totals_reconciliation
language sql
stable
security definer
set search_path = ''
begin atomic
  with total as materialized (
    select t.* from compliance._day_totals() as t
  ),
  day_drift as (
    select
      coalesce(t.patron_id, d.patron_id) as patron_id,
      coalesce(t.gaming_day, d.gaming_day) as gaming_day,
      v.what, v.expected, v.actual
    from total as t
    full join (
      select d.*
      from compliance.patron_gaming_day as d
      where d.casino_id = identity._casino()
    ) as d on d.patron_id = t.patron_id and d.gaming_day = t.gaming_day
    cross join lateral (
      values
        (
          'day', case when t.has_cash then 'exists' end,
          case when d.patron_id is null then 'is missing' else 'exists' end
        ),
        ('cash_in', coalesce(t.cash_in, 0)::numeric(18, 2)::text, d.cash_in::text),
        ('cash_out', coalesce(t.cash_out, 0)::numeric(18, 2)::text, d.cash_out::text),
        ('entries_in', coalesce(t.entries_in, 0)::text, d.entries_in::text),
        ('entries_out', coalesce(t.entries_out, 0)::text, d.entries_out::text)
    ) as v (what, expected, actual)
    where v.expected <> v.actual
  ),
  person as (
    select
      coalesce(l.player_patron_id, t.patron_id) as patron_id, t.gaming_day,
      sum(t.cash_in) as cash_in, sum(t.cash_out) as cash_out
    from total as t
    left join compliance.patron_link as l
      on l.casino_id = identity._casino()
      and l.unknown_patron_id = t.patron_id
      and l.undone_at is null
    group by 1, 2
  ),
  judged as (
    select
      coalesce(s.patron_id, c.patron_id) as patron_id,
      coalesce(s.gaming_day, c.gaming_day) as gaming_day,
      coalesce(s.cash_in, 0) as cash_in, coalesce(s.cash_out, 0) as cash_out,
      coalesce(greatest(s.cash_in, s.cash_out) > h.ctr_threshold, false) as is_over,
      c.case_id, c.state, c.filed_version, c.amendment_due
    from person as s
    full join (
      select c.*
      from compliance.ctr_case as c
      where c.casino_id = identity._casino() and c.state <> 'merged'
    ) as c on c.patron_id = s.patron_id and c.gaming_day = s.gaming_day
    left join lateral (
      select t.ctr_threshold
      from compliance.threshold_policy as t
      where t.casino_id = identity._casino()
        and t.effective_from <= (
          (coalesce(s.gaming_day, c.gaming_day) + actor.gaming_day_start)
          at time zone actor.timezone
        )
      order by t.effective_from desc
      limit 1
    ) as h on true
    where c.case_id is not null
      or greatest(s.cash_in, s.cash_out) > (
        select min(t.ctr_threshold)
        from compliance.threshold_policy as t
        where t.casino_id = identity._casino()
      )
  ),
  case_drift as (
    select j.patron_id, j.gaming_day, v.what, v.expected, v.actual
    from judged as j
    left join compliance.ctr_filing as f
      on f.casino_id = identity._casino()
      and f.case_id = j.case_id
      and f.version = j.filed_version
    cross join lateral (
      values
        (
          'case',
          case
            when j.is_over and (j.state = 'closed' or j.state is null) then 'open'
            when not j.is_over and j.state in ('open', 'ready') then 'closed'
          end,
          coalesce(j.state, 'is missing')
        ),
        (
          'amendment_due',
          case
            when (f.cash_in, f.cash_out) <> (j.cash_in, j.cash_out) then 'true'
          end,
          j.amendment_due::text
        )
    ) as v (what, expected, actual)
    where v.expected <> v.actual
      and (v.what <> 'case' or j.filed_version is null)
  ),
  drift as (
    select d.patron_id, p.player_id, d.gaming_day, null::uuid as entry_id, d.what, d.expected,
      d.actual
    from (
      select y.* from day_drift as y
      union all
      select c.* from case_drift as c
    ) as d
    left join compliance.patron as p
      on p.casino_id = identity._casino() and p.patron_id = d.patron_id
    union all
    select e.patron_id, e.player_id, e.gaming_day, e.entry_id, e.what, e.expected, e.actual
    from compliance._cash_entry_drift() as e
  )
  select
    coalesce((select sum(t.entries) from total as t), 0)::bigint,
    array(
      select row(
        d.patron_id, d.player_id, d.gaming_day, d.entry_id, d.what, d.expected, d.actual
      )::compliance.totals_drift
      from drift as d
      order by d.patron_id, d.gaming_day, d.entry_id nulls first, d.what
    );
end;

alter function compliance._reconcile(identity.actor) owner to compliance_service;
revoke all on function compliance._reconcile(identity.actor) from public;
grant execute on function compliance._reconcile(identity.actor) to ops_service;

comment on function compliance._reconcile(identity.actor) is
  'How many entries the cash log of the running call''s casino has, and every difference in '
  'totals, cases and entries.';
