-- The seals as a file to be kept elsewhere, for whoever audits, with a session or a login of their
-- own; the command line asks ops._export_seals the same.

create or replace function ops.export_seals(
  first_day date default null,
  last_day date default null,
  with_players boolean default false
) returns json
language plpgsql
stable
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_actor identity.actor := identity._enter_reader('audit:view');
begin
  return ops._export_seals(first_day, last_day, with_players);
end
$$;

alter function ops.export_seals(date, date, boolean) owner to ops_service;
revoke all on function ops.export_seals(date, date, boolean) from public;
grant execute on function ops.export_seals(date, date, boolean) to pit_staff, pit_auditor;

comment on function ops.export_seals(date, date, boolean) is
  'The seals of these gaming days (default: all) as ops.verify_seals reads them; with_players adds '
  'each seal''s new entries by number and hash. Capability audit:view, or an auditor''s login. '
  'Errors: IDUNA, IDFRB.';
