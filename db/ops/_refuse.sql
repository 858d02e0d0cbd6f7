-- The only way an error is raised on purpose. Takes the code from the registry, so that code,
-- sentence and hint can't drift apart between the places that refuse the same thing.

create or replace function ops._refuse(
  refusal text,
  particulars text[] default '{}',
  details jsonb default null
) returns void
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_error ops.error_registry;
begin
  select * into strict v_error from ops.error_registry where sqlstate = refusal;
  if details is null then
    raise exception using
      errcode = v_error.sqlstate,
      message = format(v_error.message, variadic particulars),
      hint = v_error.hint;
  end if;
  raise exception using
    errcode = v_error.sqlstate,
    message = format(v_error.message, variadic particulars),
    hint = v_error.hint,
    detail = details::text;
end
$$;

alter function ops._refuse(text, text[], jsonb) owner to ops_service;
revoke all on function ops._refuse(text, text[], jsonb) from public;
grant execute on function ops._refuse(text, text[], jsonb)
to identity_service, floor_service, loyalty_service, compliance_service;

comment on function ops._refuse(text, text[], jsonb) is
  'Raises a registered error. particulars fill the message''s %s, details become a JSON object '
  'for programs (seconds to wait, for example). Never returns.';
