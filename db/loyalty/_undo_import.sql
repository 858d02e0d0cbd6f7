-- Compensates what one import posted for some players: a reversal for each entry. Debits are taken
-- back first, so that on the way no balance falls below where it ends. A player who has spent the
-- points is left alone as a whole. What is reversed stays reversed: calling it again is safe.

create or replace function loyalty._undo_import(
  actor identity.actor,
  imported_as text,
  retried_keys text[],
  player_ids uuid[],
  reason text,
  out undone bigint,
  out players_left bigint
)
language plpgsql
volatile
security definer
set search_path = ''
set work_mem = '64MB'
set enable_nestloop = off
as $$
#variable_conflict use_column
declare
  v_drafts loyalty.entry_draft[];
begin
  perform
  from loyalty.player_loyalty as p
  where p.casino_id = identity._casino() and p.player_id = any (_undo_import.player_ids)
  order by p.player_id
  for no key update;

  with imported as (
    select l.*, p.current_balance, sum(l.points_change) over (partition by l.player_id) as points
    from loyalty.loyalty_ledger as l
    join loyalty.player_loyalty as p
      on p.casino_id = identity._casino() and p.player_id = l.player_id
    where l.casino_id = identity._casino()
      and l.player_id = any (_undo_import.player_ids)
      and l.event_type = 'LEGACY_IMPORTED'
      and (
        l.correlation_id = _undo_import.imported_as
        or l.idempotency_key = any (_undo_import.retried_keys)
      )
      and not exists (
        select
        from loyalty.loyalty_ledger as r
        where r.casino_id = identity._casino()
          and r.player_id = l.player_id
          and r.reverses_entry_no = l.entry_no
      )
  )
  select
    array_agg(
      row(
        i.player_id, 'REVERSAL', 'ENTRY_REVERSED', 'import', -i.points_change,
        i.rating_slip_id, i.visit_id, i.entry_no, _undo_import.reason, actor.staff_id, null,
        'pit:undo:' || i.idempotency_key,
        ops._fingerprint(jsonb_build_array(
          'reverse_entry', i.player_id, i.entry_no, _undo_import.reason
        )),
        now()
      )::loyalty.entry_draft
      order by i.player_id, sign(i.points_change), i.entry_no desc
    ) filter (where i.points <= i.current_balance),
    count(distinct i.player_id) filter (where i.points > i.current_balance)
  into v_drafts, players_left
  from imported as i;

  undone := coalesce(cardinality(v_drafts), 0)
    - (select count(*) from loyalty._post_entries(actor, v_drafts));
end
$$;

alter function loyalty._undo_import(identity.actor, text, text[], uuid[], text)
owner to loyalty_service;
revoke all on function loyalty._undo_import(identity.actor, text, text[], uuid[], text) from public;
grant execute on function loyalty._undo_import(identity.actor, text, text[], uuid[], text)
to ops_service;

comment on function loyalty._undo_import(identity.actor, text, text[], uuid[], text) is
  'Reverses the entries that were imported under this correlation id, or retried under these keys, '
  'for these players. Gives the number of reversals, and of players who have spent what they would '
  'have to give back.';
