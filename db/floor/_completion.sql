-- Puts a closed slip and what loyalty said about it into one result, so that floor and loyalty
-- keep their own types and a caller gets one answer.

create or replace function floor._completion(slip floor.rating_slip, award loyalty.slip_outcome)
returns floor.rating_slip_completion
language sql
immutable
return row(
  slip, award.outcome, award.replayed, award.points, award.theoretical_win,
  award.current_balance, award.lifetime_points, award.tier, award.tier_progress,
  award.ledger_entry, award.correlation_id, award.promotion_points
)::floor.rating_slip_completion;

alter function floor._completion(floor.rating_slip, loyalty.slip_outcome) owner to floor_service;
revoke all on function floor._completion(floor.rating_slip, loyalty.slip_outcome) from public;

comment on function floor._completion(floor.rating_slip, loyalty.slip_outcome) is
  'The result of a completed slip.';
