-- Posts a slip's points once: the key is made from the slip. The player's row is locked before
-- pricing, so that the tier before the accrual is the one that counts. 0 points make no entry, and
-- nothing for a campaign to multiply.

create or replace function loyalty._award_slip(
  actor identity.actor,
  slip floor.slip_telemetry,
  correlation_id text
) returns loyalty.slip_outcome
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_calculation loyalty.points_calculation;
  v_entry loyalty.loyalty_ledger;
begin
  perform
  from loyalty.player_loyalty as p
  where p.casino_id = slip.casino_id and p.player_id = slip.player_id
  for no key update;

  v_calculation := loyalty._slip_points(slip);
  if v_calculation.points > 0 then
    v_entry := (
      loyalty._post_entry(
        actor, slip.player_id, v_calculation.points, v_calculation.points,
        'GAMEPLAY', 'RATING_SLIP_COMPLETED', 'system', null, slip.closed_by,
        loyalty._slip_key(slip.rating_slip_id),
        ops._fingerprint(jsonb_build_array('accrue_rating_slip', slip.rating_slip_id)),
        slip.closed_at, slip.rating_slip_id, slip.visit_id,
        correlation_id => _award_slip.correlation_id
      )
    ).ledger_entry;
    perform loyalty._award_promotions(actor, slip, v_entry, _award_slip.correlation_id);
  end if;
  return loyalty._slip_outcome(
    slip, 'awarded', v_entry, v_calculation.theoretical_win, _award_slip.correlation_id
  );
end
$$;

alter function loyalty._award_slip(identity.actor, floor.slip_telemetry, text)
owner to loyalty_service;
revoke all on function loyalty._award_slip(identity.actor, floor.slip_telemetry, text)
from public;

comment on function loyalty._award_slip(identity.actor, floor.slip_telemetry, text) is
  'Posts the GAMEPLAY entry of a closed slip, none when it is worth 0 points, and the PROMOTION '
  'entries beside it. The caller holds the slip''s key. Errors: those of _slip_points and '
  '_post_entry.';
