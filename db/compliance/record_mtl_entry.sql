-- A cashier, dealer's supervisor or compliance officer enters cash that changed hands. The witness
-- is who is signed in. It says whether the person must be identified, and never how much there is
-- already.

create or replace function compliance.record_mtl_entry(
  patron_id uuid,
  player_id uuid,
  direction text,
  kind text,
  area text,
  tender text,
  amount numeric,
  idempotency_key text,
  occurred_at timestamptz default null,
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
set pit.casino = ''
as $$
declare
  v_actor identity.actor := identity._enter('mtl:create');
begin
  return compliance._record_cash(
    v_actor, patron_id, player_id, direction, kind, area, tender, amount, idempotency_key,
    occurred_at, table_id, window_no, agent_for_player_id, foreign_currency, note,
    confirm_duplicate
  );
end
$$;

alter function compliance.record_mtl_entry(
  uuid, uuid, text, text, text, text, numeric, text, timestamptz, uuid, text, uuid, text, text,
  boolean
) owner to compliance_service;
revoke all on function compliance.record_mtl_entry(
  uuid, uuid, text, text, text, text, numeric, text, timestamptz, uuid, text, uuid, text, text,
  boolean
) from public;
grant execute on function compliance.record_mtl_entry(
  uuid, uuid, text, text, text, text, numeric, text, timestamptz, uuid, text, uuid, text, text,
  boolean
) to pit_staff;

comment on function compliance.record_mtl_entry(
  uuid, uuid, text, text, text, text, numeric, text, timestamptz, uuid, text, uuid, text, text,
  boolean
) is
  'Records cash in or out of exactly one of a patron or a player; of a money play, the total that '
  'rides, of which the increase is written. agent_for_player_id: for whom it counts instead. A '
  'possible duplicate is refused until it is confirmed. Capability mtl:create. Errors: IDUNA, '
  'IDFRB, IDKEY, LYIDM, MTAMT, MTPAT, RSPLR, MTKND, RSTNF, MTNOT, RSTIM, MTDUP.';
