-- Grants are the first lock, the trigger is the second.

begin;
set local search_path to pgtap, public;
select plan(4);

select set_eq(
  $$
    select r.full_name
    from tests.relation as r
    join pg_trigger as t on t.tgrelid = r.oid
    join pg_proc as p on p.oid = t.tgfoid
    where p.oid = 'ops._append_only()'::regprocedure
  $$,
  array[
    'loyalty.loyalty_ledger', 'loyalty.loyalty_policy', 'loyalty.loyalty_tier',
    'loyalty.promotion_award',
    'floor.game_settings', 'floor.rating_slip_event', 'floor.command', 'floor.player_note',
    'compliance.threshold_policy', 'compliance.filer', 'compliance.ctr_export',
    'compliance.mtl_entry',
    'compliance.mtl_command', 'compliance.patron_identification', 'compliance.mtl_audit_note',
    'compliance.ctr_filing', 'compliance.ctr_due_notice', 'compliance.gaming_day_sign_off',
    'ops.ingested_event',
    'ops.import_row', 'ops.import_posting', 'ops.import_quarantine', 'ops.import_retry',
    'ops.audit_log', 'ops.job_retry', 'ops.ledger_seal', 'ops.ledger_seal_leaf',
    'ops.reconciliation_run', 'ops.reconciliation_drift', 'identity.staff_command'
  ],
  'records and versions are append-only'
);
select is_empty(
  $$
    select r.full_name, t.tgname
    from tests.relation as r
    join pg_trigger as t on t.tgrelid = r.oid
    where t.tgfoid = 'ops._append_only()'::regprocedure
      -- before (2), on delete (8), update (16) and truncate (32), for each statement (no 1)
      and (t.tgenabled <> 'A' or t.tgtype <> 2 + 8 + 16 + 32 or t.tgqual is not null)
  $$,
  'each has a statement trigger before update, delete and truncate, enabled always'
);
select is_empty(
  $$
    select w.name, r.full_name, p.privilege
    from tests.relation as r
    join pg_trigger as t on t.tgrelid = r.oid
    cross join tests.runtime_role as w
    cross join unnest(array['update', 'delete', 'truncate']) as p (privilege)
    where t.tgfoid = 'ops._append_only()'::regprocedure
      and (
        has_table_privilege(w.name, r.oid, p.privilege)
        or p.privilege = 'update' and has_any_column_privilege(w.name, r.oid, p.privilege)
      )
  $$,
  'nobody at run time may change them'
);
select is(
  (
    select encode(t.tgargs, 'escape')
    from pg_trigger as t
    where t.tgrelid = 'loyalty.loyalty_ledger'::regclass and not t.tgisinternal
  ),
  'LYIMM\000',
  'the ledger''s refusal is LEDGER_IMMUTABLE'
);

select * from finish();
rollback;
