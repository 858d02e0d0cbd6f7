-- Why a campaign added points: its factor on what the slip's play had earned, from the record of
-- the award and the GAMEPLAY entry of the same slip.

create or replace function loyalty._explain_promotion(entry loyalty.loyalty_ledger)
returns loyalty.entry_explanation
language plpgsql
stable
set search_path = ''
as $$
declare
  v_promotion loyalty.promotion;
  v_play loyalty.loyalty_ledger;
  v_times numeric;
  v_result loyalty.entry_explanation;
begin
  select p.* into v_promotion
  from loyalty.promotion_award as a
  join loyalty.promotion as p
    on p.casino_id = identity._casino() and p.promotion_id = a.promotion_id
  where a.casino_id = identity._casino()
    and a.player_id = entry.player_id
    and a.entry_no = entry.entry_no;
  select l.* into v_play
  from loyalty.loyalty_ledger as l
  where l.casino_id = identity._casino()
    and l.idempotency_key = loyalty._slip_key(entry.rating_slip_id);
  v_times := v_play.points_change * v_promotion.multiplier;

  v_result.recalculated_points := round(v_times) - v_play.points_change;
  v_result.steps := array[
    row(1, 'Points of the play', v_play.points_change, format('entry %s', v_play.entry_no)
    )::loyalty.explanation_step,
    row(2, 'With the promotion', trim_scale(v_times),
      format('x %s for "%s"', trim_scale(v_promotion.multiplier), v_promotion.name)
    )::loyalty.explanation_step,
    row(3, 'Rounded', round(v_times), 'half up')::loyalty.explanation_step,
    row(4, 'Points', v_result.recalculated_points, 'less the points of the play itself'
    )::loyalty.explanation_step
  ];
  v_result.summary := format(
    'These %s points are from the promotion "%s", which multiplies the points of play by %s: '
    'entry %s gave %s points for the same slip, times %s is %s, less the %s that were given '
    'already.',
    loyalty._points_text(entry.points_change), v_promotion.name,
    trim_scale(v_promotion.multiplier), v_play.entry_no,
    loyalty._points_text(v_play.points_change), trim_scale(v_promotion.multiplier),
    loyalty._points_text(round(v_times)), loyalty._points_text(v_play.points_change)
  );
  return v_result;
end
$$;

alter function loyalty._explain_promotion(loyalty.loyalty_ledger) owner to loyalty_service;
revoke all on function loyalty._explain_promotion(loyalty.loyalty_ledger) from public;

comment on function loyalty._explain_promotion(loyalty.loyalty_ledger) is
  'Explains a PROMOTION entry: the campaign, its factor and the play that it multiplies.';
