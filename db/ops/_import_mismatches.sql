-- Compares each imported balance with the one that the old system claimed. Imported is what came
-- from imports and stands: points earned here since, and entries that were rolled back, don't
-- count.

create or replace function ops._import_mismatches(import_batch_id uuid)
returns setof ops.import_mismatch
language sql
stable
set search_path = ''
begin atomic
  with player as materialized (
    select p.card_no, p.player_id
    from ops._import_players(_import_mismatches.import_batch_id) as p
  )
  select c.card_no, c.claimed, coalesce(s.imported_points, 0),
    c.claimed - coalesce(s.imported_points, 0)
  from (
    select distinct on (b.card_no) b.card_no, b.claimed::numeric as claimed
    from (
      select r.row_no, btrim(v.fields[1]) as card_no, btrim(v.fields[2]) as claimed
      from ops.import_row as r
      cross join lateral (select ops._import_values(r.raw, r.fields)) as v (fields)
      where r.casino_id = identity._casino()
        and r.import_batch_id = _import_mismatches.import_batch_id
        and r.file = 'balances'
    ) as b
    where pg_input_is_valid(b.claimed, 'numeric')
    order by b.card_no, b.row_no
  ) as c
  left join player as p on p.card_no = c.card_no
  left join loyalty._imported_standings(array(select i.player_id from player as i)) as s
    on s.player_id = p.player_id
  where c.claimed <> coalesce(s.imported_points, 0)
  order by c.card_no collate "C";
end;

alter function ops._import_mismatches(uuid) owner to ops_service;
revoke all on function ops._import_mismatches(uuid) from public;

comment on function ops._import_mismatches(uuid) is
  'Cards whose claimed balance differs from the imported one, with the difference.';
