-- What the log says of a slip that was completed on the way, by a feed or a job: what it earned, or
-- that this is still pending. Nothing where there was no slip to complete.

create or replace function floor._told(completion floor.rating_slip_completion) returns jsonb
language sql
stable
return case
  when completion.outcome is not null then
    loyalty._told(completion.ledger_entry) || jsonb_build_object(
      'outcome', completion.outcome,
      'player_id', (completion.rating_slip).player_id,
      'delta_points', completion.points::text,
      'promotion_points', completion.promotion_points::text
    )
end;

alter function floor._told(floor.rating_slip_completion) owner to floor_service;
revoke all on function floor._told(floor.rating_slip_completion) from public;
grant execute on function floor._told(floor.rating_slip_completion) to ops_service;

comment on function floor._told(floor.rating_slip_completion) is
  'A completed slip as the fields of a log line; null without a slip.';
