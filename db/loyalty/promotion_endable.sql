-- Whether the signed-in person may stop a campaign, or discard its draft; a field of it. One that
-- is over or has used its budget up gives nothing any more, so there is nothing to stop.

create function loyalty.promotion_endable(promotion loyalty.promotion) returns boolean
language sql
stable
return loyalty.promotion_state(promotion) in ('draft', 'scheduled', 'running')
  and identity.session_may('loyalty:configure');

alter function loyalty.promotion_endable(loyalty.promotion) owner to loyalty_service;
revoke all on function loyalty.promotion_endable(loyalty.promotion) from public;
grant execute on function loyalty.promotion_endable(loyalty.promotion) to pit_staff;

comment on function loyalty.promotion_endable(loyalty.promotion) is
  'Gives points or may come to, and the signed-in person may end it: with loyalty:configure.';
