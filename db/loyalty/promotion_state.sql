-- Where a campaign stands, in one word, as a field of it. Worked out and not stored: time alone
-- moves a campaign from one state to the next.

create or replace function loyalty.promotion_state(promotion loyalty.promotion) returns text
language sql
stable
return case
  when promotion.published_at is null and promotion.ended_at is not null then 'discarded'
  when promotion.published_at is null then 'draft'
  when promotion.ended_at is not null then 'ended'
  when promotion.points_awarded = promotion.budget then 'used_up'
  when promotion.ends_at <= now() then 'over'
  when promotion.starts_at > now() then 'scheduled'
  else 'running'
end;

alter function loyalty.promotion_state(loyalty.promotion) owner to loyalty_service;
revoke all on function loyalty.promotion_state(loyalty.promotion) from public;
grant execute on function loyalty.promotion_state(loyalty.promotion) to pit_staff;

comment on function loyalty.promotion_state(loyalty.promotion) is
  'draft, discarded, scheduled, running, used_up, over, or ended by a person.';
