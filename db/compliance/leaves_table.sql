-- Somebody takes their currency off a table: what they bet when they come back is new money. Where
-- no time is given, they left right after the bet told last, so that what is entered next is new
-- even when it is entered late. Where nothing rode, nothing happens.

create or replace function compliance.leaves_table(
  patron_id uuid,
  player_id uuid,
  table_id uuid,
  idempotency_key text,
  occurred_at timestamptz default null
) returns compliance.departure_result
language plpgsql
volatile
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_actor identity.actor := identity._enter('mtl:create');
  v_request jsonb := jsonb_build_array(
    leaves_table.patron_id, leaves_table.player_id, leaves_table.table_id,
    extract(epoch from leaves_table.occurred_at)
  );
  v_command compliance.mtl_command := compliance._claim_key(
    v_actor, 'leaves_table', idempotency_key, v_request
  );
  v_patron compliance.patron;
  v_root uuid;
  v_ended numeric(14, 2);
begin
  if v_command.command is not null then
    select * into strict v_patron
    from compliance.patron as p
    where p.casino_id = identity._casino() and p.patron_id = v_command.patron_id;
    return row(v_patron, v_command.recorded_amount, true);
  end if;

  if num_nonnulls(leaves_table.patron_id, leaves_table.player_id) <> 1 then
    perform ops._refuse('MTPAT');
  end if;
  if leaves_table.player_id is not null
    and not (floor._presence(leaves_table.player_id, now())).is_enrolled
  then
    perform ops._refuse('RSPLR');
  end if;
  v_root := coalesce(
    leaves_table.patron_id, compliance._player_patron(v_actor, leaves_table.player_id)
  );
  select * into v_patron
  from compliance.patron as p
  where p.casino_id = identity._casino() and p.patron_id = v_root;
  if v_patron.patron_id is null then
    perform ops._refuse('MTPAT');
  end if;
  if leaves_table.table_id is null or not floor._table_exists(leaves_table.table_id) then
    perform ops._refuse('RSTNF');
  end if;
  if leaves_table.occurred_at is not null then
    perform compliance._check_time(v_actor, leaves_table.occurred_at);
  end if;

  v_root := compliance._lock_person(v_actor, v_patron.patron_id);
  with ended as (
    update compliance.money_play as m
    set ended_at = greatest(leaves_table.occurred_at, m.last_at), ended_by = 'left'
    where m.casino_id = identity._casino()
      and m.patron_id in (select compliance._person_patrons(v_root))
      and m.table_id = leaves_table.table_id
      and m.ended_at is null
    returning m.amount
  )
  select nullif(sum(e.amount), 0) into v_ended from ended as e;
  perform compliance._remember(
    v_actor, 'leaves_table', idempotency_key, v_request,
    patron_id => v_patron.patron_id, recorded_amount => v_ended
  );
  return row(v_patron, v_ended, false);
end
$$;

alter function compliance.leaves_table(uuid, uuid, uuid, text, timestamptz)
owner to compliance_service;
revoke all on function compliance.leaves_table(uuid, uuid, uuid, text, timestamptz) from public;
grant execute on function compliance.leaves_table(uuid, uuid, uuid, text, timestamptz) to pit_staff;

comment on function compliance.leaves_table(uuid, uuid, uuid, text, timestamptz) is
  'Ends what rides of a patron or player at a table, and says how much that was. Capability '
  'mtl:create. Errors: IDUNA, IDFRB, IDKEY, LYIDM, MTPAT, RSPLR, RSTNF, RSTIM.';
