-- The texts are written out here once more: a change of them would break every old entry.

begin;
set local search_path to pgtap, public;
select plan(8);

select tests.casino('TCHAIN');
select tests.person('boss', 'pit_boss');
select tests.player('P1', 15000);
select tests.seat('P1');
select tests.sign_in('boss');
select floor.complete_rating_slip(tests.slip_id('P1'));
select loyalty.redeem(tests.player_id('P1'), 7, e'it''s "quoted" — ok', 'k1');
select tests.sign_out();

create function pg_temp.recomputed(e loyalty.loyalty_ledger) returns bytea
language sql
return sha256(
  e.previous_hash || convert_to(
    jsonb_build_array(
      e.entry_no, e.balance_before, e.balance_after, e.tier_before, e.tier_after,
      encode(
        sha256(convert_to(
          jsonb_build_array(
            e.casino_id, e.player_id, e.transaction_type, e.event_type, e.source,
            e.points_change, e.rating_slip_id, e.visit_id, e.reverses_entry_no, e.reason,
            e.staff_id, e.approved_by, e.correlation_id, e.idempotency_key,
            encode(e.request_fingerprint, 'hex'), e.gaming_day - date '1970-01-01',
            (extract(epoch from e.occurred_at) * 1000000)::bigint,
            (extract(epoch from e.created_at) * 1000000)::bigint
          )::text,
          'UTF8'
        )),
        'hex'
      )
    )::text,
    'UTF8'
  )
);

select is((select count(*)::integer from tests.entries('P1')), 4, 'the player has entries');
select results_eq(
  $$ select e.entry_no from tests.entries('P1') as e $$,
  $$ select n::bigint from generate_series(1, 4) as n $$,
  'numbered from 1 without gaps'
);
select is(
  (select e.previous_hash from tests.entries('P1') as e limit 1), sha256(''),
  'the first one''s previous hash is the hash of nothing'
);
select is_empty(
  $$
    select e.entry_no
    from (
      select e.*, lag(e.entry_hash) over (order by e.entry_no) as before
      from tests.entries('P1') as e
    ) as e
    where e.entry_no > 1 and e.previous_hash is distinct from e.before
  $$,
  'each one''s previous hash is its predecessor''s hash'
);
select is_empty(
  $$ select e.entry_no from tests.entries('P1') as e where pg_temp.recomputed(e) <> e.entry_hash $$,
  'each hash can be recomputed from what is documented'
);
select is_empty(
  $$
    select e.entry_no
    from tests.entries('P1') as e
    where loyalty._entry_hash(
      e.previous_hash, e.entry_no, e.balance_before, e.balance_after, e.tier_before,
      e.tier_after, loyalty._entry_digest(e)
    ) <> e.entry_hash
  $$,
  'the database recomputes the same'
);
select is(
  (tests.standing('P1')).last_entry_hash,
  (select e.entry_hash from tests.entries('P1') as e order by e.entry_no desc limit 1),
  'the player''s standing holds the last hash'
);

set local timezone to 'Asia/Tokyo';
set local datestyle to 'German';
set local intervalstyle to 'sql_standard';
set local bytea_output to 'escape';
set local extra_float_digits to 0;
select is_empty(
  $$
    select e.entry_no
    from tests.entries('P1') as e
    where loyalty._entry_hash(
      e.previous_hash, e.entry_no, e.balance_before, e.balance_after, e.tier_before,
      e.tier_after, loyalty._entry_digest(e)
    ) <> e.entry_hash
  $$,
  'whatever the settings of the session'
);

select * from finish();
rollback;
