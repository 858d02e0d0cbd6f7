-- The job behind planned versions: when one has begun, the copy for the write path is renewed and
-- everybody's tier moved. An award that was under way at that moment may still have used the tiers
-- before, so standings are set once more when ten minutes have passed.

create or replace function loyalty.renew_terms_job(ticket text) returns integer
language plpgsql
volatile
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_actor identity.actor := identity._enter_job('loyalty/renew_terms', ticket);
  v_terms loyalty.terms_in_force;
begin
  select t.* into v_terms
  from loyalty.terms_in_force as t
  where t.casino_id = v_actor.casino_id;
  if v_terms.valid_until <= now() then
    perform loyalty._copy_terms();
  end if;
  if exists (
    select
    from loyalty.loyalty_tier as t
    where t.casino_id = identity._casino()
      and t.effective_from <= now()
      and t.effective_from + interval '10 minutes' > v_terms.standings_as_of
  ) then
    return loyalty._move_standings();
  end if;
  return 0;
end
$$;

alter function loyalty.renew_terms_job(text) owner to loyalty_service;
revoke all on function loyalty.renew_terms_job(text) from public;
grant execute on function loyalty.renew_terms_job(text) to pit_worker;

comment on function loyalty.renew_terms_job(text) is
  'For the task loyalty/renew_terms: puts a planned version of policy or tiers into effect and '
  'gives the number of players whose tier moved. Error: OPTKT.';
