-- A draft that shall not come: its author takes it back, or somebody else declines it, and says
-- why.

create or replace function loyalty.withdraw_draft(loyalty_draft_id uuid, reason text)
returns loyalty.draft_result
language plpgsql
volatile
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_actor identity.actor := identity._enter('loyalty:configure');
  v_draft loyalty.loyalty_draft := loyalty._lock_draft(withdraw_draft.loyalty_draft_id);
  v_reason text := nullif(btrim(withdraw_draft.reason, E' \t\r\n'), '');
begin
  if v_draft.status = 'withdrawn'
    and v_draft.decided_by = v_actor.staff_id
    and v_draft.decision_reason = v_reason
  then
    return row(v_draft, true);
  elsif v_draft.status <> 'open' then
    perform ops._refuse('LYDEC', array[v_draft.status]);
  elsif v_reason is null then
    perform ops._refuse('LYRSN', array['1']);
  end if;
  perform ops._log(
    v_actor, 'rules withdrawn',
    details => jsonb_build_object('loyalty_draft_id', v_draft.loyalty_draft_id)
  );
  return row(
    loyalty._decide_draft(
      v_actor, withdraw_draft.loyalty_draft_id, 'withdrawn', v_reason
    ),
    false
  );
end
$$;

alter function loyalty.withdraw_draft(uuid, text) owner to loyalty_service;
revoke all on function loyalty.withdraw_draft(uuid, text) from public;
grant execute on function loyalty.withdraw_draft(uuid, text) to pit_staff;

comment on function loyalty.withdraw_draft(uuid, text) is
  'Withdraws a draft, one''s own or somebody else''s, with a reason. Capability loyalty:configure. '
  'Errors: IDUNA, IDFRB, LYDFT, LYDEC, LYRSN.';
