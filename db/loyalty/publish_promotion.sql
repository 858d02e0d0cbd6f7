-- The second person of a campaign: from here on it gives points while its window is open. Whoever
-- wrote it can't be the one.

create or replace function loyalty.publish_promotion(promotion_id uuid)
returns loyalty.promotion_result
language plpgsql
volatile
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_actor identity.actor := identity._enter('loyalty:configure');
  v_promotion loyalty.promotion;
begin
  select p.* into v_promotion
  from loyalty.promotion as p
  where p.casino_id = identity._casino()
    and p.promotion_id = publish_promotion.promotion_id
  for no key update;
  if not found then
    perform ops._refuse('LYPNF');
  elsif v_promotion.created_by = v_actor.staff_id then
    perform ops._refuse('LYSLF');
  elsif v_promotion.ended_at is not null then
    perform ops._refuse('LYDEC', array[loyalty.promotion_state(v_promotion)]);
  elsif v_promotion.published_at is not null then
    return row(v_promotion, true);
  end if;

  update loyalty.promotion as p
  set published_by = v_actor.staff_id, published_at = now()
  where p.casino_id = identity._casino()
    and p.promotion_id = publish_promotion.promotion_id
  returning * into v_promotion;
  perform ops._log(
    v_actor, 'campaign published',
    details => jsonb_build_object('promotion_id', v_promotion.promotion_id)
  );
  return row(v_promotion, false);
end
$$;

alter function loyalty.publish_promotion(uuid) owner to loyalty_service;
revoke all on function loyalty.publish_promotion(uuid) from public;
grant execute on function loyalty.publish_promotion(uuid) to pit_staff;

comment on function loyalty.publish_promotion(uuid) is
  'Puts a drafted campaign in force. Capability loyalty:configure, and another person than its '
  'author. Errors: IDUNA, IDFRB, LYPNF, LYSLF, LYDEC.';
