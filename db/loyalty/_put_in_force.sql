-- Makes versions of what a draft says, in force from its moment on; the first version of a casino
-- is in force from -infinity. Everybody's tier is another step: loyalty._move_standings.

create or replace function loyalty._put_in_force(draft loyalty.loyalty_draft) returns void
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_from timestamptz := coalesce(draft.effective_from, now());
begin
  if draft.policy is not null then
    perform loyalty._add_policy(
      draft.policy,
      case
        when exists (
          select
          from loyalty.loyalty_policy as p
          where p.casino_id = identity._casino() and p.effective_from is not null
        ) then v_from
        else '-infinity'
      end,
      draft.loyalty_draft_id
    );
  end if;
  if draft.tiers is not null then
    perform loyalty._add_tiers(
      draft.tiers,
      case
        when exists (
          select from loyalty.loyalty_tier as t where t.casino_id = identity._casino()
        ) then v_from
        else '-infinity'
      end,
      draft.loyalty_draft_id
    );
  end if;
end
$$;

alter function loyalty._put_in_force(loyalty.loyalty_draft) owner to loyalty_service;
revoke all on function loyalty._put_in_force(loyalty.loyalty_draft) from public;

comment on function loyalty._put_in_force(loyalty.loyalty_draft) is
  'Adds the versions of policy and tiers that a draft holds.';
