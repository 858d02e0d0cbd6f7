-- An auditor's look at an unknown person's description, logged as floor.read_player is. Everybody
-- else in the log is a player.

create or replace function compliance.read_patron(patron_id uuid, purpose text)
returns compliance.patron
language plpgsql
volatile
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_actor identity.actor := identity._enter_reader('audit:view');
  v_purpose text := ops._check_purpose(purpose);
  v_patron compliance.patron;
begin
  select p.* into v_patron
  from compliance.patron as p
  where p.casino_id = v_actor.casino_id and p.patron_id = read_patron.patron_id;
  if not found then
    perform ops._refuse('MTPAT');
  end if;
  perform ops._log(
    v_actor, 'patron read', v_patron.player_id,
    jsonb_build_object('patron_id', v_patron.patron_id, 'purpose', v_purpose)
  );
  return v_patron;
end
$$;

alter function compliance.read_patron(uuid, text) owner to compliance_service;
revoke all on function compliance.read_patron(uuid, text) from public;
grant execute on function compliance.read_patron(uuid, text) to pit_auditor;

comment on function compliance.read_patron(uuid, text) is
  'A patron of the cash log with the description, for an auditor''s login; the look and its '
  'purpose go into the audit log. Errors: IDUNA, IDPUR, MTPAT.';
