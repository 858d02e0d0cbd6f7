-- The rules of identifying an unknown person as a player, for a person and for a floor system's
-- feed. Checked in this order: key, person, player, not identified already. Both are locked, the
-- unknown person first, and every day on which the unknown person has cash is settled anew.

create or replace function compliance._identify(
  actor identity.actor,
  patron_id uuid,
  player_id uuid,
  note text,
  idempotency_key text
) returns compliance.identification_result
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_request jsonb := jsonb_build_array(
    _identify.patron_id, _identify.player_id, _identify.note
  );
  v_command compliance.mtl_command := compliance._claim_key(
    actor, 'identify_patron', _identify.idempotency_key, v_request
  );
  v_unknown compliance.patron;
  v_link compliance.patron_link;
  v_day date;
begin
  if v_command.command is not null then
    return compliance._identification_result(v_command, true);
  end if;

  select * into v_unknown
  from compliance.patron as p
  where p.casino_id = identity._casino() and p.patron_id = _identify.patron_id
  for no key update;
  if v_unknown.patron_id is null then
    perform ops._refuse('MTPAT');
  end if;
  if not (floor._presence(_identify.player_id, now())).is_enrolled then
    perform ops._refuse('RSPLR');
  end if;
  if v_unknown.player_id is not null
    or compliance._root(v_unknown.patron_id) <> v_unknown.patron_id
  then
    perform ops._refuse('MTLNK');
  end if;

  insert into compliance.patron_link as l (
    casino_id, unknown_patron_id, player_patron_id, note, linked_by, correlation_id
  )
  values (
    actor.casino_id, v_unknown.patron_id,
    compliance._lock_person(actor, compliance._player_patron(actor, _identify.player_id)),
    nullif(btrim(_identify.note, E' \t\r\n'), ''), actor.staff_id, actor.correlation_id
  )
  returning * into v_link;

  for v_day in
    select d.gaming_day
    from compliance.patron_gaming_day as d
    where d.casino_id = identity._casino() and d.patron_id = v_unknown.patron_id
    order by d.gaming_day
  loop
    perform compliance._take_over_case(v_link, v_day);
    perform compliance._settle_day(actor, v_link.player_patron_id, v_day);
  end loop;

  v_command := compliance._remember(
    actor, 'identify_patron', _identify.idempotency_key, v_request,
    patron_id => v_unknown.patron_id, link_id => v_link.link_id
  );
  return compliance._identification_result(v_command, false);
end
$$;

alter function compliance._identify(identity.actor, uuid, uuid, text, text)
owner to compliance_service;
revoke all on function compliance._identify(identity.actor, uuid, uuid, text, text) from public;
grant execute on function compliance._identify(identity.actor, uuid, uuid, text, text)
to ops_service;

comment on function compliance._identify(identity.actor, uuid, uuid, text, text) is
  'Links an unknown patron to a player and settles the days of both. Errors: IDKEY, LYIDM, MTPAT, '
  'RSPLR, MTLNK.';
