begin;
set local search_path to pgtap, public;
select plan(6);

select tests.casino('TTUCH');
select set_config('tests.claim', tests.person('boss', 'pit_boss'), true);

create function pg_temp.idle(since interval) returns text
language plpgsql
as $$
declare
  v_touched text;
begin
  update identity.session as s set last_seen_at = now() - since
  where s.casino_id = tests.casino_id() and s.staff_id = (
    select p.staff_id from identity.staff as p
    where p.casino_id = tests.casino_id() and p.username = 'boss'
  );
  v_touched := (
    select count(*)::text from identity.touch_session(current_setting('tests.claim'))
  );
  return v_touched || ' ' || (
    select (now() - s.last_seen_at)::text
    from identity.session as s
    join identity.staff as p using (casino_id, staff_id)
    where s.casino_id = tests.casino_id() and p.username = 'boss'
  );
end
$$;

select is(pg_temp.idle('15 seconds'), '1 00:00:15', 'within 15 seconds nothing is written');
select is(pg_temp.idle('16 seconds'), '1 00:00:00', 'after that it is');
select is(pg_temp.idle('29 minutes'), '1 00:00:00', 'as long as it lives');
select is(pg_temp.idle('31 minutes'), '0 00:31:00', 'a session that idled out stays ended');
select is_empty(
  $$ select * from identity.touch_session('1.' || repeat('0', 64)) $$, 'no session, no row'
);
select is_empty($$ select * from identity.touch_session(null) $$, 'nor for none');

select * from finish();
rollback;
