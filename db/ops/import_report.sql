-- What an import led to, read back from the database: the content of the command line's report,
-- and the account of its rows.

create or replace function ops.import_report(
  casino_code text,
  import_batch_id uuid,
  out report json,
  out account json
)
language plpgsql
volatile
security definer
set search_path = ''
set pit.casino = ''
set work_mem = '64MB'
set enable_nestloop = off
as $$
declare
  v_actor identity.actor := identity._enter_owner(casino_code);
  v_batch ops.import_batch;
  v_quarantined json;
begin
  select b.* into v_batch
  from ops.import_batch as b
  where b.casino_id = v_actor.casino_id
    and b.import_batch_id = import_report.import_batch_id;
  if not found then
    perform ops._refuse('OPIMP');
  end if;

  select
    coalesce(
      json_agg(json_build_object('id', q.legacy_id, 'reason', q.reason)), '[]'
    )
  into v_quarantined
  from ops._quarantined_rows(import_report.import_batch_id) as q
  where q.file in ('history', 'slips');

  with player as materialized (
    select p.card_no, p.player_id
    from ops._import_players(import_report.import_batch_id) as p
  )
  select json_build_object(
    'players', coalesce(
      json_object_agg(
        p.card_no,
        json_build_object(
          'balance', s.current_balance, 'lifetime', s.lifetime_points, 'tier', s.tier,
          'entries', s.entries
        )
        order by p.card_no collate "C"
      ),
      '{}'
    ),
    'ledger_entries', coalesce(sum(s.entries), 0),
    'ledger_points', coalesce(sum(s.points), 0),
    'replayed', v_batch.replayed,
    'quarantined', v_quarantined,
    'balance_mismatches', (
      select coalesce(json_object_agg(m.card_no, m.difference), '{}')
      from ops._import_mismatches(import_report.import_batch_id) as m
    )
  )
  into report
  from player as p
  join loyalty._imported_standings(array(select i.player_id from player as i)) as s
    on s.player_id = p.player_id;

  select json_build_object(
    'players', count(*) filter (where r.file = 'players'),
    'history', count(*) filter (where r.file = 'history'),
    'slips', count(*) filter (where r.file = 'slips') - v_batch.skipped,
    'skipped', v_batch.skipped,
    'posted', v_batch.posted,
    'replayed', v_batch.replayed,
    'quarantined', json_array_length(v_quarantined),
    'unenrolled', (
      select count(*)
      from ops._quarantined_rows(import_report.import_batch_id) as q
      where q.file = 'players'
    ),
    'unreadable_claims', count(*) filter (
      where r.file = 'balances' and not pg_input_is_valid(
        btrim((ops._import_values(r.raw, r.fields))[2]), 'numeric'
      )
    )
  )
  into account
  from ops.import_row as r
  where r.casino_id = v_actor.casino_id
    and r.import_batch_id = import_report.import_batch_id;
end
$$;

alter function ops.import_report(text, uuid) owner to ops_service;
revoke all on function ops.import_report(text, uuid) from public;
grant execute on function ops.import_report(text, uuid) to pit_owner;

comment on function ops.import_report(text, uuid) is
  'For the command line: the report of a batch (docs/how-to/import-a-legacy-system.md) and the '
  'account of its rows. Errors: IDCAS, OPIMP.';
