-- Helpers that put the bench's casino into the state that a sample needs, through the same
-- functions that a feed uses. Made with the superuser's connection, outside what is measured.

create function bench.sender() returns identity.actor
language sql
stable
return (
  select row(
    s.casino_id, s.staff_id, null, c.timezone, c.gaming_day_start, 'bench', true
  )::identity.actor
  from identity.staff as s
  join identity.casino as c on c.casino_id = s.casino_id
  where s.role = 'sender'
);

create procedure bench.enroll_players(players integer)
language plpgsql
as $$
begin
  perform set_config('pit.casino', '1', true);
  perform floor._open_visit(
    bench.sender(),
    (
      floor._enroll_player(
        bench.sender(), 'B' || i, 'Bench', 'Player ' || i, date '1980-01-01', now()
      )
    ).player_id,
    now() - interval '2 hours'
  )
  from generate_series(1, players) as i;
end
$$;

-- Each of them holds a session. A person may give 10 rewards a minute: whoever calls must be one
-- of enough people, or that limit is what is measured.
create procedure bench.sign_in_staff(people integer)
language sql
begin atomic
  insert into identity.staff (casino_id, username, display_name, role)
  select 1, 'bench' || i, 'Bench ' || i, 'floor_supervisor'
  from generate_series(1, people) as i;

  insert into identity.session (casino_id, staff_id, token_hash, idle_timeout, expires_at)
  select 1, s.staff_id, sha256(s.username::bytea), interval '1 day', now() + interval '1 day'
  from identity.staff as s
  where s.username like 'bench%';
end;

-- Opens a slip for every player who has none, each at a seat of their own, an hour ago.
create procedure bench.open_slips(players integer)
language plpgsql
as $$
begin
  perform set_config('pit.casino', '1', true);
  perform floor._start_rating_slip(
    bench.sender(), p.visit_id, s.table_id, s.seat_no, 25, now() - interval '1 hour'
  )
  from (
    select v.visit_id, row_number() over () as place
    from floor.visit as v
    where not exists (
      select from floor.rating_slip as r where r.player_id = v.player_id and r.state <> 'closed'
    )
    limit players
  ) as p
  join (
    select t.table_id, n as seat_no, row_number() over () as place
    from floor.gaming_table as t
    cross join generate_series(1, t.seats) as n
    where not exists (
      select
      from floor.rating_slip as r
      where r.table_id = t.table_id and r.seat_no = n and r.state <> 'closed'
    )
  ) as s using (place);
end
$$;

-- Empties the cash log and writes so many entries of the last 500 days, five for each player in
-- turn, with their sums and keys. It is done in rows, because a million calls would take an hour;
-- the guards of the append-only tables are lifted meanwhile.
create procedure bench.fill_cash_log(entries integer)
language plpgsql
as $$
declare
  v_guard record;
  v_actor identity.actor := bench.sender();
  v_patrons integer;
begin
  for v_guard in
    select t.tgname, t.tgrelid::regclass as guarded
    from pg_trigger as t
    join pg_class as c on c.oid = t.tgrelid
    where t.tgfoid = 'ops._append_only'::regproc and c.relnamespace = 'compliance'::regnamespace
  loop
    execute format('alter table %s disable trigger %I', v_guard.guarded, v_guard.tgname);
  end loop;
  truncate compliance.mtl_entry, compliance.mtl_command, compliance.patron_gaming_day cascade;

  insert into compliance.patron (casino_id, player_id, created_by, correlation_id)
  select 1, p.player_id, v_actor.staff_id, 'bench'
  from floor.player as p
  on conflict do nothing;
  select count(*) into v_patrons from compliance.patron;

  insert into compliance.mtl_entry (
    casino_id, patron_id, direction, kind, area, tender, amount, cash_in, cash_out, staff_id,
    idempotency_key, correlation_id, gaming_day, occurred_at, created_at
  )
  select
    1, p.patron_id, 'in', 'chip_purchase', 'pit', 'currency', 50, 50, 0, v_actor.staff_id,
    gen_random_uuid(), 'bench',
    identity._gaming_day(v_actor.timezone, v_actor.gaming_day_start, t.at), t.at, t.at
  from generate_series(1, entries) as i
  cross join lateral (select now() - (entries - i) * interval '500 days' / entries as at) as t
  join (
    select k.patron_id, row_number() over () as place from compliance.patron as k
  ) as p on p.place = i / 5 % v_patrons + 1
  order by i;

  insert into compliance.mtl_command (
    casino_id, idempotency_key, command, request_fingerprint, patron_id, entry_id, gaming_day,
    recorded_amount, staff_id, correlation_id, created_at
  )
  select
    e.casino_id, e.idempotency_key, 'record_mtl_entry', sha256(e.idempotency_key::bytea),
    e.patron_id, e.entry_id, e.gaming_day, e.amount, e.staff_id, e.correlation_id, e.created_at
  from compliance.mtl_entry as e;

  insert into compliance.patron_gaming_day (
    casino_id, patron_id, gaming_day, cash_in, entries_in
  )
  select e.casino_id, e.patron_id, e.gaming_day, sum(e.amount), count(*)
  from compliance.mtl_entry as e
  group by e.casino_id, e.patron_id, e.gaming_day;

  for v_guard in
    select t.tgname, t.tgrelid::regclass as guarded
    from pg_trigger as t
    join pg_class as c on c.oid = t.tgrelid
    where t.tgfoid = 'ops._append_only'::regproc and c.relnamespace = 'compliance'::regnamespace
  loop
    execute format('alter table %s enable always trigger %I', v_guard.guarded, v_guard.tgname);
  end loop;
end
$$;
