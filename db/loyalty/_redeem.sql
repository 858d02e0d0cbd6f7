-- The rules of a redemption, for a person and for a floor system's feed. Lifetime points stay as
-- they are: spending never costs a tier. What is paid in currency goes into the cash log in the
-- same transaction, under the same key: points and cash move both or neither.

create or replace function loyalty._redeem(
  actor identity.actor,
  player_id uuid,
  points bigint,
  reason text,
  idempotency_key text,
  cash_amount numeric,
  occurred_at timestamptz
) returns loyalty.ledger_result
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_at timestamptz := coalesce(_redeem.occurred_at, now());
  v_fingerprint bytea := ops._fingerprint(jsonb_build_array(
    'redeem', _redeem.player_id, points, _redeem.reason, trim_scale(cash_amount)
  ));
  v_result loyalty.ledger_result;
begin
  v_result := loyalty._claim_key(actor, _redeem.idempotency_key, v_fingerprint);
  if v_result.replayed then
    return v_result;
  end if;

  perform
  from loyalty.player_loyalty as p
  where p.casino_id = actor.casino_id and p.player_id = _redeem.player_id;
  if not found then
    perform ops._refuse('RSPLR');
  end if;
  if points is null or points < 1 then
    perform ops._refuse('LYPTS');
  end if;

  v_result := loyalty._post_entry(
    actor, _redeem.player_id, -points, 0,
    'REDEMPTION', 'POINTS_REDEEMED', 'manual', nullif(btrim(_redeem.reason), ''),
    actor.staff_id, _redeem.idempotency_key, v_fingerprint, v_at
  );
  if cash_amount is not null then
    perform compliance._record_redemption_cash(
      actor, _redeem.player_id, cash_amount, _redeem.idempotency_key, v_at
    );
  end if;
  return v_result;
end
$$;

alter function loyalty._redeem(
  identity.actor, uuid, bigint, text, text, numeric, timestamptz
) owner to loyalty_service;
revoke all on function loyalty._redeem(
  identity.actor, uuid, bigint, text, text, numeric, timestamptz
) from public;
grant execute on function loyalty._redeem(
  identity.actor, uuid, bigint, text, text, numeric, timestamptz
) to ops_service;

comment on function loyalty._redeem(
  identity.actor, uuid, bigint, text, text, numeric, timestamptz
) is
  'Checks and posts a redemption, and records the currency paid for it. Checked in this order: '
  'key, player, points, balance, amount.';
