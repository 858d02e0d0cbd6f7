-- Does the ledger still fit what was sealed? Recomputes every seal and compares the entries that
-- the seals commit to; with a file of seals that was kept elsewhere also against that, which is
-- what nobody who can change everything in here can change.

create or replace function ops._verify_seals(file jsonb default null)
returns ops.seal_verification
language plpgsql
stable
set search_path = ''
as $$
declare
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
  from ops._seal_problems(_verify_seals.file)
    with ordinality as p (gaming_day, player_id, entry_no, problem, detail, place);
  v_result.intact := v_result.problems_found = 0;
  v_result.seals := (
    select count(*) from ops.ledger_seal as s where s.casino_id = identity._casino()
  );
  return v_result;
end
$$;

alter function ops._verify_seals(jsonb) owner to ops_service;
revoke all on function ops._verify_seals(jsonb) from public;

comment on function ops._verify_seals(jsonb) is
  'What ops.verify_seals gives, for the running call''s casino.';
