-- Whether the signed-in person is the second one who may put drafted rules in force; a field of the
-- draft, so that nobody is offered what publish_draft refuses.

create or replace function loyalty.loyalty_draft_publishable(draft loyalty.loyalty_draft)
returns boolean
language sql
stable
return draft.status = 'open'
  and (draft.effective_from is null or draft.effective_from > now())
  and not exists (
    select
    from loyalty.loyalty_policy as p
    where draft.policy is not null
      and p.casino_id = draft.casino_id
      and p.effective_from = draft.effective_from
  )
  and not exists (
    select
    from loyalty.loyalty_tier as t
    where draft.tiers is not null
      and t.casino_id = draft.casino_id
      and t.effective_from = draft.effective_from
  )
  and identity.session_may('loyalty:configure')
  and draft.drafted_by <> (select m.staff_id from identity.me() as m);

alter function loyalty.loyalty_draft_publishable(loyalty.loyalty_draft) owner to loyalty_service;
revoke all on function loyalty.loyalty_draft_publishable(loyalty.loyalty_draft) from public;
grant execute on function loyalty.loyalty_draft_publishable(loyalty.loyalty_draft) to pit_staff;

comment on function loyalty.loyalty_draft_publishable(loyalty.loyalty_draft) is
  'Open, with its moment still to come and not taken by other rules, and the signed-in person may '
  'publish it: with loyalty:configure, and not its author.';
