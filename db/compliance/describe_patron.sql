-- Somebody without a player's card: what they look like is what the log knows them by, until they
-- are identified.

create or replace function compliance.describe_patron(
  description text,
  known_name text,
  sex text,
  apparent_age text,
  height text,
  build text,
  hair text,
  clothing text,
  seat text,
  idempotency_key text
) returns compliance.patron_result
language plpgsql
volatile
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_actor identity.actor := identity._enter('mtl:create');
begin
  return compliance._describe_patron(
    v_actor, description, known_name, sex, apparent_age, height, build, hair, clothing, seat,
    idempotency_key
  );
end
$$;

alter function compliance.describe_patron(
  text, text, text, text, text, text, text, text, text, text
) owner to compliance_service;
revoke all on function compliance.describe_patron(
  text, text, text, text, text, text, text, text, text, text
) from public;
grant execute on function compliance.describe_patron(
  text, text, text, text, text, text, text, text, text, text
) to pit_staff;

comment on function compliance.describe_patron(
  text, text, text, text, text, text, text, text, text, text
) is
  'Creates an unknown patron; at least one field must be given. Capability mtl:create. Errors: '
  'IDUNA, IDFRB, IDKEY, LYIDM, MTDSC.';
