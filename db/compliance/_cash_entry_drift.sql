-- Does the cash log still have what the commands wrote? Every command remembers its entry; an entry
-- that is gone, that nobody commanded, or that says another amount, day or patron than the command
-- is a log that somebody has changed. A correction's replacement is known by its offset, which
-- names it where it is gone.

create or replace function compliance._cash_entry_drift() returns setof compliance.totals_drift
language sql
stable
set search_path = ''
begin atomic
  with entry as (
    select e.*
    from compliance.mtl_entry as e
    where e.casino_id = identity._casino()
  ),
  command as (
    select c.*
    from compliance.mtl_command as c
    where c.casino_id = identity._casino() and c.entry_id is not null
      and c.command in (
        'record_mtl_entry', 'record_redemption_cash', 'correct_mtl_entry',
        'offset_redemption_cash'
      )
  ),
  misfit as (
    select
      coalesce(c.patron_id, e.patron_id) as patron_id,
      coalesce(c.gaming_day, e.gaming_day) as gaming_day,
      coalesce(c.entry_id, e.entry_id) as entry_id, v.what, v.expected, v.actual
    from command as c
    full join (select e.* from entry as e where e.entry_role <> 'replacement') as e
      on e.entry_id = c.entry_id
    cross join lateral (
      values
        (
          'entry', case when c.entry_id is null then 'is missing' else 'exists' end,
          case when e.entry_id is null then 'is missing' else 'exists' end
        ),
        ('patron_id', c.patron_id::text, e.patron_id::text),
        ('gaming_day', c.gaming_day::text, e.gaming_day::text),
        (
          'amount',
          case when e.entry_role = 'original' then c.recorded_amount::text end, e.amount::text
        )
    ) as v (what, expected, actual)
    where v.expected <> v.actual

    union all
    select
      coalesce(c.patron_id, r.patron_id), coalesce(c.gaming_day, r.gaming_day),
      coalesce(r.entry_id, c.entry_id),
      case when c.entry_id is null or r.entry_id is null then 'replacement' else 'amount' end,
      case when c.entry_id is null then 'is missing' else c.recorded_amount::text end,
      case when r.entry_id is null then 'is missing' else r.amount::text end
    from (
      select c.patron_id, c.gaming_day, c.entry_id, c.recorded_amount, o.corrects_entry_id,
        o.correction_no
      from command as c
      join entry as o on o.entry_id = c.entry_id and o.entry_role = 'offset'
      where c.recorded_amount > 0
    ) as c
    full join (select e.* from entry as e where e.entry_role = 'replacement') as r
      on r.corrects_entry_id = c.corrects_entry_id and r.correction_no = c.correction_no
    where c.recorded_amount is distinct from r.amount
  )
  select
    m.patron_id, p.player_id, m.gaming_day, m.entry_id, m.what, m.expected, m.actual
  from misfit as m
  left join compliance.patron as p
    on p.casino_id = identity._casino() and p.patron_id = m.patron_id;
end;

alter function compliance._cash_entry_drift() owner to compliance_service;
revoke all on function compliance._cash_entry_drift() from public;

comment on function compliance._cash_entry_drift() is
  'Entries of the running call''s casino that are missing, that no command wrote, or that differ '
  'from what their command remembers.';
