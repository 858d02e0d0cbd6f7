-- Gives every player of the bench's casino so many ledger entries with true hashes, written in the
-- order in which a floor would write them: everybody's first, everybody's second, …

create procedure bench.fill_ledger(entries_each integer)
language plpgsql
as $$
begin
  for i in 1..entries_each loop
    with entry as materialized (
      select
        p.*, 25 as points, uuidv7() as slip, uuidv7() as visit, s.staff_id,
        uuidv7()::text as request
      from loyalty.player_loyalty as p
      cross join lateral (
        select t.staff_id from identity.staff as t where t.role = 'sender' limit 1
      ) as s
      where p.casino_id = 1
      order by random()
    ),
    written as (
      insert into loyalty.loyalty_ledger
      select
        e.casino_id, e.player_id, e.last_entry_no + 1, 'GAMEPLAY', 'RATING_SLIP_COMPLETED',
        'system', e.points, e.current_balance, e.current_balance + e.points, e.tier, e.tier,
        e.slip, e.visit, null, null, e.staff_id, null, e.request, 'pit:slip:' || e.slip,
        sha256(e.slip::text::bytea), date '2026-01-05', now(), now(), e.last_entry_hash,
        loyalty._entry_hash(
          e.last_entry_hash,
          loyalty._entry_content(
            e.casino_id, e.player_id, e.last_entry_no + 1, 'GAMEPLAY', 'RATING_SLIP_COMPLETED',
            'system', e.points, e.current_balance, e.current_balance + e.points, e.tier, e.tier,
            e.slip, e.visit, null, null, e.staff_id, null, e.request, 'pit:slip:' || e.slip,
            sha256(e.slip::text::bytea), date '2026-01-05', now(), now()
          )
        )
      from entry as e
      returning *
    )
    update loyalty.player_loyalty as p
    set last_entry_no = w.entry_no, current_balance = w.balance_after,
      lifetime_points = w.balance_after, last_entry_hash = w.entry_hash
    from written as w
    where p.casino_id = w.casino_id and p.player_id = w.player_id;
    commit;
  end loop;
end
$$;
