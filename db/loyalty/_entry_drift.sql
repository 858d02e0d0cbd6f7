-- Which entries of these players don't fit: each beside the one before it, and every hash beside
-- its content. What it says in words to who verifies (loyalty._chain_problems), it says here as
-- expected and actual.

create or replace function loyalty._entry_drift(player_ids uuid[]) returns setof loyalty.drift
language sql
stable
set search_path = ''
begin atomic
  with ledger as (
    select
      l.player_id, l.entry_no, l.points_change, l.balance_before, l.balance_after,
      l.previous_hash, l.entry_hash,
      coalesce(lag(l.entry_no) over w, 0) as before_no,
      coalesce(lag(l.entry_hash) over w, sha256('')) as before_hash,
      coalesce(lag(l.balance_after) over w, 0) as before_balance,
      loyalty._computed_hash(l) as computed_hash
    from loyalty.loyalty_ledger as l
    where l.casino_id = identity._casino() and l.player_id = any (player_ids)
    window w as (partition by l.player_id order by l.entry_no)
  )
  select
    l.player_id, l.before_no + 1, 'entry', 'exists',
    case
      when l.entry_no = l.before_no + 2 then 'is missing'
      else format('is missing, and so on up to entry %s', l.entry_no - 1)
    end
  from ledger as l
  where l.entry_no > l.before_no + 1
  union all
  select l.player_id, l.entry_no, v.what, v.expected, v.actual
  from ledger as l
  cross join lateral (
    values
      (true, 'balance_before', l.before_balance::text, l.balance_before::text),
      (true, 'previous_hash', encode(l.before_hash, 'hex'), encode(l.previous_hash, 'hex')),
      (
        false, 'balance_after', (l.balance_before::numeric + l.points_change)::text,
        l.balance_after::text
      ),
      (false, 'entry_hash', encode(l.computed_hash, 'hex'), encode(l.entry_hash, 'hex'))
  ) as v (by_the_one_before, what, expected, actual)
  where v.expected <> v.actual
    and (l.entry_no = l.before_no + 1 or not v.by_the_one_before);
end;

alter function loyalty._entry_drift(uuid[]) owner to loyalty_service;
revoke all on function loyalty._entry_drift(uuid[]) from public;

comment on function loyalty._entry_drift(uuid[]) is
  'Entries of these players that don''t follow the one before them, don''t add up or don''t fit '
  'their hash: the column, what it should be and what it is.';
