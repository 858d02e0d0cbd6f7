--! Previous: sha1:5ba56df56b7045985c1931a51b3405f1ecba6a14
--! Hash: sha1:16deec676f7781bd5355971fb2ed84a21c47549b
--! Message: Imports post faster; a preview is exact beside calls at the same moment

--! split: 1-current.sql
drop function loyalty._post_entries(identity.actor, loyalty.entry_draft[]);

--! Included loyalty/_post_entries.sql
-- The twin of loyalty._post_entry for many entries at once, for imports: the same numbers,
-- balances, tiers, gaming days and hashes, in one pass over all of them. A player's drafts are
-- posted in the order of the list; standings are locked in the order of their ids. A draft that
-- can't be posted is left out and given back, and what follows goes on without it. Lifetime points
-- follow from the kind of entry: what is positive counts, a reversal takes back what counted.

create or replace function loyalty._post_entries(
  actor identity.actor,
  drafts loyalty.entry_draft[],
  keys_are_new boolean default false
) returns setof loyalty.unposted_entry
language plpgsql
volatile
security definer
set search_path = ''
set work_mem = '64MB'
set enable_nestloop = off
as $$
#variable_conflict use_column
declare
  v_terms loyalty.terms_in_force[];
begin
  perform
  from loyalty.player_loyalty as p
  where p.casino_id = identity._casino()
    and p.player_id in (select d.player_id from unnest(drafts) as d)
  order by p.player_id
  for no key update;

  v_terms := array(
    select t
    from (select min(d.occurred_at), max(d.occurred_at) from unnest(drafts) as d)
      as m (first_at, last_at)
    cross join lateral loyalty._terms_between(m.first_at, m.last_at) as t
  );

  return query
  with draft as materialized (
    select
      d.*, p.current_balance, p.lifetime_points, p.tier, p.last_entry_no, p.last_entry_hash,
      (
        select l.request_fingerprint
        from loyalty.loyalty_ledger as l
        where l.casino_id = identity._casino()
          and l.idempotency_key = d.idempotency_key
          and not keys_are_new
      ) as used_for
    from unnest(drafts) with ordinality as d (
      player_id, transaction_type, event_type, source, points_change, rating_slip_id, visit_id,
      reverses_entry_no, reason, staff_id, approved_by, idempotency_key, request_fingerprint,
      occurred_at, draft_no
    )
    left join loyalty.player_loyalty as p
      on p.casino_id = identity._casino() and p.player_id = d.player_id
  ),
  moved as materialized (
    select
      d.*,
      loyalty._running_balance(d.current_balance, d.points_change)
        over (partition by d.player_id order by d.draft_no rows unbounded preceding)
        as balance_after
    from draft as d
    where d.used_for is null and d.current_balance is not null
  ),
  balanced as (
    select
      m.*,
      lag(m.balance_after, 1, m.current_balance)
        over (partition by m.player_id order by m.draft_no) as balance_before
    from moved as m
  ),
  numbered as (
    select
      b.*,
      b.last_entry_no + row_number() over w as entry_no,
      (
        b.lifetime_points + sum(
          case b.transaction_type
            when 'REVERSAL' then least(b.points_change, 0)
            else greatest(b.points_change, 0)
          end
        ) over w
      )::bigint as lifetime_after
    from balanced as b
    where b.balance_after <> b.balance_before
    window w as (partition by b.player_id order by b.draft_no rows unbounded preceding)
  ),
  standing as (
    select
      n.*,
      loyalty._tier(t.tiers, t.tier_floors, n.lifetime_after) as tier_after,
      loyalty._tier_progress(t.tier_floors, n.lifetime_after) as progress_after,
      identity._gaming_day(actor.timezone, actor.gaming_day_start, n.occurred_at) as gaming_day
    from numbered as n
    join unnest(v_terms) as t on n.occurred_at >= t.valid_from and n.occurred_at < t.valid_until
  ),
  written as (
    select
      s.*,
      lag(s.tier_after, 1, s.tier) over (partition by s.player_id order by s.draft_no)
        as tier_before
    from standing as s
  ),
  chained as materialized (
    select
      w.*,
      loyalty._running_hash(
        w.last_entry_hash,
        loyalty._entry_content(
          actor.casino_id, w.player_id, w.entry_no, w.transaction_type, w.event_type, w.source,
          w.points_change, w.balance_before, w.balance_after, w.tier_before, w.tier_after,
          w.rating_slip_id, w.visit_id, w.reverses_entry_no, w.reason, w.staff_id, w.approved_by,
          actor.correlation_id, w.idempotency_key, w.request_fingerprint, w.gaming_day,
          w.occurred_at, now()
        )
      ) over (partition by w.player_id order by w.draft_no rows unbounded preceding)
        as entry_hash
    from written as w
  ),
  posted as (
    insert into loyalty.loyalty_ledger
    select
      actor.casino_id, c.player_id, c.entry_no, c.transaction_type, c.event_type, c.source,
      c.points_change, c.balance_before, c.balance_after, c.tier_before, c.tier_after,
      c.rating_slip_id, c.visit_id, c.reverses_entry_no, c.reason, c.staff_id, c.approved_by,
      actor.correlation_id, c.idempotency_key, c.request_fingerprint, c.gaming_day,
      c.occurred_at, now(),
      lag(c.entry_hash, 1, c.last_entry_hash) over (partition by c.player_id order by c.draft_no),
      c.entry_hash
    from chained as c
  ),
  kept as (
    update loyalty.player_loyalty as p
    set current_balance = c.balance_after,
      lifetime_points = c.lifetime_after,
      tier = c.tier_after,
      tier_progress = c.progress_after,
      last_entry_no = c.entry_no,
      last_entry_hash = c.entry_hash,
      updated_at = now()
    from (
      select distinct on (h.player_id) h.* from chained as h order by h.player_id, h.draft_no desc
    ) as c
    where p.casino_id = identity._casino() and p.player_id = c.player_id
  )
  select
    d.draft_no, d.idempotency_key, coalesce(d.used_for = d.request_fingerprint, false),
    case when d.used_for is null then 'RSPLR' when d.used_for <> d.request_fingerprint then 'LYIDM'
    end
  from draft as d
  where d.used_for is not null or d.current_balance is null
  union all
  select b.draft_no, b.idempotency_key, false, 'LYBAL'
  from balanced as b
  where b.balance_after = b.balance_before;
end
$$;

alter function loyalty._post_entries(identity.actor, loyalty.entry_draft[], boolean)
owner to loyalty_service;
revoke all on function loyalty._post_entries(identity.actor, loyalty.entry_draft[], boolean)
from public;
grant execute on function loyalty._post_entries(identity.actor, loyalty.entry_draft[], boolean)
to ops_service;

comment on function loyalty._post_entries(identity.actor, loyalty.entry_draft[], boolean) is
  'Appends entries in bulk and moves the balances, and gives back the drafts that made no entry. '
  'No key may be twice in the list; keys_are_new says that none was used before, which needn''t be '
  'looked up then. Error: LYPOL.';
--! EndIncluded loyalty/_post_entries.sql
--! Included loyalty/_priced_slips.sql
-- The closed slips of a period, each with what it was awarded and what it would be worth under
-- other rules. The tier is that before the award, of the lifetime points that the ledger had then;
-- a slip worth nothing has no entry and is placed after the entry before its closing was written
-- down. Slips whose award is still pending were awarded nothing and are left out.

create or replace function loyalty._priced_slips(
  since timestamptz,
  until timestamptz,
  policy loyalty.loyalty_policy,
  tiers jsonb
) returns table (
  rating_slip_id uuid,
  game text,
  game_name text,
  tier text,
  awarded bigint,
  previewed bigint
)
language sql
stable
begin atomic
  with
  lifetime as materialized (
    select
      l.player_id, l.entry_no, l.created_at,
      lead(l.created_at) over (partition by l.player_id order by l.entry_no) as followed_at,
      sum(
        case
          when l.transaction_type = 'REVERSAL' then least(l.points_change, 0)
          else greatest(l.points_change, 0)
        end
      ) over (partition by l.player_id order by l.entry_no)::bigint as points
    from loyalty.loyalty_ledger as l
    where l.casino_id = identity._casino()
      and l.player_id in (
        select (s.slip).player_id
        from floor._closed_slips(_priced_slips.since, _priced_slips.until) as s
      )
  ),
  slip as materialized (
    select
      s.slip, s.game_name, l.points_change,
      coalesce(
        l.entry_no - 1,
        -- A slip that earned nothing has no entry that says when it was priced, and times are those
        -- of a call's beginning. A call takes seconds at most: of the standings that may have held,
        -- the lowest is taken, under which nothing stays nothing.
        (
          select e.entry_no
          from lifetime as e
          where e.player_id = (s.slip).player_id
            and e.created_at <= s.recorded_at
            and coalesce(e.followed_at > s.recorded_at - interval '10 seconds', true)
          order by e.points, e.entry_no
          limit 1
        )
      ) as after_entry_no
    from floor._closed_slips(_priced_slips.since, _priced_slips.until) as s
    left join loyalty.loyalty_ledger as l
      on l.casino_id = identity._casino()
      and l.idempotency_key = loyalty._slip_key((s.slip).rating_slip_id)
    where not exists (
      select
      from loyalty.accrual_failure as f
      where f.casino_id = identity._casino()
        and f.rating_slip_id = (s.slip).rating_slip_id
        and f.resolved_at is null
    )
  )
  select
    (s.slip).rating_slip_id, (s.slip).game_code, s.game_name, held.tier,
    coalesce(s.points_change, 0),
    (
      loyalty.calculate_points(
        (s.slip).average_bet, (s.slip).accumulated_seconds, (s.slip).house_edge,
        (s.slip).decisions_per_hour, (s.slip).seats, (s.slip).conversion_rate,
        (s.slip).point_multiplier,
        case
          when _priced_slips.tiers is null then held.multiplier
          else (
            select (t.value ->> 'multiplier')::numeric
            from jsonb_array_elements(_priced_slips.tiers) as t
            where (t.value ->> 'threshold_points')::bigint <= coalesce(e.points, 0)
            order by (t.value ->> 'threshold_points')::bigint desc
            limit 1
          )
        end,
        _priced_slips.policy
      )
    ).points
  from slip as s
  left join lifetime as e
    on e.player_id = (s.slip).player_id and e.entry_no = s.after_entry_no
  left join lateral loyalty._tier_standing(
    identity._casino(), coalesce(e.points, 0), (s.slip).closed_at
  ) as held on true;
end;

alter function loyalty._priced_slips(
  timestamptz, timestamptz, loyalty.loyalty_policy, jsonb
) owner to loyalty_service;
revoke all on function loyalty._priced_slips(
  timestamptz, timestamptz, loyalty.loyalty_policy, jsonb
) from public;

comment on function loyalty._priced_slips(
  timestamptz, timestamptz, loyalty.loyalty_policy, jsonb
) is
  'Slips closed from a moment until before another, with the points awarded and those under a '
  'policy and tiers (null: those in force when each slip closed).';
--! EndIncluded loyalty/_priced_slips.sql
--! Included ops/_legacy_time.sql
-- ops._event_time for a million rows: no handler of exceptions, which would cost each row a
-- subtransaction.

create or replace function ops._legacy_time(value text) returns timestamptz
language sql
stable
return case
  when value ~ '^\d\d\d\d-\d\d-\d\d[Tt ]\d\d:\d\d(:\d\d([.]\d+)?)?([Zz]|[+-]\d\d(:?\d\d)?)$'
    and pg_input_is_valid(value, 'timestamptz')
    then value::timestamptz
end;

alter function ops._legacy_time(text) owner to ops_service;
revoke all on function ops._legacy_time(text) from public;

comment on function ops._legacy_time(text) is
  'The moment of an ISO 8601 text with offset; null when it isn''t one.';
--! EndIncluded ops/_legacy_time.sql
--! Included ops/_legacy_row.sql
-- Reads the values of one row of points history or of a rating slip. One expression without a
-- query, so that it becomes part of the query that reads a million of them. Points have at most 12
-- digits, so that no sum of them can overflow.

create or replace function ops._legacy_row(file text, fields text[]) returns setof ops.legacy_row
language sql
stable
rows 1
begin atomic
  select
    coalesce(fields[1], ''),
    btrim(fields[2]),
    case
      when ops._whole_number(btrim(fields[4])) between 1 and 999999999999 then
        case when file = 'history' and btrim(fields[3]) = 'DEBIT' then -1 else 1 end
        * ops._whole_number(btrim(fields[4]))
    end,
    coalesce(file <> 'history' or btrim(fields[3]) in ('CREDIT', 'DEBIT'), false),
    ops._legacy_time(btrim(case file when 'history' then fields[7] else fields[5] end)),
    nullif(
      btrim(case file when 'history' then fields[5] else 'Rating slip ' || fields[1] end), ''
    ),
    file = 'history' or coalesce(
      btrim(fields[3]) = 'CLOSED'
        and case
          when pg_input_is_valid(btrim(fields[4]), 'numeric') then btrim(fields[4])::numeric > 0
          else btrim(fields[4]) <> ''
        end,
      false
    ),
    'pit:import:' || file || ':' || case
      when length(fields[1]) > 200
        then 'sha256:' || encode(sha256(convert_to(fields[1], 'UTF8')), 'hex')
      else coalesce(fields[1], '')
    end,
    sha256(array_send(file || fields));
end;

alter function ops._legacy_row(text, text[]) owner to ops_service;
revoke all on function ops._legacy_row(text, text[]) from public;

comment on function ops._legacy_row(text, text[]) is
  'What the values of a row of "history" or "slips" say; its key and its fingerprint.';
--! EndIncluded ops/_legacy_row.sql
--! Included ops/_judge_import.sql
-- Judges the history rows and slips of a staged batch, all at once: what is known, what is
-- quarantined and why, and in which order the rest is to be posted. The order of the reasons is
-- the specification's; INSUFFICIENT_BALANCE is only known when it is posted. A row quarantined by
-- an earlier import stays so, and what an earlier import quarantined under the same id with other
-- content stands before it.

create or replace function ops._judge_import(
  import_batch_id uuid,
  out to_post bigint,
  out replayed bigint,
  out skipped bigint
)
language sql
volatile
set search_path = ''
set work_mem = '128MB'
set enable_nestloop = off
as $$
with named as (
  select r.fields[6] as slip_id
  from ops.import_batch as b
  join ops.import_row as r
    on r.casino_id = b.casino_id
    and r.import_batch_id = b.import_batch_id
    and r.file = 'history'
  where b.casino_id = identity._casino()
    and (b.import_batch_id = $1 or b.state not in ('staging', 'undone'))
    and r.fields[6] <> ''
),
staged as (
  select r.file, r.row_no, l.*
  from ops.import_row as r
  cross join lateral ops._legacy_row(r.file, r.fields) as l
  where r.casino_id = identity._casino() and r.import_batch_id = $1 and r.file = 'history'
  union all
  select r.file, r.row_no, l.*
  from ops.import_row as r
  cross join lateral ops._legacy_row(r.file, r.fields) as l
  where r.casino_id = identity._casino()
    and r.import_batch_id = $1
    and r.file = 'slips'
    and l.qualifies
    and not exists (select from named as n where n.slip_id = r.fields[1])
),
repeated as (
  select
    s.file, s.row_no,
    row_number() over (partition by s.idempotency_key order by s.row_no) as occurrence,
    row_number() over (
      partition by s.idempotency_key, s.request_fingerprint order by s.row_no
    ) as repetition
  from staged as s
  join (
    select d.idempotency_key from staged as d group by d.idempotency_key having count(*) > 1
  ) as d on d.idempotency_key = s.idempotency_key
),
earlier as (
  select
    q.idempotency_key, q.request_fingerprint,
    case when bool_or(t.outcome is not null) then 'REPLAYED' else min(q.reason) end as verdict,
    bool_or(q.reason <> 'IDEMPOTENCY_CONFLICT') as stands
  from ops.import_quarantine as q
  join ops.import_batch as b
    on b.casino_id = q.casino_id and b.import_batch_id = q.import_batch_id
  left join ops.import_retry as t
    on t.casino_id = q.casino_id
    and t.import_quarantine_id = q.import_quarantine_id
    and t.outcome = 'settled'
  where q.casino_id = identity._casino()
    and q.import_batch_id <> $1
    and b.state not in ('staging', 'undone')
  group by q.idempotency_key, q.request_fingerprint
),
player as (
  select p.card_no, p.player_id
  from floor._players_by_card(array(select distinct s.card_no from staged as s)) as p
),
judged as materialized (
  select
    k.*, p.player_id,
    ops._next_import_key(k.idempotency_key, u.rounds) as posting_key,
    case
      when r.repetition > 1 then 'REPLAYED'
      when e.verdict is not null then e.verdict
      when r.occurrence > 1 then 'IDEMPOTENCY_CONFLICT'
      when exists (
        select from earlier as o where o.idempotency_key = k.idempotency_key and o.stands
      ) then 'IDEMPOTENCY_CONFLICT'
      when k.has_type and k.points_change is not null
        and k.occurred_at <= now() + interval '1 minute'
        and p.player_id is not null
        then null
      else coalesce(
        case
          loyalty._request_of_key(ops._next_import_key(k.idempotency_key, u.rounds))
            = k.request_fingerprint
          when true then 'REPLAYED'
          when false then 'IDEMPOTENCY_CONFLICT'
        end,
        case
          when not k.has_type then 'INVALID_TYPE'
          when k.points_change is null then 'INVALID_POINTS'
          when (k.occurred_at <= now() + interval '1 minute') is not true then 'INVALID_DATE'
          else 'PLAYER_NOT_FOUND'
        end
      )
    end as verdict
  from staged as k
  left join repeated as r on r.file = k.file and r.row_no = k.row_no
  left join player as p on p.card_no = k.card_no
  left join earlier as e
    on e.idempotency_key = k.idempotency_key and e.request_fingerprint = k.request_fingerprint
  left join ops._used_import_keys() as u on u.idempotency_key = k.idempotency_key
),
quarantined as (
  insert into ops.import_quarantine (
    casino_id, import_batch_id, file, row_no, legacy_id, reason, idempotency_key,
    request_fingerprint
  )
  select
    identity._casino(), $1, j.file, j.row_no, j.legacy_id, j.verdict, j.idempotency_key,
    j.request_fingerprint
  from judged as j
  where j.verdict <> 'REPLAYED'
),
queued as (
  insert into ops.import_posting
  select
    identity._casino(), $1,
    row_number() over (
      order by j.player_id, j.occurred_at, j.legacy_id collate "C", j.file, j.row_no
    ),
    j.file, j.row_no, j.player_id, j.points_change, j.reason, j.occurred_at, j.posting_key,
    j.request_fingerprint
  from judged as j
  where j.verdict is null
)
select
  count(*) filter (where j.verdict is null),
  count(*) filter (where j.verdict = 'REPLAYED'),
  (
    select count(*)
    from ops.import_row as r
    where r.casino_id = identity._casino() and r.import_batch_id = $1 and r.file = 'slips'
  ) - count(*) filter (where j.file = 'slips')
from judged as j;
$$;

alter function ops._judge_import(uuid) owner to ops_service;
revoke all on function ops._judge_import(uuid) from public;

comment on function ops._judge_import(uuid) is
  'Fills import_posting and import_quarantine for a staged batch and counts what is to be posted, '
  'what was known and the slips that don''t qualify.';
--! EndIncluded ops/_judge_import.sql
--! Included ops/_post_import.sql
-- Posts the next rows of a batch, in one transaction with the place at which the next ones begin:
-- so an import that is killed goes on where it stopped, and no row is posted twice or never.

create or replace function ops._post_import(
  actor identity.actor,
  batch ops.import_batch,
  most_rows integer
) returns ops.import_batch
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_last bigint := least(batch.posted_through + most_rows, batch.rows_to_post);
  v_counted record;
  -- Keys are posted once in a batch, and nobody else makes keys that begin with "pit:import:".
  v_is_first boolean := not exists (
    select
    from ops.import_batch as b
    where b.casino_id = identity._casino()
      and b.import_batch_id <> batch.import_batch_id
      and b.state <> 'staging'
  );
begin
  actor.correlation_id := batch.correlation_id;
  with unposted as (
    select u.draft_no + batch.posted_through as position, u.replayed, u.refusal
    from loyalty._post_entries(
      actor,
      array(
        select
          row(
            p.player_id, case when p.points_change < 0 then 'ADJUSTMENT' else 'GAMEPLAY' end,
            'LEGACY_IMPORTED', 'import', p.points_change, null, null, null, p.reason, null, null,
            p.idempotency_key, p.request_fingerprint, p.occurred_at
          )::loyalty.entry_draft
        from ops.import_posting as p
        where p.casino_id = identity._casino()
          and p.import_batch_id = batch.import_batch_id
          and p.position > batch.posted_through
          and p.position <= v_last
        order by p.position
      ),
      keys_are_new => v_is_first
    ) as u
  ),
  quarantined as (
    insert into ops.import_quarantine (
      casino_id, import_batch_id, file, row_no, legacy_id, reason, idempotency_key,
      request_fingerprint
    )
    select
      identity._casino(), p.import_batch_id, p.file, p.row_no, coalesce(r.fields[1], ''),
      case u.refusal
        when 'LYIDM' then 'IDEMPOTENCY_CONFLICT'
        when 'RSPLR' then 'PLAYER_NOT_FOUND'
        else 'INSUFFICIENT_BALANCE'
      end,
      (select l.idempotency_key from ops._legacy_row(r.file, r.fields) as l),
      p.request_fingerprint
    from ops.import_posting as p
    join unposted as u on u.position = p.position
    join ops.import_row as r
      on r.casino_id = identity._casino()
      and r.import_batch_id = batch.import_batch_id
      and r.file = p.file
      and r.row_no = p.row_no
    where p.casino_id = identity._casino()
      and p.import_batch_id = batch.import_batch_id
      and p.position = any (array(select n.position from unposted as n where not n.replayed))
  )
  select count(*) as unposted, count(*) filter (where u.replayed) as replayed
  into v_counted
  from unposted as u;

  update ops.import_batch as b
  set posted_through = v_last,
    posted = b.posted + v_last - b.posted_through - v_counted.unposted,
    replayed = b.replayed + v_counted.replayed,
    state = case when v_last = b.rows_to_post then 'finished' else b.state end,
    finished_at = case when v_last = b.rows_to_post then now() end
  where b.casino_id = identity._casino() and b.import_batch_id = batch.import_batch_id
  returning b.* into batch;
  return batch;
end
$$;

alter function ops._post_import(identity.actor, ops.import_batch, integer) owner to ops_service;
revoke all on function ops._post_import(identity.actor, ops.import_batch, integer) from public;

comment on function ops._post_import(identity.actor, ops.import_batch, integer) is
  'Posts at most so many rows of a locked batch and gives its row; finished with the last one. '
  'Error: LYPOL.';
--! EndIncluded ops/_post_import.sql
--! Included ops/_import_mismatches.sql
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
    select distinct on (btrim(r.fields[1]))
      btrim(r.fields[1]) as card_no, btrim(r.fields[2])::numeric as claimed
    from ops.import_row as r
    where r.casino_id = identity._casino()
      and r.import_batch_id = _import_mismatches.import_batch_id
      and r.file = 'balances'
      and pg_input_is_valid(btrim(r.fields[2]), 'numeric')
    order by btrim(r.fields[1]), r.row_no
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
--! EndIncluded ops/_import_mismatches.sql
--! Included ops/_retry_import.sql
-- Tries quarantined rows of one batch again, with a correction for one of them or as they are, and
-- remembers each attempt. A row is known by what stood in the export, so that the row of a later
-- export is found to be settled although its correction was posted.

create or replace function ops._retry_import(
  actor identity.actor,
  import_batch_id uuid,
  import_quarantine_ids uuid[],
  correction text[] default null,
  note text default null
) returns bigint
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_batch ops.import_batch := ops._lock_import(import_batch_id);
  v_correlation_id text := actor.correlation_id;
  v_counted record;
begin
  if v_batch.state <> 'finished' then
    perform ops._refuse('OPIST', array[v_batch.state]);
  end if;
  actor.correlation_id := v_batch.correlation_id;

  perform floor._enroll_players(
    actor,
    array(
      select ops._enrolment(r.fields)
      from ops._rows_to_retry(import_quarantine_ids, correction) as r
      where r.file = 'players'
    )
  );

  with tried as materialized (
    select
      r.import_quarantine_id, r.retry_no, r.file, r.request_fingerprint, l.points_change,
      l.occurred_at, l.reason, l.legacy_id, p.player_id,
      ops._next_import_key(l.idempotency_key, u.rounds) as idempotency_key,
      case
        when r.file = 'players' then case when p.player_id is null then 'INVALID_PLAYER' end
        when not l.has_type then 'INVALID_TYPE'
        when l.points_change is null then 'INVALID_POINTS'
        when (l.occurred_at <= now() + interval '1 minute') is not true then 'INVALID_DATE'
        when p.player_id is null then 'PLAYER_NOT_FOUND'
        when row_number() over (
          partition by r.file, l.idempotency_key order by r.row_no
        ) > 1 then 'IDEMPOTENCY_CONFLICT'
      end as verdict
    from ops._rows_to_retry(import_quarantine_ids, correction) as r
    cross join lateral ops._legacy_row(r.file, r.fields) as l
    left join floor._players_by_card(
      array(
        select btrim(c.fields[case when c.file = 'players' then 1 else 2 end])
        from ops._rows_to_retry(import_quarantine_ids, correction) as c
      )
    ) as p on p.card_no = btrim(r.fields[case when r.file = 'players' then 1 else 2 end])
    left join ops._used_import_keys() as u on u.idempotency_key = l.idempotency_key
  ),
  posting as materialized (
    select
      t.*,
      row_number() over (order by t.player_id, t.occurred_at, t.legacy_id collate "C") as draft_no
    from tried as t
    where t.verdict is null and t.file <> 'players'
  ),
  unposted as materialized (
    select u.draft_no, u.replayed, u.refusal
    from loyalty._post_entries(
      actor,
      array(
        select
          row(
            p.player_id, case when p.points_change < 0 then 'ADJUSTMENT' else 'GAMEPLAY' end,
            'LEGACY_IMPORTED', 'import', p.points_change, null, null, null, p.reason,
            actor.staff_id, null, p.idempotency_key, p.request_fingerprint, p.occurred_at
          )::loyalty.entry_draft
        from posting as p
        order by p.draft_no
      )
    ) as u
  ),
  attempts as (
    insert into ops.import_retry (
      casino_id, import_quarantine_id, retry_no, fields, note, outcome, reason, player_id,
      idempotency_key, staff_id, correlation_id
    )
    select
      identity._casino(), t.import_quarantine_id, t.retry_no, correction, note,
      case when r.reason is null then 'settled' else 'quarantined' end, r.reason,
      case when r.reason is null then t.player_id end,
      case when r.reason is null and t.file <> 'players' then t.idempotency_key end,
      actor.staff_id, v_correlation_id
    from tried as t
    left join posting as p on p.import_quarantine_id = t.import_quarantine_id
    left join unposted as u on u.draft_no = p.draft_no and not u.replayed
    cross join lateral (
      select coalesce(
        t.verdict,
        case u.refusal
          when 'LYIDM' then 'IDEMPOTENCY_CONFLICT'
          when 'RSPLR' then 'PLAYER_NOT_FOUND'
          when 'LYBAL' then 'INSUFFICIENT_BALANCE'
        end
      ) as reason
    ) as r
    returning outcome
  )
  select
    (select count(*) from posting) - (select count(*) from unposted) as posted,
    (select count(*) from unposted as u where u.replayed) as replayed,
    (select count(*) from attempts as a where a.outcome = 'settled') as settled
  into v_counted;

  update ops.import_batch as b
  set posted = b.posted + v_counted.posted, replayed = b.replayed + v_counted.replayed
  where b.casino_id = identity._casino() and b.import_batch_id = v_batch.import_batch_id;
  return v_counted.settled;
end
$$;

alter function ops._retry_import(identity.actor, uuid, uuid[], text[], text) owner to ops_service;
revoke all on function ops._retry_import(identity.actor, uuid, uuid[], text[], text) from public;

comment on function ops._retry_import(identity.actor, uuid, uuid[], text[], text) is
  'Tries these quarantined rows of a finished batch again and gives how many are settled now. '
  'Errors: OPIMP, OPIST, LYPOL.';
--! EndIncluded ops/_retry_import.sql
--! Included ops/import_report.sql
-- What an import led to, read back from the database: the content of the command line's report,
-- and the account of its rows.

create or replace function ops.import_report(
  casino_code text,
  import_batch_id uuid,
  out report json,
  out account json
)
language plpgsql
volatile
security definer
set search_path = ''
set pit.casino = ''
set work_mem = '64MB'
set enable_nestloop = off
as $$
declare
  v_actor identity.actor := identity._enter_owner(casino_code);
  v_batch ops.import_batch;
  v_quarantined json;
begin
  select b.* into v_batch
  from ops.import_batch as b
  where b.casino_id = v_actor.casino_id
    and b.import_batch_id = import_report.import_batch_id;
  if not found then
    perform ops._refuse('OPIMP');
  end if;

  select
    coalesce(
      json_agg(json_build_object('id', q.legacy_id, 'reason', q.reason)), '[]'
    )
  into v_quarantined
  from ops._quarantined_rows(import_report.import_batch_id) as q
  where q.file in ('history', 'slips');

  with player as materialized (
    select p.card_no, p.player_id
    from ops._import_players(import_report.import_batch_id) as p
  )
  select json_build_object(
    'players', coalesce(
      json_object_agg(
        p.card_no,
        json_build_object(
          'balance', s.current_balance, 'lifetime', s.lifetime_points, 'tier', s.tier,
          'entries', s.entries
        )
        order by p.card_no collate "C"
      ),
      '{}'
    ),
    'ledger_entries', coalesce(sum(s.entries), 0),
    'ledger_points', coalesce(sum(s.points), 0),
    'replayed', v_batch.replayed,
    'quarantined', v_quarantined,
    'balance_mismatches', (
      select coalesce(json_object_agg(m.card_no, m.difference), '{}')
      from ops._import_mismatches(import_report.import_batch_id) as m
    )
  )
  into report
  from player as p
  join loyalty._imported_standings(array(select i.player_id from player as i)) as s
    on s.player_id = p.player_id;

  select json_build_object(
    'players', count(*) filter (where r.file = 'players'),
    'history', count(*) filter (where r.file = 'history'),
    'slips', count(*) filter (where r.file = 'slips') - v_batch.skipped,
    'skipped', v_batch.skipped,
    'posted', v_batch.posted,
    'replayed', v_batch.replayed,
    'quarantined', json_array_length(v_quarantined),
    'unenrolled', (
      select count(*)
      from ops._quarantined_rows(import_report.import_batch_id) as q
      where q.file = 'players'
    ),
    'unreadable_claims', count(*) filter (
      where r.file = 'balances' and not pg_input_is_valid(btrim(r.fields[2]), 'numeric')
    )
  )
  into account
  from ops.import_row as r
  where r.casino_id = v_actor.casino_id
    and r.import_batch_id = import_report.import_batch_id;
end
$$;

alter function ops.import_report(text, uuid) owner to ops_service;
revoke all on function ops.import_report(text, uuid) from public;
grant execute on function ops.import_report(text, uuid) to pit_owner;

comment on function ops.import_report(text, uuid) is
  'For the command line: the report of a batch (docs/how-to/import-a-legacy-system.md) and the '
  'account of its rows. Errors: IDCAS, OPIMP.';
--! EndIncluded ops/import_report.sql
