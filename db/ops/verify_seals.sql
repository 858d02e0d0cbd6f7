-- Does the ledger still fit what was sealed? Recomputes every seal and compares the entries that
-- the seals commit to; with a file of seals that was kept elsewhere also against that, which is
-- what nobody who can change everything in here can change.

create or replace function ops.verify_seals(file jsonb default null)
returns ops.seal_verification
language plpgsql
stable
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_actor identity.actor := identity._enter_reader('audit:view');
  v_result ops.seal_verification;
begin
  select
    count(*),
    coalesce(
      array_agg(
        row(p.gaming_day, p.player_id, p.entry_no, p.problem, p.detail)::ops.seal_problem
        order by p.place
      ) filter (where p.place <= 1000),
      '{}'
    )
  into v_result.problems_found, v_result.problems
  from ops._seal_problems(verify_seals.file)
    with ordinality as p (gaming_day, player_id, entry_no, problem, detail, place);
  v_result.intact := v_result.problems_found = 0;
  v_result.seals := (
    select count(*) from ops.ledger_seal as s where s.casino_id = v_actor.casino_id
  );
  return v_result;
end
$$;

alter function ops.verify_seals(jsonb) owner to ops_service;
revoke all on function ops.verify_seals(jsonb) from public;
grant execute on function ops.verify_seals(jsonb) to pit_staff, pit_auditor;

comment on function ops.verify_seals(jsonb) is
  'Compares the ledger with the seals, and with a file of seals kept elsewhere. Capability '
  'audit:view, or an auditor''s login. Errors: IDUNA, IDFRB, OPSFL.';
