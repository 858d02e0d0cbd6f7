-- What the campaigns add to a slip's points, each in an entry of its own: the campaign's factor on
-- what play earned, rounded half-up, less what play earned. A bonus is given whole or not at all:
-- the update of the campaign's row decides, so however many slips close at once, the budget holds.
-- Campaigns are taken in the order of their ids, after the player's row: nobody waits in a circle.

create or replace function loyalty._award_promotions(
  actor identity.actor,
  slip floor.slip_telemetry,
  entry loyalty.loyalty_ledger,
  correlation_id text
) returns void
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_promotion record;
  v_bonus numeric;
  v_entry_no bigint;
begin
  for v_promotion in
    select p.promotion_id, p.name, p.multiplier
    from loyalty.promotion as p
    where p.casino_id = identity._casino()
      and p.published_at is not null
      and p.ends_at > slip.closed_at
      and p.starts_at <= slip.closed_at
      and (p.ended_at is null or p.ended_at > slip.closed_at)
      and (p.game_codes is null or slip.game_code = any (p.game_codes))
      and (p.table_ids is null or slip.table_id = any (p.table_ids))
      and (p.tiers is null or entry.tier_before = any (p.tiers))
      and p.points_awarded < p.budget
    order by p.promotion_id
  loop
    v_bonus := round(entry.points_change * v_promotion.multiplier) - entry.points_change;
    continue when v_bonus = 0;
    update loyalty.promotion as p
    set points_awarded = p.points_awarded + v_bonus::bigint, slips_awarded = p.slips_awarded + 1
    where p.casino_id = identity._casino()
      and p.promotion_id = v_promotion.promotion_id
      and p.points_awarded + v_bonus <= p.budget
      and (p.ended_at is null or p.ended_at > slip.closed_at);
    continue when not found;

    v_entry_no := ((
      loyalty._post_entry(
        actor, slip.player_id, v_bonus::bigint, v_bonus::bigint,
        'PROMOTION', 'RATING_SLIP_COMPLETED', 'promotion', v_promotion.name, slip.closed_by,
        format('pit:promotion:%s:%s', v_promotion.promotion_id, slip.rating_slip_id),
        ops._fingerprint(jsonb_build_array(
          'award_promotion', v_promotion.promotion_id, slip.rating_slip_id
        )),
        slip.closed_at, slip.rating_slip_id, slip.visit_id,
        correlation_id => _award_promotions.correlation_id
      )
    ).ledger_entry).entry_no;
    insert into loyalty.promotion_award (
      casino_id, promotion_id, rating_slip_id, player_id, entry_no, points
    )
    values (
      actor.casino_id, v_promotion.promotion_id, slip.rating_slip_id, slip.player_id, v_entry_no,
      v_bonus::bigint
    );
  end loop;
end
$$;

alter function loyalty._award_promotions(
  identity.actor, floor.slip_telemetry, loyalty.loyalty_ledger, text
) owner to loyalty_service;
revoke all on function loyalty._award_promotions(
  identity.actor, floor.slip_telemetry, loyalty.loyalty_ledger, text
) from public;

comment on function loyalty._award_promotions(
  identity.actor, floor.slip_telemetry, loyalty.loyalty_ledger, text
) is
  'Posts the PROMOTION entries of a slip whose GAMEPLAY entry was just written, at most one for '
  'each campaign whose window, scope and budget it fits.';
