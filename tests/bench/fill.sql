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
