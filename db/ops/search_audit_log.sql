-- Searches the audit log, newest first, at most 100 lines at a time; the next ones come after the
-- last line that was seen. Each criterion has its index, so the plan is made for the criteria that
-- are given.

create or replace function ops.search_audit_log(
  correlation_id text default null,
  person_id uuid default null,
  player_id uuid default null,
  action text default null,
  since timestamptz default null,
  until timestamptz default null,
  before uuid default null
) returns setof ops.audit_entry
language plpgsql
stable
security definer
set search_path = ''
set pit.casino = ''
set plan_cache_mode = force_custom_plan
as $$
declare
  v_actor identity.actor := identity._enter_reader('audit:view');
begin
  return query
  select
    a.audit_log_id, a.created_at, a.action, a.staff_id,
    coalesce(identity._display_name(a.staff_id), a.login_name::text), a.login_name::text,
    a.subject_staff_id, identity._display_name(a.subject_staff_id), a.player_id, a.session_id,
    a.details ->> 'operation', a.details ->> 'code', a.details, a.correlation_id
  from ops.audit_log as a
  where a.casino_id = identity._casino()
    and (
      search_audit_log.correlation_id is null
      or a.correlation_id = search_audit_log.correlation_id
    )
    and (
      search_audit_log.person_id is null
      or a.staff_id = search_audit_log.person_id
      or a.subject_staff_id = search_audit_log.person_id
    )
    and (search_audit_log.player_id is null or a.player_id = search_audit_log.player_id)
    and (search_audit_log.action is null or a.action = search_audit_log.action)
    and (since is null or a.created_at >= since)
    and (until is null or a.created_at < until)
    and (
      before is null
      or (a.created_at, a.audit_log_id) < (
        select b.created_at, b.audit_log_id
        from ops.audit_log as b
        where b.casino_id = identity._casino() and b.audit_log_id = before
      )
    )
  order by a.created_at desc, a.audit_log_id desc
  limit 100;
end
$$;

alter function ops.search_audit_log(
  text, uuid, uuid, text, timestamptz, timestamptz, uuid
) owner to ops_service;
revoke all on function ops.search_audit_log(
  text, uuid, uuid, text, timestamptz, timestamptz, uuid
) from public;
grant execute on function ops.search_audit_log(
  text, uuid, uuid, text, timestamptz, timestamptz, uuid
) to pit_staff, pit_auditor;

comment on function ops.search_audit_log(
  text, uuid, uuid, text, timestamptz, timestamptz, uuid
) is
  'Lines of the audit log, newest first, at most 100: of a request, by or about a member of staff, '
  'about a player, of an action, from a time until before another, and older than the line '
  'before. Capability audit:view, or an auditor''s login. Errors: IDUNA, IDFRB.';
