-- Why points expired: first in, first out, so what is left of what was earned before the cut-off is
-- the balance less everything earned since. Counted as it was when the entry was written.

create or replace function loyalty._explain_expiry(entry loyalty.loyalty_ledger)
returns loyalty.entry_explanation
language plpgsql
stable
set search_path = ''
as $$
declare
  v_cut_off date := substring(entry.idempotency_key from '^pit:expiry:([0-9-]{10}):')::date;
  v_since bigint;
  v_result loyalty.entry_explanation;
begin
  select coalesce(sum(l.points_change), 0) into v_since
  from loyalty.loyalty_ledger as l
  where l.casino_id = identity._casino()
    and l.player_id = entry.player_id
    and l.entry_no < entry.entry_no
    and l.gaming_day >= v_cut_off
    and l.points_change > 0
    and l.transaction_type <> 'REVERSAL'
    and not exists (
      select
      from loyalty.loyalty_ledger as r
      where r.casino_id = identity._casino()
        and r.player_id = entry.player_id
        and r.entry_no < entry.entry_no
        and r.reverses_entry_no = l.entry_no
    );
  v_result.recalculated_points := -greatest(entry.balance_before - v_since, 0);
  v_result.steps := array[
    row(1, 'Balance before', entry.balance_before, 'points')::loyalty.explanation_step,
    row(2, 'Earned since the cut-off', v_since,
      format('from the gaming day %s on, reversed entries left out', v_cut_off)
    )::loyalty.explanation_step,
    row(3, 'Points', v_result.recalculated_points,
      'what is left of older points: balance less what was earned since, never less than 0'
    )::loyalty.explanation_step
  ];
  v_result.summary := format(
    '%s points expired. Points earned before %s were no longer good, and the oldest points are '
    'used first: of the balance of %s, %s had been earned since then, which leaves %s older ones.',
    loyalty._points_text(-entry.points_change), v_cut_off,
    loyalty._points_text(entry.balance_before), loyalty._points_text(v_since),
    loyalty._points_text(-v_result.recalculated_points)
  );
  return v_result;
end
$$;

alter function loyalty._explain_expiry(loyalty.loyalty_ledger) owner to loyalty_service;
revoke all on function loyalty._explain_expiry(loyalty.loyalty_ledger) from public;

comment on function loyalty._explain_expiry(loyalty.loyalty_ledger) is
  'Explains an EXPIRATION entry: the cut-off, the balance and what was earned since.';
