-- Whether the signed-in person may take drafted rules back or decline them, which their author may
-- too; a field of the draft.

create function loyalty.loyalty_draft_withdrawable(draft loyalty.loyalty_draft) returns boolean
language sql
stable
return draft.status = 'open' and identity.session_may('loyalty:configure');

alter function loyalty.loyalty_draft_withdrawable(loyalty.loyalty_draft) owner to loyalty_service;
revoke all on function loyalty.loyalty_draft_withdrawable(loyalty.loyalty_draft) from public;
grant execute on function loyalty.loyalty_draft_withdrawable(loyalty.loyalty_draft) to pit_staff;

comment on function loyalty.loyalty_draft_withdrawable(loyalty.loyalty_draft) is
  'Open, and the signed-in person may withdraw it: with loyalty:configure, its author too.';
