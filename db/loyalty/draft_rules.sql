-- Somebody writes down how the rules should be: parameters of the policy, the tiers, or both.
-- Nothing changes by that; another person publishes it. Of the policy only what shall differ is
-- given, and the draft keeps all parameters, so that it says the same when the rules in force
-- change meanwhile.

create or replace function loyalty.draft_rules(
  note text,
  idempotency_key text,
  policy jsonb default null,
  tiers jsonb default null,
  effective_from timestamptz default null
) returns loyalty.draft_result
language plpgsql
volatile
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_actor identity.actor := identity._enter('loyalty:configure');
  v_key text := identity._check_key(draft_rules.idempotency_key);
  v_locked boolean := ops._lock(v_actor.casino_id, 'pit:draft:' || v_key);
  v_note text := nullif(btrim(draft_rules.note, E' \t\r\n'), '');
  v_fingerprint bytea := ops._fingerprint(jsonb_build_array(
    'draft_rules', draft_rules.note, draft_rules.policy, draft_rules.tiers,
    draft_rules.effective_from
  ));
  v_draft loyalty.loyalty_draft;
begin
  select d.* into v_draft
  from loyalty.loyalty_draft as d
  where d.casino_id = identity._casino() and d.idempotency_key = v_key;
  if v_draft.request_fingerprint <> v_fingerprint then
    perform ops._refuse('LYIDM');
  elsif found then
    return row(v_draft, true);
  end if;

  if v_note is null then
    perform ops._refuse('LYRSN', array['1']);
  elsif draft_rules.policy is null and draft_rules.tiers is null then
    perform ops._refuse('LYVER', array['they change neither the policy nor the tiers']);
  end if;
  insert into loyalty.loyalty_draft as d (
    casino_id, policy, tiers, effective_from, note, drafted_by, correlation_id,
    idempotency_key, request_fingerprint
  )
  values (
    v_actor.casino_id,
    loyalty._drafted_policy(draft_rules.policy, coalesce(draft_rules.effective_from, now())),
    loyalty._drafted_tiers(draft_rules.tiers),
    draft_rules.effective_from, v_note, v_actor.staff_id, v_actor.correlation_id, v_key,
    v_fingerprint
  )
  returning d.* into v_draft;
  perform loyalty._check_draft(v_draft);
  perform ops._log(
    v_actor, 'rules drafted',
    details => jsonb_build_object('loyalty_draft_id', v_draft.loyalty_draft_id)
  );
  return row(v_draft, false);
end
$$;

alter function loyalty.draft_rules(text, text, jsonb, jsonb, timestamptz)
owner to loyalty_service;
revoke all on function loyalty.draft_rules(text, text, jsonb, jsonb, timestamptz) from public;
grant execute on function loyalty.draft_rules(text, text, jsonb, jsonb, timestamptz)
to pit_staff;

comment on function loyalty.draft_rules(text, text, jsonb, jsonb, timestamptz) is
  'Drafts rules for another person to publish. policy: an object with the parameters of '
  'loyalty_policy that shall differ from those in force, null for no limit; tiers: a list of tier, '
  'threshold_points and multiplier; effective_from: null for the moment of publishing. Capability '
  'loyalty:configure. Errors: IDUNA, IDFRB, IDKEY, LYIDM, LYRSN, LYVER.';
