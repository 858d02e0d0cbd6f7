-- Is it still true? Compares every cache with the entries it is made of and writes down what
-- differs; repairs nothing. Each comparison is one statement, so it has one snapshot: what a writer
-- does at the same moment is seen as a whole or not at all, can't be taken for a difference, and
-- waits for nobody. Who the ledger's pass suspects is looked at again, entry by entry.

create or replace function ops._reconcile(actor identity.actor, cause text)
returns ops.reconciliation_result
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_run ops.reconciliation_run;
  v_suspects uuid[];
  v_ledger loyalty.drift[];
  v_terms loyalty.drift[];
  v_cash compliance.totals_drift[];
begin
  v_run.casino_id := actor.casino_id;
  v_run.reconciliation_run_id := uuidv7();
  v_run.started_at := clock_timestamp();
  v_run.cause := _reconcile.cause;
  v_run.staff_id := actor.staff_id;
  v_run.correlation_id := actor.correlation_id;
  v_run.created_at := now();
  v_run.slice_no := coalesce(
    (
      select (r.slice_no + 1) % 64
      from ops.reconciliation_run as r
      where r.casino_id = identity._casino()
      order by r.created_at desc, r.reconciliation_run_id desc
      limit 1
    ),
    0
  );

  select l.players, l.entries, l.suspects
  into v_run.players, v_run.entries, v_suspects
  from loyalty._reconcile(v_run.slice_no) as l;
  v_ledger := array(
    select d
    from loyalty._ledger_drift(v_suspects) as d
    where v_suspects is not null
    order by d.player_id, d.entry_no, d.what
  );
  v_terms := array(select d from loyalty._terms_drift() as d order by d.what);
  select c.entries, c.drift
  into v_run.cash_entries, v_cash
  from compliance._reconcile(actor) as c;

  v_run.drift_found := cardinality(v_ledger) + cardinality(v_terms) + cardinality(v_cash);
  v_run.finished_at := clock_timestamp();
  insert into ops.reconciliation_run select v_run.*;
  insert into ops.reconciliation_drift (
    casino_id, reconciliation_run_id, drift_no, subject, player_id, patron_id, gaming_day,
    entry_no, entry_id, what, expected, actual
  )
  select v_run.casino_id, v_run.reconciliation_run_id, d.*
  from (
    select
      l.drift_no, 'loyalty', l.player_id, null::uuid, null::date, l.entry_no, null::uuid, l.what,
      l.expected, l.actual
    from unnest(v_ledger) with ordinality as l (
      player_id, entry_no, what, expected, actual, drift_no
    )
    union all
    select
      cardinality(v_ledger) + t.drift_no, 'terms', null, null, null, null, null, t.what,
      t.expected, t.actual
    from unnest(v_terms) with ordinality as t (
      player_id, entry_no, what, expected, actual, drift_no
    )
    union all
    select
      cardinality(v_ledger) + cardinality(v_terms) + c.drift_no, 'cash', c.player_id,
      c.patron_id, c.gaming_day, null, c.entry_id, c.what, c.expected, c.actual
    from unnest(v_cash) with ordinality as c (
      patron_id, player_id, gaming_day, entry_id, what, expected, actual, drift_no
    )
  ) as d;
  return row(v_run, v_run.drift_found);
end
$$;

alter function ops._reconcile(identity.actor, text) owner to ops_service;
revoke all on function ops._reconcile(identity.actor, text) from public;

comment on function ops._reconcile(identity.actor, text) is
  'Compares standings, ledger, copied terms, cash totals and cases of the running call''s casino '
  'and records the run with every difference.';
