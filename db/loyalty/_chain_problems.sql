-- What exactly is wrong with the ledgers of these players: entry by entry, each beside the one
-- before it and the standing beside the last one.

create or replace function loyalty._chain_problems(player_ids uuid[])
returns setof loyalty.chain_problem
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
      lead(l.entry_no) over w is null as is_last,
      sum(l.points_change) over (partition by l.player_id) as balance,
      loyalty._computed_hash(l) as computed_hash
    from loyalty.loyalty_ledger as l
    where l.casino_id = identity._casino() and l.player_id = any (player_ids)
    window w as (partition by l.player_id order by l.entry_no)
  ),
  standing as (
    select p.*
    from loyalty.player_loyalty as p
    where p.casino_id = identity._casino() and p.player_id = any (player_ids)
  ),
  problem as (
    select
      l.player_id, l.before_no + 1 as entry_no, 'entry_missing' as problem,
      case
        when l.entry_no = l.before_no + 2 then format('Entry %s is missing.', l.before_no + 1)
        else format('Entries %s to %s are missing.', l.before_no + 1, l.entry_no - 1)
      end as detail
    from ledger as l
    where l.entry_no > l.before_no + 1

    union all
    select
      s.player_id, coalesce(l.entry_no, 0) + 1, 'entry_missing',
      case
        when s.last_entry_no = coalesce(l.entry_no, 0) + 1
        then format('Entry %s, the newest, is missing.', s.last_entry_no)
        else format('Entries %s to %s, the newest, are missing.',
          coalesce(l.entry_no, 0) + 1, s.last_entry_no)
      end
    from standing as s
    left join ledger as l on l.player_id = s.player_id and l.is_last
    where s.last_entry_no > coalesce(l.entry_no, 0)

    union all
    select
      l.player_id, l.entry_no, 'entry_extra',
      format('Entry %s is not known to the player''s standing, which ends with entry %s.',
        l.entry_no, s.last_entry_no)
    from ledger as l
    join standing as s on s.player_id = l.player_id
    where l.entry_no > s.last_entry_no

    union all
    select
      l.player_id, l.entry_no, 'entry_changed',
      format('What entry %s says doesn''t fit its hash.', l.entry_no)
    from ledger as l
    where l.computed_hash <> l.entry_hash

    union all
    select
      l.player_id, l.entry_no, 'entry_unlinked',
      format('Entry %s doesn''t follow entry %s as it stands.', l.entry_no, l.before_no)
    from ledger as l
    where l.entry_no = l.before_no + 1 and l.previous_hash <> l.before_hash

    union all
    select
      l.player_id, l.entry_no, 'sum_wrong',
      format('Entry %s: %s %s %s is not %s, or does not follow the balance of %s before it.',
        l.entry_no, l.balance_before, case when l.points_change < 0 then '-' else '+' end,
        abs(l.points_change::numeric), l.balance_after, l.before_balance)
    from ledger as l
    where l.balance_after <> l.balance_before::numeric + l.points_change
      or l.entry_no = l.before_no + 1 and l.balance_before <> l.before_balance

    union all
    select
      l.player_id, l.entry_no, 'standing_missing',
      'The player has entries and no standing.'
    from ledger as l
    where l.is_last and not exists (
      select from standing as s where s.player_id = l.player_id
    )

    union all
    select
      s.player_id, coalesce(l.entry_no, 0), 'standing_wrong',
      format('The standing''s %s is %s, the ledger''s up to entry %s is %s.',
        d.what, d.actual, coalesce(l.entry_no, 0), d.expected)
    from standing as s
    left join ledger as l on l.player_id = s.player_id and l.is_last
    cross join lateral (
      values
        ('balance', s.current_balance::text, coalesce(l.balance, 0)::text),
        (
          'last hash', encode(s.last_entry_hash, 'hex'),
          encode(coalesce(l.entry_hash, sha256('')), 'hex')
        )
    ) as d (what, actual, expected)
    where d.actual <> d.expected
  )
  select p.player_id, p.entry_no, p.problem, p.detail
  from problem as p
  order by p.player_id, p.entry_no, p.problem;
end;

alter function loyalty._chain_problems(uuid[]) owner to loyalty_service;
revoke all on function loyalty._chain_problems(uuid[]) from public;

comment on function loyalty._chain_problems(uuid[]) is
  'Everything that doesn''t fit in the ledgers of these players: gaps, changed, extra and '
  'unlinked entries, wrong sums, and standings that differ.';
