-- The rules of a reversal, for a person and for a floor system's feed. Reversing takes back from
-- the lifetime points what the entry had added to them, so it can cost a tier. Currency that was
-- paid for a redemption is offset in the cash log in the same transaction.

create or replace function loyalty._reverse_entry(
  actor identity.actor,
  player_id uuid,
  entry_no bigint,
  reason text,
  idempotency_key text,
  occurred_at timestamptz
) returns loyalty.ledger_result
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_at timestamptz := coalesce(_reverse_entry.occurred_at, now());
  v_fingerprint bytea := ops._fingerprint(jsonb_build_array(
    'reverse_entry', _reverse_entry.player_id, _reverse_entry.entry_no, _reverse_entry.reason
  ));
  v_reason text := nullif(btrim(_reverse_entry.reason, E' \t\r\n'), '');
  v_result loyalty.ledger_result;
  v_reversed loyalty.loyalty_ledger;
begin
  v_result := loyalty._claim_key(actor, _reverse_entry.idempotency_key, v_fingerprint);
  if v_result.replayed then
    return v_result;
  end if;

  perform
  from loyalty.player_loyalty as p
  where p.casino_id = actor.casino_id and p.player_id = _reverse_entry.player_id
  for no key update;
  if not found then
    perform ops._refuse('RSPLR');
  end if;

  select * into v_reversed
  from loyalty.loyalty_ledger as l
  where l.casino_id = actor.casino_id
    and l.player_id = _reverse_entry.player_id
    and l.entry_no = _reverse_entry.entry_no;
  if not found then
    perform ops._refuse('LYENT');
  end if;
  if v_reversed.transaction_type = 'REVERSAL' or exists (
    select
    from loyalty.loyalty_ledger as l
    where l.casino_id = actor.casino_id
      and l.player_id = _reverse_entry.player_id
      and l.reverses_entry_no = _reverse_entry.entry_no
  ) then
    perform ops._refuse('LYREV');
  end if;
  if v_reason is null and actor.ingesting is not true then
    perform ops._refuse('LYRSN', array['1']);
  end if;

  v_result := loyalty._post_entry(
    actor, _reverse_entry.player_id, -v_reversed.points_change,
    -greatest(v_reversed.points_change, 0),
    'REVERSAL', 'ENTRY_REVERSED', 'manual', v_reason, actor.staff_id,
    _reverse_entry.idempotency_key, v_fingerprint, v_at,
    v_reversed.rating_slip_id, v_reversed.visit_id, v_reversed.entry_no
  );
  if v_reversed.transaction_type = 'REDEMPTION' then
    perform compliance._offset_redemption_cash(
      actor, v_reversed.idempotency_key, v_reason, _reverse_entry.idempotency_key
    );
  end if;
  return v_result;
end
$$;

alter function loyalty._reverse_entry(
  identity.actor, uuid, bigint, text, text, timestamptz
) owner to loyalty_service;
revoke all on function loyalty._reverse_entry(
  identity.actor, uuid, bigint, text, text, timestamptz
) from public;
grant execute on function loyalty._reverse_entry(
  identity.actor, uuid, bigint, text, text, timestamptz
) to ops_service;

comment on function loyalty._reverse_entry(
  identity.actor, uuid, bigint, text, text, timestamptz
) is
  'Checks and posts a reversal, under the player''s row lock, and offsets the currency paid for a '
  'redemption. Checked in this order: key, player, entry, not reversed and no reversal, reason '
  '(not of a feed), balance.';
