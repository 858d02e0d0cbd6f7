-- Changing any column but the hash itself must change what is recomputed.

begin;
set local search_path to pgtap, public;
select plan(2);

select tests.casino('THASH');
select tests.player('P1', 100);

create function pg_temp.hash(e loyalty.loyalty_ledger) returns bytea
language sql
return loyalty._entry_hash(
  e.previous_hash,
  loyalty._entry_content(
    e.casino_id, e.player_id, e.entry_no, e.transaction_type, e.event_type, e.source,
    e.points_change, e.balance_before, e.balance_after, e.tier_before, e.tier_after,
    e.rating_slip_id, e.visit_id, e.reverses_entry_no, e.reason, e.staff_id, e.approved_by,
    e.correlation_id, e.idempotency_key, e.request_fingerprint, e.gaming_day, e.occurred_at,
    e.created_at
  )
);

select is(
  (
    select count(*)::integer
    from pg_attribute as a
    where a.attrelid = 'loyalty.loyalty_ledger'::regclass and a.attnum > 0
      and not a.attisdropped
  ),
  25, 'an entry has 25 columns'
);
select is_empty(
  $$
    select a.attname
    from pg_attribute as a
    cross join tests.entries('P1') as e
    where a.attrelid = 'loyalty.loyalty_ledger'::regclass
      and a.attnum > 0
      and a.attname <> 'entry_hash'
      and pg_temp.hash(e) = pg_temp.hash(
        jsonb_populate_record(
          e,
          jsonb_build_object(
            a.attname,
            case
              when a.atttypid = 'uuid'::regtype then gen_random_uuid()::text
              when a.atttypid = 'bytea'::regtype then '\x00'
              when a.atttypid = 'timestamptz'::regtype then '2001-02-03 04:05:06Z'
              when a.atttypid = 'date'::regtype then '2001-02-03'
              when a.attname = 'transaction_type' then 'REDEMPTION'
              when a.attname = 'source' then 'import'
              when a.atttypid = 'text'::regtype then 'changed'
              else '4711'
            end
          )
        )
      )
  $$,
  'each but the hash itself is covered by it'
);

select * from finish();
rollback;
