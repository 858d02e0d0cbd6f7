-- The filing data in force, without the bookkeeping of their versions: what a report says of the
-- casino.

create or replace function compliance._filer() returns jsonb
language sql
stable
set search_path = ''
return (
  select to_jsonb(f) - array['casino_id', 'version', 'staff_id', 'correlation_id', 'created_at']
  from compliance.filer as f
  where f.casino_id = identity._casino()
  order by f.version desc
  limit 1
);

alter function compliance._filer() owner to compliance_service;
revoke all on function compliance._filer() from public;

comment on function compliance._filer() is
  'The casino''s filing data, for its reports; null when there are none.';
