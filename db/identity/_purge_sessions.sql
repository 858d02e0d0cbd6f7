-- Removes sessions and tickets that ended long ago, some at a time: they open nothing any more,
-- and a casino's jobs alone leave two thousand tickets a day. Nothing refers to them; who did what
-- is in the records themselves and in the audit log.

create or replace function identity._purge_sessions(at timestamptz, most integer)
returns integer
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_purged integer;
begin
  delete from identity.session as s
  using (
    select o.session_id
    from identity.session as o
    join identity.casino as c on c.casino_id = o.casino_id
    where o.casino_id = identity._casino()
      and least(o.revoked_at, o.expires_at, o.last_seen_at + o.idle_timeout)
        < at - c.session_retention
    order by o.session_id
    limit most
  ) as ended
  where s.casino_id = identity._casino() and s.session_id = ended.session_id;
  get diagnostics v_purged = row_count;
  return v_purged;
end
$$;

alter function identity._purge_sessions(timestamptz, integer) owner to identity_service;
revoke all on function identity._purge_sessions(timestamptz, integer) from public;
grant execute on function identity._purge_sessions(timestamptz, integer) to ops_service;

comment on function identity._purge_sessions(timestamptz, integer) is
  'Removes up to so many sessions of the running casino that ended longer ago than '
  'casino.session_retention; gives their number.';
