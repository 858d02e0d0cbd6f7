-- The second person publishes what the first drafted: it becomes a version of the policy, the tiers
-- or both, never changed again. One decision on the rules of a casino at a time; who had to wait
-- for another's would be dated before it, and never hold.

create or replace function loyalty.publish_draft(loyalty_draft_id uuid)
returns loyalty.draft_result
language plpgsql
volatile
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_actor identity.actor := identity._enter('loyalty:configure');
  v_locked boolean := ops._lock(v_actor.casino_id, 'pit:rules');
  v_draft loyalty.loyalty_draft := loyalty._lock_draft(publish_draft.loyalty_draft_id);
begin
  if v_draft.drafted_by = v_actor.staff_id then
    perform ops._refuse('LYSLF');
  elsif v_draft.status = 'published' and v_draft.decided_by = v_actor.staff_id then
    return row(v_draft, true);
  elsif v_draft.status <> 'open' then
    perform ops._refuse('LYDEC', array[v_draft.status]);
  elsif v_draft.effective_from is null and loyalty._rules_began_since(now()) then
    perform ops._refuse('LYVER', array[
      'others were put in force at this moment; publish it again'
    ]);
  end if;
  perform loyalty._check_draft(v_draft);
  perform loyalty._put_in_force(v_draft);
  if v_draft.tiers is not null and v_draft.effective_from is null then
    perform loyalty._move_standings();
  end if;
  perform ops._log(
    v_actor, 'rules published',
    details => jsonb_build_object('loyalty_draft_id', v_draft.loyalty_draft_id)
  );
  return row(
    loyalty._decide_draft(v_actor, publish_draft.loyalty_draft_id, 'published'), false
  );
end
$$;

alter function loyalty.publish_draft(uuid) owner to loyalty_service;
revoke all on function loyalty.publish_draft(uuid) from public;
grant execute on function loyalty.publish_draft(uuid) to pit_staff;

comment on function loyalty.publish_draft(uuid) is
  'Puts somebody else''s draft in force, from its moment on or now. Publishing it again gives the '
  'first result. Capability loyalty:configure. Errors: IDUNA, IDFRB, LYDFT, LYSLF, LYDEC, LYVER.';
