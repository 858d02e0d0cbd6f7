-- Seals a gaming day that is over: notes the newest entry of everybody who has new ones, and
-- writes the line that commits to all of them. A day is sealed once; days are sealed in order;
-- whatever was written until the moment of sealing is covered, so a day nobody sealed is covered
-- by the next.

create or replace function ops._seal_ledger(
  actor identity.actor,
  gaming_day date,
  at timestamptz default clock_timestamp()
) returns ops.seal_result
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_locked boolean := ops._lock(actor.casino_id, 'seal the ledger');
  v_today date := identity._gaming_day(actor.timezone, actor.gaming_day_start, at);
  v_day date := coalesce(_seal_ledger.gaming_day, v_today - 1);
  v_seal ops.ledger_seal;
  v_last ops.ledger_seal;
  v_leaves bytea[];
  v_player_ids uuid[];
  v_entry_nos bigint[];
  v_entry_hashes bytea[];
  v_unfit uuid;
begin
  select s.* into v_seal
  from ops.ledger_seal as s
  where s.casino_id = identity._casino() and s.gaming_day = v_day;
  if found then
    return row(v_seal, true);
  end if;
  select s.* into v_last
  from ops.ledger_seal as s
  where s.casino_id = identity._casino()
  order by s.gaming_day desc
  limit 1;
  if v_day >= v_today then
    perform ops._refuse('OPSEA', array[v_day::text, 'it is not over']);
  end if;
  if v_day < v_last.gaming_day then
    perform ops._refuse('OPSEA', array[v_day::text, format('%s is sealed', v_last.gaming_day)]);
  end if;

  with head as materialized (
    select h.* from loyalty._chain_heads() as h
  ),
  sealed as (
    select l.player_id, l.entry_no, l.entry_hash from ops._sealed_leaves(v_day) as l
  ),
  leaf as (
    select
      coalesce(h.player_id, s.player_id) as player_id,
      h.entry_no > coalesce(s.entry_no, 0) as is_new,
      case when h.entry_no > coalesce(s.entry_no, 0) then h.entry_no else s.entry_no end
        as entry_no,
      case when h.entry_no > coalesce(s.entry_no, 0) then h.entry_hash else s.entry_hash end
        as entry_hash
    from head as h
    full join sealed as s on s.player_id = h.player_id
  )
  select
    count(*), coalesce(sum(l.entry_no), 0),
    array_agg(ops._merkle_leaf(l.player_id, l.entry_no, l.entry_hash) order by l.player_id),
    array_agg(l.player_id order by l.player_id) filter (where l.is_new),
    array_agg(l.entry_no order by l.player_id) filter (where l.is_new),
    array_agg(l.entry_hash order by l.player_id) filter (where l.is_new),
    (array_agg(l.player_id) filter (where l.entry_hash is null))[1]
  into
    v_seal.players, v_seal.entries, v_leaves, v_player_ids, v_entry_nos, v_entry_hashes, v_unfit
  from leaf as l;
  if v_unfit is not null then
    perform ops._refuse('OPSEA', array[
      v_day::text, format('the newest entry of player %s doesn''t fit its standing', v_unfit)
    ]);
  end if;

  v_seal.casino_id := actor.casino_id;
  v_seal.gaming_day := v_day;
  v_seal.sealed_at := clock_timestamp();
  v_seal.merkle_root := ops._merkle_root(v_leaves);
  v_seal.previous_seal := coalesce(v_last.seal, sha256(''));
  v_seal.seal := ops._seal_hash(v_seal);
  v_seal.sealed_by := actor.staff_id;
  v_seal.correlation_id := actor.correlation_id;
  insert into ops.ledger_seal select v_seal.*;
  insert into ops.ledger_seal_leaf
  select actor.casino_id, v_day, n.*
  from unnest(v_player_ids, v_entry_nos, v_entry_hashes) as n;
  return row(v_seal, false);
end
$$;

alter function ops._seal_ledger(identity.actor, date, timestamptz) owner to ops_service;
revoke all on function ops._seal_ledger(identity.actor, date, timestamptz) from public;

comment on function ops._seal_ledger(identity.actor, date, timestamptz) is
  'Seals a gaming day, the last one that is over when none is named; gives the seal again when '
  'there is one. Error: OPSEA.';
