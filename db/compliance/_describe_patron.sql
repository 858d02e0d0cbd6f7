-- The rules of describing somebody unknown, for a person and for a floor system's feed. Nobody is
-- recognised here: two descriptions are two people until somebody says otherwise.

create or replace function compliance._describe_patron(
  actor identity.actor,
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
as $$
declare
  v_given text[] := array[
    description, known_name, sex, apparent_age, height, build, hair, clothing, seat
  ];
  v_request jsonb := to_jsonb(v_given);
  v_command compliance.mtl_command := compliance._claim_key(
    actor, 'describe_patron', _describe_patron.idempotency_key, v_request
  );
  v_patron compliance.patron;
begin
  if v_command.command is null then
    v_given := array(
      select nullif(btrim(g.text, E' \t\r\n'), '')
      from unnest(v_given) with ordinality as g (text, no)
      order by g.no
    );
    if (
      select count(g.text) = 0 or max(length(g.text)) > 500
      from unnest(v_given) as g (text)
    ) then
      perform ops._refuse('MTDSC', array['500']);
    end if;
    insert into compliance.patron as p (
      casino_id, description, known_name, sex, apparent_age, height, build, hair, clothing, seat,
      created_by, correlation_id
    )
    values (
      actor.casino_id, v_given[1], v_given[2], v_given[3], v_given[4], v_given[5], v_given[6],
      v_given[7], v_given[8], v_given[9], actor.staff_id, actor.correlation_id
    )
    returning * into v_patron;
    perform compliance._remember(
      actor, 'describe_patron', _describe_patron.idempotency_key, v_request,
      patron_id => v_patron.patron_id
    );
    return row(v_patron, false);
  end if;

  select * into strict v_patron
  from compliance.patron as p
  where p.casino_id = identity._casino() and p.patron_id = v_command.patron_id;
  return row(v_patron, true);
end
$$;

alter function compliance._describe_patron(
  identity.actor, text, text, text, text, text, text, text, text, text, text
) owner to compliance_service;
revoke all on function compliance._describe_patron(
  identity.actor, text, text, text, text, text, text, text, text, text, text
) from public;
grant execute on function compliance._describe_patron(
  identity.actor, text, text, text, text, text, text, text, text, text, text
) to ops_service;

comment on function compliance._describe_patron(
  identity.actor, text, text, text, text, text, text, text, text, text, text
) is 'Creates an unknown patron from what is known of them. Errors: IDKEY, LYIDM, MTDSC.';
