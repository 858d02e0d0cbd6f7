-- Writes a campaign down as a draft: what it promises, to whom, when and up to what budget. It
-- gives nothing until somebody else publishes it, and what it says never changes: another campaign
-- is another draft.

create or replace function loyalty.create_promotion(
  name text,
  starts_at timestamptz,
  ends_at timestamptz,
  multiplier numeric,
  budget bigint,
  idempotency_key text,
  game_codes text[] default null,
  table_ids uuid[] default null,
  tiers text[] default null
) returns loyalty.promotion_result
language plpgsql
volatile
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_actor identity.actor := identity._enter('loyalty:configure');
  v_key text := identity._check_key(create_promotion.idempotency_key);
  v_locked boolean := ops._lock(v_actor.casino_id, 'promotion:' || v_key);
  v_fingerprint bytea := ops._fingerprint(jsonb_build_array(
    'create_promotion', create_promotion.name, extract(epoch from create_promotion.starts_at),
    extract(epoch from create_promotion.ends_at), trim_scale(create_promotion.multiplier),
    create_promotion.budget, create_promotion.game_codes, create_promotion.table_ids,
    create_promotion.tiers
  ));
  v_promotion loyalty.promotion;
begin
  select p.* into v_promotion
  from loyalty.promotion as p
  where p.casino_id = identity._casino() and p.idempotency_key = v_key;
  if found then
    if v_promotion.request_fingerprint <> v_fingerprint then
      perform ops._refuse('LYIDM');
    end if;
    return row(v_promotion, true);
  end if;

  perform loyalty._check_promotion(
    create_promotion.name, create_promotion.starts_at, create_promotion.ends_at,
    create_promotion.multiplier, create_promotion.budget, create_promotion.game_codes,
    create_promotion.table_ids, create_promotion.tiers
  );
  insert into loyalty.promotion (
    casino_id, name, starts_at, ends_at, multiplier, budget, game_codes, table_ids, tiers,
    created_by, correlation_id, idempotency_key, request_fingerprint
  )
  values (
    v_actor.casino_id, btrim(create_promotion.name, E' \t\r\n'), create_promotion.starts_at,
    create_promotion.ends_at, create_promotion.multiplier, create_promotion.budget,
    create_promotion.game_codes, create_promotion.table_ids, create_promotion.tiers,
    v_actor.staff_id, v_actor.correlation_id, v_key, v_fingerprint
  )
  returning * into v_promotion;
  perform ops._log(
    v_actor, 'campaign drafted',
    details => jsonb_build_object('promotion_id', v_promotion.promotion_id)
  );
  return row(v_promotion, false);
end
$$;

alter function loyalty.create_promotion(
  text, timestamptz, timestamptz, numeric, bigint, text, text[], uuid[], text[]
) owner to loyalty_service;
revoke all on function loyalty.create_promotion(
  text, timestamptz, timestamptz, numeric, bigint, text, text[], uuid[], text[]
) from public;
grant execute on function loyalty.create_promotion(
  text, timestamptz, timestamptz, numeric, bigint, text, text[], uuid[], text[]
) to pit_staff;

comment on function loyalty.create_promotion(
  text, timestamptz, timestamptz, numeric, bigint, text, text[], uuid[], text[]
) is
  'Drafts a campaign: slips that close from starts_at until before ends_at earn, beside their '
  'points, round(points x multiplier) - points, as long as the budget holds; for these games, '
  'tables and tiers, or all where null. Capability loyalty:configure. Errors: IDUNA, IDFRB, '
  'IDKEY, LYIDM, LYPIN.';
