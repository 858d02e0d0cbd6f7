-- The dashboard's rows: one person's gaming day, with the sums over everybody who was identified as
-- them, a badge for each direction, and the case. Runs with its reader's rights: totals and cases
-- need mtl:review. Badges are those of compliance._badge, which readers can't call.

create view compliance.patron_day with (security_invoker = true) as
select
  d.casino_id,
  d.patron_id,
  d.gaming_day,
  p.player_id,
  f.card_no,
  coalesce(f.first_name || ' ' || f.last_name, p.known_name) as name,
  nullif(
    concat_ws(
      ', ', p.description, p.sex, p.apparent_age, p.height, p.build, p.hair, p.clothing, p.seat
    ),
    ''
  ) as description,
  d.cash_in,
  d.cash_out,
  d.entries_in,
  d.entries_out,
  case
    when d.cash_in > t.ctr_threshold then 'reportable'
    when d.cash_in > 0.9 * t.ctr_threshold then 'near'
    when d.cash_in >= t.log_floor then 'watch'
    else 'none'
  end as badge_in,
  case
    when d.cash_out > t.ctr_threshold then 'reportable'
    when d.cash_out > 0.9 * t.ctr_threshold then 'near'
    when d.cash_out >= t.log_floor then 'watch'
    else 'none'
  end as badge_out,
  array(
    select distinct e.area
    from compliance.mtl_entry as e
    where e.casino_id = d.casino_id
      and e.gaming_day = d.gaming_day
      and e.patron_id = any (d.patron_ids)
    order by e.area
  ) as areas,
  k.case_id,
  k.state as case_state,
  k.due_on,
  k.amendment_due,
  d.updated_at
from (
  select
    g.casino_id,
    coalesce(l.player_patron_id, g.patron_id) as patron_id,
    g.gaming_day,
    array_agg(g.patron_id) as patron_ids,
    sum(g.cash_in) as cash_in,
    sum(g.cash_out) as cash_out,
    sum(g.entries_in)::integer as entries_in,
    sum(g.entries_out)::integer as entries_out,
    max(g.updated_at) as updated_at
  from compliance.patron_gaming_day as g
  left join compliance.patron_link as l
    on l.casino_id = g.casino_id and l.unknown_patron_id = g.patron_id and l.undone_at is null
  group by g.casino_id, coalesce(l.player_patron_id, g.patron_id), g.gaming_day
) as d
join identity.casino as c on c.casino_id = d.casino_id
join compliance.patron as p on p.casino_id = d.casino_id and p.patron_id = d.patron_id
left join floor.player as f on f.casino_id = p.casino_id and f.player_id = p.player_id
cross join lateral (
  select t.log_floor, t.ctr_threshold
  from compliance.threshold_policy as t
  where t.casino_id = d.casino_id
    and t.effective_from <= (d.gaming_day + c.gaming_day_start) at time zone c.timezone
  order by t.effective_from desc
  limit 1
) as t
left join compliance.ctr_case as k
  on k.casino_id = d.casino_id
    and k.patron_id = d.patron_id
    and k.gaming_day = d.gaming_day
    and k.state <> 'merged';

alter view compliance.patron_day owner to pit_owner;
grant select on compliance.patron_day to pit_staff;

comment on view compliance.patron_day is
  E'@primaryKey casino_id,patron_id,gaming_day\n'
  'A person''s cash of a gaming day with its badges and its case.';
comment on column compliance.patron_day.patron_id is
  'The person: a player''s patron, or an unknown person nobody has identified.';
comment on column compliance.patron_day.name is
  'A player''s name, or the one by which an unknown person is known.';
comment on column compliance.patron_day.description is 'What an unknown person looks like.';
comment on column compliance.patron_day.badge_in is
  'Of cash in: none, watch (from the log floor), near (over 90 % of the threshold) or reportable.';
comment on column compliance.patron_day.badge_out is 'The same of cash out.';
comment on column compliance.patron_day.areas is 'Where the entries of the day were made.';
comment on column compliance.patron_day.case_id is 'The day''s case; null when it has none.';
