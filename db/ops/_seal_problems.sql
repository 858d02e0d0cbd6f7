-- What no longer fits the seals: the seals themselves, the leaves that their trees are made of, the
-- entries that the leaves name, and the file of somebody who has kept seals elsewhere.

create or replace function ops._seal_problems(file jsonb) returns setof ops.seal_problem
language plpgsql
stable
set search_path = ''
as $$
declare
  v_seal ops.ledger_seal;
  v_before bytea := sha256('');
  v_leaves bytea[];
begin
  for v_seal in
    select s.*
    from ops.ledger_seal as s
    where s.casino_id = identity._casino()
    order by s.gaming_day
  loop
    if v_seal.previous_seal <> v_before then
      return next row(
        v_seal.gaming_day, null, null, 'seal_unlinked',
        format('The seal of %s doesn''t follow the one before it.', v_seal.gaming_day)
      )::ops.seal_problem;
    end if;
    v_before := v_seal.seal;
    if ops._seal_hash(v_seal) <> v_seal.seal then
      return next row(
        v_seal.gaming_day, null, null, 'seal_changed',
        format('What the seal of %s says doesn''t fit its hash.', v_seal.gaming_day)
      )::ops.seal_problem;
    end if;
    v_leaves := (
      select array_agg(l.leaf order by l.leaf_no) from ops._sealed_leaves(v_seal.gaming_day) as l
    );
    if ops._merkle_root(v_leaves) <> v_seal.merkle_root then
      return next row(
        v_seal.gaming_day, null, null, 'leaves_changed',
        format('The entries noted for the seal of %s don''t make its root.', v_seal.gaming_day)
      )::ops.seal_problem;
    end if;
  end loop;

  return query
  select
    l.gaming_day, l.player_id, l.entry_no,
    case when m.found then 'entry_changed' else 'entry_missing' end,
    case
      when m.found then format(
        'Entry %s is not the one that was sealed on %s.', l.entry_no, l.gaming_day
      )
      else format('Entry %s, sealed on %s, is missing.', l.entry_no, l.gaming_day)
    end
  from (
    select
      array_agg(e.player_id order by e.gaming_day, e.player_id) as player_ids,
      array_agg(e.entry_no order by e.gaming_day, e.player_id) as entry_nos,
      array_agg(e.entry_hash order by e.gaming_day, e.player_id) as entry_hashes,
      array_agg(e.gaming_day order by e.gaming_day, e.player_id) as days
    from ops.ledger_seal_leaf as e
    where e.casino_id = identity._casino()
  ) as a
  cross join lateral loyalty._chain_misfits(a.player_ids, a.entry_nos, a.entry_hashes) as m
  cross join lateral (
    select
      a.days[m.place] as gaming_day, a.player_ids[m.place] as player_id,
      a.entry_nos[m.place] as entry_no
  ) as l;

  if file is null then
    return;
  end if;

  return query
  select
    f.gaming_day, null::uuid, null::bigint,
    case
      when s.gaming_day is null then 'seal_missing'
      when s.seal is distinct from f.seal then 'seal_changed'
      else 'seal_unknown'
    end,
    case
      when s.gaming_day is null
      then format('The seal of %s, which the file has, is missing.', f.gaming_day)
      when s.seal is distinct from f.seal
      then format('The seal of %s is not the one in the file.', f.gaming_day)
      else format('The file''s seal of %s doesn''t fit what it says beside it.', f.gaming_day)
    end
  from ops._file_seals(file) as f
  left join ops.ledger_seal as s
    on s.casino_id = identity._casino() and s.gaming_day = f.gaming_day
  where s.gaming_day is null
    or s.seal is distinct from f.seal
    or (f.players, f.entries, f.merkle_root, f.previous_seal, f.sealed_at)
      is distinct from (
        s.players, s.entries, s.merkle_root, s.previous_seal,
        (extract(epoch from s.sealed_at) * 1000000)::bigint
      );

  return query
  select
    l.gaming_day, l.player_id, l.entry_no,
    case when m.found then 'entry_changed' else 'entry_missing' end,
    case
      when m.found then format(
        'Entry %s is not the one that the file has for %s.', l.entry_no, l.gaming_day
      )
      else format('Entry %s, which the file has for %s, is missing.', l.entry_no, l.gaming_day)
    end
  from (
    select
      array_agg((e.leaf ->> 0)::uuid order by f.gaming_day, e.place) as player_ids,
      array_agg((e.leaf ->> 1)::bigint order by f.gaming_day, e.place) as entry_nos,
      array_agg(decode(e.leaf ->> 2, 'hex') order by f.gaming_day, e.place) as entry_hashes,
      array_agg(f.gaming_day order by f.gaming_day, e.place) as days
    from ops._file_seals(file) as f
    cross join jsonb_array_elements(f.leaves) with ordinality as e (leaf, place)
  ) as a
  cross join lateral loyalty._chain_misfits(a.player_ids, a.entry_nos, a.entry_hashes) as m
  cross join lateral (
    select
      a.days[m.place] as gaming_day, a.player_ids[m.place] as player_id,
      a.entry_nos[m.place] as entry_no
  ) as l;
exception when data_exception then
  perform ops._refuse('OPSFL', array[sqlerrm]);
end
$$;

alter function ops._seal_problems(jsonb) owner to ops_service;
revoke all on function ops._seal_problems(jsonb) from public;

comment on function ops._seal_problems(jsonb) is
  'Everything that doesn''t fit the seals of the running call''s casino, or a file of them. Error: '
  'OPSFL.';
