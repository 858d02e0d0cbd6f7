-- The cash log as it is read: each entry with the names of whom and what it is about and, for who
-- may review, its badge and the person's sums before and after it. Sums are computed for the rows
-- that are read, in the order in which things happened; a correction stands where the entry stands
-- that it corrects.

set local role pit_owner;

create or replace view compliance.mtl_log
with (security_invoker = true) as
select
  x.*,
  x.cash_in_before + x.cash_in as cash_in_after,
  x.cash_out_before + x.cash_out as cash_out_after,
  x.is_live and (select identity.session_may('mtl:create'))
  and (
    (x.staff_id, x.gaming_day) = (select m.staff_id, m.gaming_day from identity.me() as m)
    or (select identity.session_may('mtl:review'))
  ) as correctable
from (
  select
    e.casino_id, e.entry_id, e.gaming_day, e.occurred_at, e.created_at, e.direction, e.kind,
    k.label as kind_label, e.area, e.tender, e.amount, e.cash_in, e.cash_out, e.foreign_currency,
    e.entry_role, e.corrects_entry_id, e.correction_no,
    e.entry_role <> 'offset' and not exists (
      select
      from compliance.mtl_entry as o
      where o.casino_id = e.casino_id
        and o.corrects_entry_id = coalesce(e.corrects_entry_id, e.entry_id)
        and o.correction_no = e.correction_no + 1
    ) as is_live,
    e.patron_id, n.patron_id as person_id, n.player_id, y.card_no,
    coalesce(y.first_name || ' ' || y.last_name, n.known_name) as person_name,
    concat_ws(
      ', ', w.description, w.sex, w.apparent_age, w.height, w.build, w.hair, w.clothing, w.seat
    ) as description,
    e.agent_patron_id,
    (
      select coalesce(b.first_name || ' ' || b.last_name, a.known_name, a.description)
      from compliance.patron as a
      left join floor.player as b on b.casino_id = a.casino_id and b.player_id = a.player_id
      where a.casino_id = e.casino_id and a.patron_id = e.agent_patron_id
    ) as agent_name,
    e.table_id, t.label as table_label, e.window_no, e.visit_id, e.rating_slip_id,
    e.staff_id, s.display_name as staff_name, e.licence_no, e.reason, e.note,
    e.idempotency_key, e.correlation_id,
    case when (select identity.session_may('mtl:review')) then (
      select
        case when greatest(abs(e.cash_in), abs(e.cash_out)) >= h.log_floor then 'over_floor'
          else 'none'
        end
      from compliance.threshold_policy as h
      where h.casino_id = e.casino_id
        and h.effective_from <= ((e.gaming_day + c.gaming_day_start) at time zone c.timezone)
      order by h.effective_from desc
      limit 1
    ) end as badge,
    case when (select identity.session_may('mtl:review')) then (
      select coalesce(sum(d.cash_in), 0)
      from compliance.mtl_entry as d
      where d.casino_id = e.casino_id
        and d.gaming_day = e.gaming_day
        and d.patron_id = any (a.patrons)
        and (d.occurred_at, d.entry_id) < (e.occurred_at, e.entry_id)
    ) end as cash_in_before,
    case when (select identity.session_may('mtl:review')) then (
      select coalesce(sum(d.cash_out), 0)
      from compliance.mtl_entry as d
      where d.casino_id = e.casino_id
        and d.gaming_day = e.gaming_day
        and d.patron_id = any (a.patrons)
        and (d.occurred_at, d.entry_id) < (e.occurred_at, e.entry_id)
    ) end as cash_out_before
  from compliance.mtl_entry as e
  join compliance.mtl_kind as k on k.kind = e.kind
  join compliance.patron as w on w.casino_id = e.casino_id and w.patron_id = e.patron_id
  left join compliance.patron_link as l
    on l.casino_id = e.casino_id
    and l.unknown_patron_id = e.patron_id
    and l.undone_at is null
  join compliance.patron as n
    on n.casino_id = e.casino_id and n.patron_id = coalesce(l.player_patron_id, e.patron_id)
  left join floor.player as y on y.casino_id = n.casino_id and y.player_id = n.player_id
  left join floor.gaming_table as t on t.casino_id = e.casino_id and t.table_id = e.table_id
  join identity.staff as s on s.casino_id = e.casino_id and s.staff_id = e.staff_id
  join identity.casino as c on c.casino_id = e.casino_id
  cross join lateral (
    select n.patron_id || array(
      select u.unknown_patron_id
      from compliance.patron_link as u
      where u.casino_id = n.casino_id
        and u.player_patron_id = n.patron_id
        and u.undone_at is null
    ) as patrons
  ) as a
) as x;

grant select on compliance.mtl_log to pit_staff;

reset role;

comment on view compliance.mtl_log is
  E'@primaryKey casino_id,entry_id\n'
  'The cash log with names. badge and the four running sums are null without mtl:review.';
comment on column compliance.mtl_log.is_live is
  'Counts as it stands: neither an offset nor taken back by one.';
comment on column compliance.mtl_log.person_id is
  'The patron under whom the person is summed: the player as whom they were identified.';
comment on column compliance.mtl_log.description is
  'The unknown person''s description, also once they are identified.';
comment on column compliance.mtl_log.badge is 'none, or over_floor from the log floor on.';
comment on column compliance.mtl_log.cash_in_before is
  'The person''s cash in of the gaming day up to the entry before this one.';
comment on column compliance.mtl_log.cash_in_after is 'The same with this entry.';
comment on column compliance.mtl_log.cash_out_before is
  'The person''s cash out of the gaming day up to the entry before this one.';
comment on column compliance.mtl_log.cash_out_after is 'The same with this entry.';
comment on column compliance.mtl_log.correctable is
  'It counts, and the signed-in person may correct it, as correct_mtl_entry decides: one''s own of '
  'the running gaming day, or anybody''s with mtl:review.';
