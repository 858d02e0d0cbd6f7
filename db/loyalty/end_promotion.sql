-- Stops a campaign before its time, or discards a draft. Stopping needs one person: it only ever
-- gives less. Slips that close from now on get nothing from it; what it gave stays.

create or replace function loyalty.end_promotion(promotion_id uuid, reason text)
returns loyalty.promotion_result
language plpgsql
volatile
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_actor identity.actor := identity._enter('loyalty:configure');
  v_reason text := btrim(end_promotion.reason, E' \t\r\n');
  v_promotion loyalty.promotion;
begin
  select p.* into v_promotion
  from loyalty.promotion as p
  where p.casino_id = identity._casino()
    and p.promotion_id = end_promotion.promotion_id
  for no key update;
  if not found then
    perform ops._refuse('LYPNF');
  elsif v_promotion.ended_at is not null then
    return row(v_promotion, true);
  elsif coalesce(v_reason, '') = '' then
    perform ops._refuse('LYRSN', array['1']);
  end if;

  update loyalty.promotion as p
  set ended_by = v_actor.staff_id, ended_at = now(), end_reason = v_reason
  where p.casino_id = identity._casino()
    and p.promotion_id = end_promotion.promotion_id
  returning * into v_promotion;
  perform ops._log(
    v_actor, 'campaign ended',
    details => jsonb_build_object('promotion_id', v_promotion.promotion_id)
  );
  return row(v_promotion, false);
end
$$;

alter function loyalty.end_promotion(uuid, text) owner to loyalty_service;
revoke all on function loyalty.end_promotion(uuid, text) from public;
grant execute on function loyalty.end_promotion(uuid, text) to pit_staff;

comment on function loyalty.end_promotion(uuid, text) is
  'Stops a campaign now, or discards a draft. Capability loyalty:configure. Errors: IDUNA, IDFRB, '
  'LYPNF, LYRSN.';
