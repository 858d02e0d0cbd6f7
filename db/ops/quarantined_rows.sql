-- The quarantine of an import, for the people who correct it: row by row or by what an
-- enrolment settles.

create or replace function ops.quarantined_rows(import_batch_id uuid)
returns setof ops.quarantined_row
language plpgsql
stable
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_actor identity.actor := identity._enter('import:run');
begin
  perform identity._refuse_sender(v_actor);
  return query select q.* from ops._quarantined_rows(import_batch_id) as q;
end
$$;

alter function ops.quarantined_rows(uuid) owner to ops_service;
revoke all on function ops.quarantined_rows(uuid) from public;
grant execute on function ops.quarantined_rows(uuid) to pit_staff;

comment on function ops.quarantined_rows(uuid) is
  'Rows of an import that wait for a correction, by their legacy ids. Capability import:run. '
  'Errors: IDUNA, IDFRB.';
