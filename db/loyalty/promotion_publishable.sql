-- Whether the signed-in person is the second one who may put a drafted campaign in force; a field
-- of it, so that nobody is offered what publish_promotion refuses.

create function loyalty.promotion_publishable(promotion loyalty.promotion) returns boolean
language sql
stable
return promotion.published_at is null
  and promotion.ended_at is null
  and identity.session_may('loyalty:configure')
  and promotion.created_by <> (select m.staff_id from identity.me() as m);

alter function loyalty.promotion_publishable(loyalty.promotion) owner to loyalty_service;
revoke all on function loyalty.promotion_publishable(loyalty.promotion) from public;
grant execute on function loyalty.promotion_publishable(loyalty.promotion) to pit_staff;

comment on function loyalty.promotion_publishable(loyalty.promotion) is
  'A draft that the signed-in person may publish: with loyalty:configure, and not its author.';
