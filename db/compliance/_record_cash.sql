-- The rules of recording cash, for a person and for a floor system's feed. Checked in this order:
-- key, amount, who it is and for whom, what it is, table, note, time, duplicate. An unknown
-- patron, player or table named by a feed is the nil UUID, which nobody has.

create or replace function compliance._record_cash(
  actor identity.actor,
  patron_id uuid,
  player_id uuid,
  direction text,
  kind text,
  area text,
  tender text,
  amount numeric,
  idempotency_key text,
  occurred_at timestamptz,
  table_id uuid default null,
  window_no text default null,
  agent_for_player_id uuid default null,
  foreign_currency text default null,
  note text default null,
  confirm_duplicate boolean default false
) returns compliance.mtl_result
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_request jsonb := jsonb_build_array(
    _record_cash.patron_id, _record_cash.player_id, _record_cash.direction, _record_cash.kind,
    _record_cash.area, _record_cash.tender, trim_scale(_record_cash.amount),
    extract(epoch from _record_cash.occurred_at), _record_cash.table_id,
    _record_cash.window_no, agent_for_player_id, _record_cash.foreign_currency,
    _record_cash.note
  );
  v_at timestamptz := coalesce(_record_cash.occurred_at, now());
  v_command compliance.mtl_command;
  v_kind compliance.mtl_kind;
  v_entry compliance.mtl_entry;
  v_player_id uuid := _record_cash.player_id;
  v_here record;
  v_root uuid;
begin
  v_command := compliance._claim_key(
    actor, 'record_mtl_entry', _record_cash.idempotency_key, v_request
  );
  if v_command.command is not null then
    return compliance._mtl_result(actor, v_command, true);
  end if;

  perform compliance._check_amount(_record_cash.amount);

  if num_nonnulls(_record_cash.patron_id, _record_cash.player_id) <> 1 then
    perform ops._refuse('MTPAT');
  end if;
  if _record_cash.patron_id is not null then
    perform
    from compliance.patron as p
    where p.casino_id = identity._casino() and p.patron_id = _record_cash.patron_id;
    if not found then
      perform ops._refuse('MTPAT');
    end if;
    v_entry.patron_id := _record_cash.patron_id;
    select p.player_id into v_player_id
    from compliance.patron as p
    where p.casino_id = identity._casino()
      and p.patron_id = compliance._root(_record_cash.patron_id);
  end if;
  v_here := floor._presence(v_player_id, v_at);
  if _record_cash.player_id is not null then
    if not v_here.is_enrolled then
      perform ops._refuse('RSPLR');
    end if;
    v_entry.patron_id := compliance._player_patron(actor, _record_cash.player_id);
  end if;
  if agent_for_player_id is not null then
    if not (floor._presence(agent_for_player_id, v_at)).is_enrolled then
      perform ops._refuse('RSPLR');
    end if;
    v_entry.agent_patron_id := v_entry.patron_id;
    v_entry.patron_id := compliance._player_patron(actor, agent_for_player_id);
    if compliance._root(v_entry.agent_patron_id) = v_entry.patron_id then
      v_entry.agent_patron_id := null;
    end if;
  end if;

  v_kind := compliance._check_kind(
    _record_cash.direction, _record_cash.kind, _record_cash.area, _record_cash.tender,
    _record_cash.foreign_currency
  );
  if _record_cash.table_id is not null and not floor._table_exists(_record_cash.table_id) then
    perform ops._refuse('RSTNF');
  end if;
  v_entry.table_id := _record_cash.table_id;
  if v_kind.kind = 'money_play' then
    v_entry.table_id := coalesce(v_entry.table_id, v_here.table_id);
    if v_entry.table_id is null and actor.ingesting is not true then
      perform ops._refuse('RSTNF');
    end if;
  end if;
  v_entry.note := nullif(btrim(_record_cash.note, E' \t\r\n'), '');
  if v_kind.needs_note and v_entry.note is null and actor.ingesting is not true then
    perform ops._refuse('MTNOT');
  end if;
  perform compliance._check_time(actor, v_at);

  v_root := compliance._lock_person(actor, v_entry.patron_id);
  v_entry.amount := _record_cash.amount;
  v_entry.gaming_day := identity._gaming_day(actor.timezone, actor.gaming_day_start, v_at);

  if v_kind.kind = 'money_play' and tender = 'currency' and v_entry.table_id is not null then
    select r.money_play_id, r.increase
    into v_entry.money_play_id, v_entry.amount
    from compliance._ride(
      actor, v_root, v_entry.patron_id, v_player_id, v_entry.table_id, v_entry.amount, v_at
    ) as r;
  elsif v_entry.table_id is not null and v_entry.agent_patron_id is null then
    perform compliance._end_play_elsewhere(v_root, v_entry.table_id, v_at);
  end if;

  if v_entry.amount > 0 then
    if actor.ingesting is not true and confirm_duplicate is not true then
      perform compliance._refuse_duplicate(
        actor, v_root, v_kind, _record_cash.direction, v_entry.amount, v_at
      );
    end if;
    v_entry.entry_role := 'original';
    v_entry.correction_no := 0;
    v_entry.direction := _record_cash.direction;
    v_entry.kind := v_kind.kind;
    v_entry.area := _record_cash.area;
    v_entry.tender := _record_cash.tender;
    v_entry.cash_in := compliance._cash(v_kind, 'in', v_entry.tender, v_entry.amount);
    v_entry.cash_out := compliance._cash(v_kind, 'out', v_entry.tender, v_entry.amount);
    v_entry.foreign_currency := _record_cash.foreign_currency;
    v_entry.window_no := nullif(btrim(_record_cash.window_no), '');
    v_entry.visit_id := v_here.visit_id;
    v_entry.rating_slip_id := v_here.rating_slip_id;
    v_entry.idempotency_key := _record_cash.idempotency_key;
    v_entry.occurred_at := v_at;
    v_entry := compliance._append_entry(actor, v_entry);
    perform compliance._settle_day(actor, v_root, v_entry.gaming_day, v_entry.entry_id);
  end if;

  v_command := compliance._remember(
    actor, 'record_mtl_entry', _record_cash.idempotency_key, v_request,
    patron_id => v_entry.patron_id, entry_id => v_entry.entry_id,
    gaming_day => v_entry.gaming_day, recorded_amount => v_entry.amount
  );
  return compliance._mtl_result(actor, v_command, false);
end
$$;

alter function compliance._record_cash(
  identity.actor, uuid, uuid, text, text, text, text, numeric, text, timestamptz, uuid, text,
  uuid, text, text, boolean
) owner to compliance_service;
revoke all on function compliance._record_cash(
  identity.actor, uuid, uuid, text, text, text, text, numeric, text, timestamptz, uuid, text,
  uuid, text, text, boolean
) from public;
grant execute on function compliance._record_cash(
  identity.actor, uuid, uuid, text, text, text, text, numeric, text, timestamptz, uuid, text,
  uuid, text, text, boolean
) to ops_service;

comment on function compliance._record_cash(
  identity.actor, uuid, uuid, text, text, text, text, numeric, text, timestamptz, uuid, text,
  uuid, text, text, boolean
) is
  'Checks and records cash that a patron or player gave or was given, for themselves or as an '
  'agent. Errors: IDKEY, LYIDM, MTAMT, MTPAT, RSPLR, MTKND, RSTNF, MTNOT, RSTIM, MTDUP.';
