begin;
set local search_path to pgtap, public;
select plan(2);

select set_eq(
  $$
    select r.full_name
    from tests.relation as r
    where has_any_column_privilege('pit_auditor', r.oid, 'select')
  $$,
  array[
    'loyalty.loyalty_ledger', 'loyalty.player_loyalty', 'loyalty.ledger_entries',
    'loyalty.balances', 'compliance.cash_entries', 'compliance.report_cases',
    'ops.audit_log', 'ops.audit_trail', 'ops.ledger_seal', 'ops.ledger_seal_leaf', 'ops.seals',
    'ops.reconciliation_run', 'ops.reconciliation_drift', 'ops.reconciliations', 'ops.differences',
    'ops.audit_log', 'ops.audit_trail', 'ops.request_trail', 'ops.ledger_seal',
    'ops.ledger_seal_leaf', 'ops.seals',
    'compliance.mtl_kind', 'compliance.mtl_area', 'compliance.mtl_tender',
    'compliance.mtl_entry', 'compliance.patron', 'compliance.patron_link',
    'compliance.patron_gaming_day', 'compliance.ctr_case', 'compliance.ctr_export',
    'compliance.threshold_policy', 'compliance.mtl_audit_note', 'compliance.ctr_filing',
    'compliance.compliance_alert', 'compliance.gaming_day_sign_off',
    'compliance.ctr_due_notice'
  ],
  'pit_auditor selects from these tables and no others'
);
select set_eq(
  $$
    select w.name || ' ' || a.attname
    from pg_attribute as a
    cross join (values ('pit_auditor'), ('pit_staff')) as w (name)
    where a.attrelid in ('compliance.ctr_filing'::regclass, 'compliance.ctr_export'::regclass)
      and a.attnum > 0
      and not has_column_privilege(w.name, a.attrelid, a.attnum, 'select')
  $$,
  array['pit_auditor report', 'pit_staff report', 'pit_auditor reports', 'pit_staff reports'],
  'of a filed or exported report all but its content, which holds identification data'
);

select * from finish();
rollback;
