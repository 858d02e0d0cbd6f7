-- The form is written out here once more: a change of it would break every old entry.

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

-- A value as PostgreSQL sends it in a row: type, length, bytes; -1 stands for null.
create function pg_temp.sent(type integer, value bytea) returns bytea
language sql
return int4send(type) || int4send(coalesce(octet_length(value), -1)) || coalesce(value, '');

create function pg_temp.text(value text) returns bytea
language sql
return pg_temp.sent(25, convert_to(value, 'UTF8'));

create function pg_temp.big(value bigint) returns bytea
language sql
return pg_temp.sent(20, int8send(value));

create function pg_temp.uuid(value uuid) returns bytea
language sql
return pg_temp.sent(2950, decode(replace(value::text, '-', ''), 'hex'));

create function pg_temp.moment(value timestamptz) returns bytea
language sql
return pg_temp.sent(
  1184, int8send((extract(epoch from value - timestamptz '2000-01-01 00:00Z') * 1000000)::bigint)
);

create function pg_temp.recomputed(e loyalty.loyalty_ledger) returns bytea
language sql
return sha256(
  e.previous_hash
  || int4send(23)
  || pg_temp.sent(23, int4send(e.casino_id)) || pg_temp.uuid(e.player_id)
  || pg_temp.big(e.entry_no) || pg_temp.text(e.transaction_type) || pg_temp.text(e.event_type)
  || pg_temp.text(e.source) || pg_temp.big(e.points_change) || pg_temp.big(e.balance_before)
  || pg_temp.big(e.balance_after) || pg_temp.text(e.tier_before) || pg_temp.text(e.tier_after)
  || pg_temp.uuid(e.rating_slip_id) || pg_temp.uuid(e.visit_id)
  || pg_temp.big(e.reverses_entry_no) || pg_temp.text(e.reason) || pg_temp.uuid(e.staff_id)
  || pg_temp.uuid(e.approved_by) || pg_temp.text(e.correlation_id)
  || pg_temp.text(e.idempotency_key) || pg_temp.sent(17, e.request_fingerprint)
  || pg_temp.sent(1082, int4send(e.gaming_day - date '2000-01-01'))
  || pg_temp.moment(e.occurred_at) || pg_temp.moment(e.created_at)
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
      e.previous_hash,
      loyalty._entry_content(
        e.casino_id, e.player_id, e.entry_no, e.transaction_type, e.event_type, e.source,
        e.points_change, e.balance_before, e.balance_after, e.tier_before, e.tier_after,
        e.rating_slip_id, e.visit_id, e.reverses_entry_no, e.reason, e.staff_id, e.approved_by,
        e.correlation_id, e.idempotency_key, e.request_fingerprint, e.gaming_day, e.occurred_at,
        e.created_at
      )
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
      e.previous_hash,
      loyalty._entry_content(
        e.casino_id, e.player_id, e.entry_no, e.transaction_type, e.event_type, e.source,
        e.points_change, e.balance_before, e.balance_after, e.tier_before, e.tier_after,
        e.rating_slip_id, e.visit_id, e.reverses_entry_no, e.reason, e.staff_id, e.approved_by,
        e.correlation_id, e.idempotency_key, e.request_fingerprint, e.gaming_day, e.occurred_at,
        e.created_at
      )
    ) <> e.entry_hash
  $$,
  'whatever the settings of the session'
);

select * from finish();
rollback;
