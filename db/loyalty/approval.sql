-- The queue of approvals and what became of each, with the names of everybody concerned: who asked,
-- for whom, who decided. Runs with its reader's rights.

create or replace view loyalty.approval with (security_invoker = true) as
select
  r.casino_id,
  r.reward_request_id,
  r.kind,
  r.player_id,
  p.card_no,
  p.first_name || ' ' || p.last_name as player_name,
  r.points,
  r.reason,
  case when r.status = 'pending' and r.expires_at <= now() then 'expired' else r.status end
  as status,
  r.rating_slip_id,
  r.requested_by,
  a.display_name as requested_by_name,
  r.created_at as requested_at,
  r.gaming_day,
  r.expires_at,
  r.decided_by,
  d.display_name as decided_by_name,
  r.decided_at,
  r.decision_reason,
  r.entry_no,
  l.current_balance,
  l.tier,
  r.status = 'pending' and r.expires_at > now()
  and r.requested_by <> (select m.staff_id from identity.me() as m)
  and (select identity.session_may('loyalty:approve')) as decidable
from loyalty.reward_request as r
join floor.player as p on p.casino_id = r.casino_id and p.player_id = r.player_id
join loyalty.player_loyalty as l on l.casino_id = r.casino_id and l.player_id = r.player_id
left join identity.staff as a on a.casino_id = r.casino_id and a.staff_id = r.requested_by
left join identity.staff as d on d.casino_id = r.casino_id and d.staff_id = r.decided_by;

alter view loyalty.approval owner to pit_owner;
grant select on loyalty.approval to pit_staff;

comment on view loyalty.approval is
  E'@primaryKey casino_id,reward_request_id\n'
  'Rewards and adjustments that need or needed a second person, with who asked and who decided.';
comment on column loyalty.approval.status is
  'pending, approved, declined or expired; expired as soon as its time is over.';
comment on column loyalty.approval.requested_by_name is 'Who asked; somebody else decides.';
comment on column loyalty.approval.current_balance is 'The player''s balance now.';
comment on column loyalty.approval.decidable is
  'It waits, and the signed-in person may decide: with loyalty:approve, and not who asked.';
