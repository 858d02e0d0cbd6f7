-- Whoever looks at a person's data from a login of their own says why. The words go into the audit
-- log beside the look.

create or replace function ops._check_purpose(purpose text) returns text
language plpgsql
immutable
set search_path = ''
as $$
declare
  v_purpose text := btrim(purpose, E' \t\r\n');
begin
  if v_purpose is null or length(v_purpose) < 10 then
    perform ops._refuse('IDPUR', array['10']);
  end if;
  return v_purpose;
end
$$;

alter function ops._check_purpose(text) owner to ops_service;
revoke all on function ops._check_purpose(text) from public;
grant execute on function ops._check_purpose(text) to floor_service, compliance_service;

comment on function ops._check_purpose(text) is
  'The stated purpose, trimmed. Error: IDPUR when it has fewer than 10 characters.';
