-- What a reward of so many points would be, told while the figure is typed: given at once, asked of
-- a second person, or too many. The command decides again, by the same terms, and also by pace,
-- days and player.

create or replace function loyalty.reward_standing(points bigint) returns text
language plpgsql
stable
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_actor identity.actor := identity._enter('loyalty:award');
  v_terms loyalty.terms_in_force := loyalty._terms(now());
begin
  return case
    when reward_standing.points is null or reward_standing.points < 1 then null
    when reward_standing.points > v_terms.reward_limit then 'above_limit'
    when reward_standing.points >= v_terms.approval_threshold then 'requested'
    else 'given'
  end;
end
$$;

alter function loyalty.reward_standing(bigint) owner to loyalty_service;
revoke all on function loyalty.reward_standing(bigint) from public;
grant execute on function loyalty.reward_standing(bigint) to pit_staff;

comment on function loyalty.reward_standing(bigint) is
  'given, requested (from the approval threshold on) or above_limit; null below 1 point. '
  'Capability loyalty:award. Errors: IDUNA, IDFRB, LYPOL.';
