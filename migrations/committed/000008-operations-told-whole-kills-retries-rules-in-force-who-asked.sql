--! Previous: sha1:a91cba737f1c2621b16c6697e517a26d3c64a192
--! Hash: sha1:ec2669d35ab59fe4963614ac7ebce99f1b214dc0
--! Message: Operations told whole: kills, retries, rules in force, who asked; processors that are there

--! split: 1-current.sql
-- Enter migration here
--! Included loyalty/_open_standings.sql
-- loyalty._open_player_loyalty for a list of newly enrolled players, in the transaction of their
-- enrolment. Without statistics, after a dry run say, the foreign key's check would read all
-- players for each of them.

create or replace function loyalty._open_standings(player_ids uuid[], enrolled_at timestamptz[])
returns void
language plpgsql
volatile
security definer
set search_path = ''
set enable_seqscan = off
as $$
declare
  v_players bigint := coalesce(cardinality(player_ids), 0);
  v_opened bigint;
begin
  insert into loyalty.player_loyalty (casino_id, player_id, tier, tier_progress)
  select identity._casino(), p.player_id, s.tier, s.tier_progress
  from unnest(_open_standings.player_ids, _open_standings.enrolled_at) as p (player_id, at)
  cross join lateral loyalty._tier_standing(identity._casino(), 0, p.at) as s;
  get diagnostics v_opened = row_count;
  if v_opened < v_players then
    perform ops._refuse(
      'LYPOL', array[(select min(a.at) from unnest(_open_standings.enrolled_at) as a (at))::text]
    );
  end if;
end
$$;

alter function loyalty._open_standings(uuid[], timestamptz[]) owner to loyalty_service;
revoke all on function loyalty._open_standings(uuid[], timestamptz[]) from public;
grant execute on function loyalty._open_standings(uuid[], timestamptz[]) to floor_service;

comment on function loyalty._open_standings(uuid[], timestamptz[]) is
  'Creates the players'' balance rows with the lowest tier. Error: LYPOL without tiers.';
--! EndIncluded loyalty/_open_standings.sql
--! Included loyalty/_chain_totals.sql
-- The whole ledger in one pass that parallel workers share, each entry on its own: its hash is
-- recomputed, and digests of where it ends and where it says it begins are XORed. Along unbroken
-- chains everything cancels out but each player's beginning and end, which the standings have.
-- Nothing is kept for each player, pages are read by who hashes them, and no sum can overflow. Rows
-- are returned because a query that fills a variable isn't shared (docs/decisions/0013).

create or replace function loyalty._chain_totals(player_id uuid default null)
returns setof loyalty.chain_totals
language plpgsql
stable
set search_path = ''
set plan_cache_mode = force_custom_plan
set jit = off
set parallel_setup_cost = 0
set parallel_tuple_cost = 0
set effective_io_concurrency = 0
as $$
declare
  v_salt bigint := uuid_hash_extended(gen_random_uuid(), 0);
begin
  return query
  select
    p.players, l.entries, l.fits and l.links = p.links and l.entries = p.entries
  from (
    select
      count(*) as entries,
      coalesce(
        bool_and(
          e.balance_before >= 0 and e.balance_after >= 0
          and e.balance_after - e.balance_before = e.points_change
          and e.entry_hash = loyalty._computed_hash(e)
        ),
        true
      ) as fits,
      coalesce(
        bit_xor(
          loyalty._chain_digest(e.player_id, e.entry_no, e.balance_after, e.entry_hash, v_salt)
          # loyalty._chain_digest(
            e.player_id, greatest(e.entry_no, 0) - 1, e.balance_before, e.previous_hash, v_salt
          )
        ),
        0
      ) as links
    from loyalty.loyalty_ledger as e
    where e.casino_id = (select identity._casino())
      and (_chain_totals.player_id is null or e.player_id = _chain_totals.player_id)
  ) as l
  cross join (
    select
      count(*) as players,
      coalesce(sum(s.last_entry_no), 0) as entries,
      coalesce(
        bit_xor(
          loyalty._chain_digest(s.player_id, 0, 0, sha256(''), v_salt)
          # loyalty._chain_digest(
            s.player_id, s.last_entry_no, s.current_balance, s.last_entry_hash, v_salt
          )
        ),
        0
      ) as links
    from loyalty.player_loyalty as s
    where s.casino_id = identity._casino()
      and (_chain_totals.player_id is null or s.player_id = _chain_totals.player_id)
  ) as p;
end
$$;

alter function loyalty._chain_totals(uuid) owner to loyalty_service;
revoke all on function loyalty._chain_totals(uuid) from public;

comment on function loyalty._chain_totals(uuid) is
  'Players and entries of the running call''s casino, or of one player, and whether the ledger '
  'fits itself and the standings.';
--! EndIncluded loyalty/_chain_totals.sql
--! Included loyalty/_chain_states.sql
-- The ledger player by player, asked when loyalty._chain_totals doesn't come out: whose it is. The
-- same digests, added up for each player; loyalty._chain_problems says which entry.

create or replace function loyalty._chain_states(player_id uuid default null)
returns setof loyalty.chain_state
language plpgsql
stable
set search_path = ''
set plan_cache_mode = force_custom_plan
set jit = off
set parallel_setup_cost = 0
set parallel_tuple_cost = 0
set effective_io_concurrency = 0
as $$
declare
  v_salt bigint := uuid_hash_extended(gen_random_uuid(), 0);
begin
  return query
  select
    coalesce(c.player_id, p.player_id), coalesce(c.entries, 0),
    p.player_id is not null
    and coalesce(c.entries, 0) = p.last_entry_no
    and coalesce(c.fits, true)
    and coalesce(c.links, 0) = (
      loyalty._chain_digest(p.player_id, 0, 0, sha256(''), v_salt)
      # loyalty._chain_digest(
        p.player_id, p.last_entry_no, p.current_balance, p.last_entry_hash, v_salt
      )
    )
  from (
    select
      l.player_id,
      count(*) as entries,
      bool_and(
        l.balance_before >= 0 and l.balance_after >= 0
        and l.balance_after - l.balance_before = l.points_change
        and l.entry_hash = loyalty._computed_hash(l)
      ) as fits,
      bit_xor(
        loyalty._chain_digest(l.player_id, l.entry_no, l.balance_after, l.entry_hash, v_salt)
        # loyalty._chain_digest(
          l.player_id, greatest(l.entry_no, 0) - 1, l.balance_before, l.previous_hash, v_salt
        )
      ) as links
    from loyalty.loyalty_ledger as l
    where l.casino_id = identity._casino()
      and (_chain_states.player_id is null or l.player_id = _chain_states.player_id)
    group by l.player_id
  ) as c
  full join (
    select s.*
    from loyalty.player_loyalty as s
    where s.casino_id = identity._casino()
      and (_chain_states.player_id is null or s.player_id = _chain_states.player_id)
  ) as p on p.player_id = c.player_id;
end
$$;

alter function loyalty._chain_states(uuid) owner to loyalty_service;
revoke all on function loyalty._chain_states(uuid) from public;

comment on function loyalty._chain_states(uuid) is
  'For each player of the running call''s casino, or one: entries, and whether the ledger '
  'fits itself and the standing.';
--! EndIncluded loyalty/_chain_states.sql
--! Included loyalty/_reconciled_players.sql
-- Ledger and standings player by player, asked when loyalty._reconciled_ledger doesn't come out:
-- whose it is. The same figures, added up for each player, and the tier besides. Tiers are those
-- of the copy for the write path: who doesn't fit it is a suspect, and loyalty._standing_drift
-- decides.

create or replace function loyalty._reconciled_players(slice_no integer)
returns setof loyalty.chain_state
language plpgsql
stable
set search_path = ''
set plan_cache_mode = force_custom_plan
set jit = off
set parallel_setup_cost = 0
set parallel_tuple_cost = 0
as $$
declare
  v_salt bigint := uuid_hash_extended(gen_random_uuid(), 0);
begin
  return query
  select
    coalesce(c.player_id, p.player_id), coalesce(c.entries, 0),
    (
      p.player_id is not null
      and coalesce(c.entries, 0) = p.last_entry_no
      and coalesce(c.fits, true)
      and coalesce(c.lifetime, 0) = p.lifetime_points
      and coalesce(c.links, 0) = (
        loyalty._chain_digest(p.player_id, 0, 0, sha256(''), v_salt)
        # loyalty._chain_digest(
          p.player_id, p.last_entry_no, p.current_balance, p.last_entry_hash, v_salt
        )
      )
      and p.tier = loyalty._tier(t.tiers, t.tier_floors, p.lifetime_points)
      and p.tier_progress = loyalty._tier_progress(t.tier_floors, p.lifetime_points)
    ) is true
  from (
    select
      l.player_id,
      count(*) as entries,
      sum(
        case
          when l.transaction_type <> 'REVERSAL' then greatest(l.points_change, 0)
          else least(l.points_change, 0)
        end
      ) as lifetime,
      bool_and(
        l.balance_before >= 0 and l.balance_after >= 0
        and l.balance_after - l.balance_before = l.points_change
        and (
          uuid_hash(l.player_id) & 63 <> _reconciled_players.slice_no
          or l.entry_hash = loyalty._computed_hash(l)
        )
      ) as fits,
      bit_xor(
        loyalty._chain_digest(l.player_id, l.entry_no, l.balance_after, l.entry_hash, v_salt)
        # loyalty._chain_digest(
          l.player_id, greatest(l.entry_no, 0) - 1, l.balance_before, l.previous_hash, v_salt
        )
      ) as links
    from loyalty.loyalty_ledger as l
    where l.casino_id = identity._casino()
    group by l.player_id
  ) as c
  full join (
    select s.* from loyalty.player_loyalty as s where s.casino_id = identity._casino()
  ) as p on p.player_id = c.player_id
  left join (
    select t.tiers, t.tier_floors
    from loyalty.terms_in_force as f
    cross join lateral loyalty._terms_at(f.casino_id, f.standings_as_of) as t
    where f.casino_id = identity._casino()
  ) as t on true;
end
$$;

alter function loyalty._reconciled_players(integer) owner to loyalty_service;
revoke all on function loyalty._reconciled_players(integer) from public;

comment on function loyalty._reconciled_players(integer) is
  'For each player of the running call''s casino: entries, and whether ledger and standing agree; '
  'with every hash recomputed for the players of one slice, 0 to 63.';
--! EndIncluded loyalty/_reconciled_players.sql
--! Included loyalty/_reconciled_ledger.sql
-- The whole ledger beside all standings in one pass that parallel workers share, as in
-- loyalty._chain_totals: every number, sum and link with the hashes as they are stored, and
-- lifetime points, which are weighed by player, so that one player's can't make up for another's;
-- nothing is kept for each player. Hashes are recomputed for one 64th of the players only, whose
-- turn a digest of the player's id tells: a byte changed in an old entry, which nothing else would
-- show, is found within 64 runs.

create or replace function loyalty._reconciled_ledger(slice_no integer)
returns setof loyalty.chain_totals
language plpgsql
stable
set search_path = ''
set plan_cache_mode = force_custom_plan
set jit = off
set parallel_setup_cost = 0
set parallel_tuple_cost = 0
as $$
declare
  v_salt bigint := uuid_hash_extended(gen_random_uuid(), 0);
begin
  return query
  select
    p.players, l.entries,
    l.fits and l.links = p.links and l.entries = p.entries and l.lifetime = p.lifetime
  from (
    select
      count(*) as entries,
      coalesce(
        bool_and(
          e.balance_before >= 0 and e.balance_after >= 0
          and e.balance_after - e.balance_before = e.points_change
          and (
            uuid_hash(e.player_id) & 63 <> _reconciled_ledger.slice_no
            or e.entry_hash = loyalty._computed_hash(e)
          )
        ),
        true
      ) as fits,
      coalesce(
        bit_xor(
          loyalty._chain_digest(e.player_id, e.entry_no, e.balance_after, e.entry_hash, v_salt)
          # loyalty._chain_digest(
            e.player_id, greatest(e.entry_no, 0) - 1, e.balance_before, e.previous_hash, v_salt
          )
        ),
        0
      ) as links,
      coalesce(
        sum(
          loyalty._weighed(
            e.player_id,
            case
              when e.transaction_type <> 'REVERSAL' then greatest(e.points_change, 0)
              else least(e.points_change, 0)
            end,
            v_salt
          )
        ),
        0
      ) as lifetime
    from loyalty.loyalty_ledger as e
    where e.casino_id = identity._casino()
  ) as l
  cross join (
    select
      count(*) as players,
      coalesce(sum(s.last_entry_no), 0) as entries,
      coalesce(
        bit_xor(
          loyalty._chain_digest(s.player_id, 0, 0, sha256(''), v_salt)
          # loyalty._chain_digest(
            s.player_id, s.last_entry_no, s.current_balance, s.last_entry_hash, v_salt
          )
        ),
        0
      ) as links,
      coalesce(sum(loyalty._weighed(s.player_id, s.lifetime_points, v_salt)), 0) as lifetime
    from loyalty.player_loyalty as s
    where s.casino_id = identity._casino()
  ) as p;
end
$$;

alter function loyalty._reconciled_ledger(integer) owner to loyalty_service;
revoke all on function loyalty._reconciled_ledger(integer) from public;

comment on function loyalty._reconciled_ledger(integer) is
  'Players and entries of the running call''s casino, and whether ledger and standings agree; with '
  'every hash recomputed for the players of one slice, 0 to 63.';
--! EndIncluded loyalty/_reconciled_ledger.sql

-- Of rows with one legacy id the first stands whoever is retried first; a slip isn't paid twice by
-- two exports; what a rollback or a retry writes is known by the request that asked for it.
set local role pit_owner;
alter table ops.import_batch add column undo_correlation_id text;
grant update (undo_correlation_id) on ops.import_batch to ops_service;
alter table ops.import_retry add column posted boolean;
create index import_retry_request on ops.import_retry (casino_id, correlation_id);
alter table ops.import_quarantine drop constraint reason_is_known;
alter table ops.import_quarantine add constraint reason_is_known check (
  reason = any (
    '{IDEMPOTENCY_CONFLICT,INVALID_TYPE,INVALID_POINTS,INVALID_DATE,PLAYER_NOT_FOUND,'
    'DUPLICATE_SLIP,INSUFFICIENT_BALANCE,INVALID_PLAYER}'
  )
);
comment on column ops.import_batch.correlation_id is
  'Of the request that began it: on every ledger entry that it posted, but for those of retries.';
comment on column ops.import_batch.undo_correlation_id is
  'Of the request that asked to roll it back: on every entry that does so.';
comment on column ops.import_retry.posted is
  'Whether it made the ledger entry, which then has its correlation id; null: written before that '
  'was told apart.';
reset role;
drop function loyalty._undo_import(identity.actor, text, uuid[], text);
--! Included loyalty/_unreversed_keys.sql
-- For an import, which may not read the ledger: what it has posted, and nobody has taken back
-- since, by a rollback or by hand.

create or replace function loyalty._unreversed_keys(idempotency_keys text[]) returns setof text
language sql
stable
security definer
set search_path = ''
begin atomic
  select l.idempotency_key
  from unnest(_unreversed_keys.idempotency_keys) as k (idempotency_key)
  join loyalty.loyalty_ledger as l
    on l.casino_id = identity._casino() and l.idempotency_key = k.idempotency_key
  where not exists (
    select
    from loyalty.loyalty_ledger as r
    where r.casino_id = identity._casino()
      and r.player_id = l.player_id
      and r.reverses_entry_no = l.entry_no
  );
end;

alter function loyalty._unreversed_keys(text[]) owner to loyalty_service;
revoke all on function loyalty._unreversed_keys(text[]) from public;
grant execute on function loyalty._unreversed_keys(text[]) to ops_service;

comment on function loyalty._unreversed_keys(text[]) is
  'Those of these keys that have made a ledger entry of the running call''s casino which is not '
  'reversed.';
--! EndIncluded loyalty/_unreversed_keys.sql
--! Included loyalty/_undo_import.sql
-- Compensates what one import posted for some players: a reversal for each entry. Debits are taken
-- back first, so that on the way no balance falls below where it ends. A player who has spent the
-- points is left alone as a whole. What is reversed stays reversed: calling it again is safe.

create or replace function loyalty._undo_import(
  actor identity.actor,
  imported_as text,
  retried_keys text[],
  player_ids uuid[],
  reason text,
  out undone bigint,
  out players_left bigint
)
language plpgsql
volatile
security definer
set search_path = ''
set work_mem = '64MB'
set enable_nestloop = off
as $$
#variable_conflict use_column
declare
  v_drafts loyalty.entry_draft[];
begin
  perform
  from loyalty.player_loyalty as p
  where p.casino_id = identity._casino() and p.player_id = any (_undo_import.player_ids)
  order by p.player_id
  for no key update;

  with imported as (
    select l.*, p.current_balance, sum(l.points_change) over (partition by l.player_id) as points
    from loyalty.loyalty_ledger as l
    join loyalty.player_loyalty as p
      on p.casino_id = identity._casino() and p.player_id = l.player_id
    where l.casino_id = identity._casino()
      and l.player_id = any (_undo_import.player_ids)
      and l.event_type = 'LEGACY_IMPORTED'
      and (
        l.correlation_id = _undo_import.imported_as
        or l.idempotency_key = any (_undo_import.retried_keys)
      )
      and not exists (
        select
        from loyalty.loyalty_ledger as r
        where r.casino_id = identity._casino()
          and r.player_id = l.player_id
          and r.reverses_entry_no = l.entry_no
      )
  )
  select
    array_agg(
      row(
        i.player_id, 'REVERSAL', 'ENTRY_REVERSED', 'import', -i.points_change,
        i.rating_slip_id, i.visit_id, i.entry_no, _undo_import.reason, actor.staff_id, null,
        'pit:undo:' || i.idempotency_key,
        ops._fingerprint(jsonb_build_array(
          'reverse_entry', i.player_id, i.entry_no, _undo_import.reason
        )),
        now()
      )::loyalty.entry_draft
      order by i.player_id, sign(i.points_change), i.entry_no desc
    ) filter (where i.points <= i.current_balance),
    count(distinct i.player_id) filter (where i.points > i.current_balance)
  into v_drafts, players_left
  from imported as i;

  undone := coalesce(cardinality(v_drafts), 0)
    - (select count(*) from loyalty._post_entries(actor, v_drafts));
end
$$;

alter function loyalty._undo_import(identity.actor, text, text[], uuid[], text)
owner to loyalty_service;
revoke all on function loyalty._undo_import(identity.actor, text, text[], uuid[], text) from public;
grant execute on function loyalty._undo_import(identity.actor, text, text[], uuid[], text)
to ops_service;

comment on function loyalty._undo_import(identity.actor, text, text[], uuid[], text) is
  'Reverses the entries that were imported under this correlation id, or retried under these keys, '
  'for these players. Gives the number of reversals, and of players who have spent what they would '
  'have to give back.';
--! EndIncluded loyalty/_undo_import.sql
--! Included ops/trace.sql
-- Everything that one request wrote, whichever context wrote it, in order of time: from the
-- correlation id of an answer, an error or a log line to the rows. At most 500 lines, as an import
-- is one request too.

create or replace function ops.trace(correlation_id text) returns setof ops.trace_line
language plpgsql
stable
security definer
set search_path = ''
set pit.casino = ''
set enable_seqscan = off
set max_parallel_workers_per_gather = 0
as $$
declare
  v_actor identity.actor := identity._enter_reader('audit:view');
begin
  return query
  select t.at, t.kind, t.what, t.staff_id, t.player_id, t.ids
  from (
    select
      a.created_at as at,
      case when a.action in ('refused', 'sign-in refused') then 'refusal' else 'audit' end as kind,
      concat_ws(
        ' ', a.action, a.details ->> 'operation', a.details ->> 'code',
        (a.details ->> 'times') || ' times'
      ) as what,
      a.staff_id, a.player_id,
      jsonb_strip_nulls(jsonb_build_object(
        'audit_log_id', a.audit_log_id, 'session_id', a.session_id,
        'subject_staff_id', a.subject_staff_id
      )) as ids
    from ops.audit_log as a
    where a.casino_id = identity._casino() and a.correlation_id = trace.correlation_id
    union all
    select
      e.created_at, 'feed event', concat_ws(' ', e.event_type, e.outcome, e.code), null,
      e.player_id, jsonb_build_object('event_key', e.event_key)
    from ops.ingested_event as e
    where e.casino_id = identity._casino() and e.correlation_id = trace.correlation_id
    union all
    select
      j.queued_at, 'job', concat_ws(' ', j.task, j.state, j.last_error), null, null,
      jsonb_build_object('job_id', j.job_id)
    from ops._jobs(v_actor.casino_id) as j
    where j.correlation_id = trace.correlation_id
    union all
    select
      t.created_at, 'import retry', concat_ws(' ', q.file, t.outcome, t.reason), t.staff_id,
      t.player_id,
      jsonb_build_object(
        'import_batch_id', q.import_batch_id, 'import_quarantine_id', t.import_quarantine_id,
        'retry_no', t.retry_no
      )
    from ops.import_retry as t
    join ops.import_quarantine as q
      on q.casino_id = t.casino_id and q.import_quarantine_id = t.import_quarantine_id
    where t.casino_id = identity._casino() and t.correlation_id = trace.correlation_id
    union all
    select f.* from floor._trace(trace.correlation_id) as f
    union all
    select l.* from loyalty._trace(trace.correlation_id) as l
    union all
    select c.* from compliance._trace(trace.correlation_id) as c
  ) as t
  order by t.at, t.kind, t.ids::text
  limit 500;
end
$$;

alter function ops.trace(text) owner to ops_service;
revoke all on function ops.trace(text) from public;
grant execute on function ops.trace(text) to pit_staff, pit_auditor;

comment on function ops.trace(text) is
  'What a request wrote, by its correlation id, in order of time: audit log and refusals, slip '
  'events, ledger entries, cash entries without amounts, commands, feed events, retried rows of '
  'imports, and jobs that are still in the queue. Capability audit:view, or an auditor''s login. '
  'Errors: IDUNA, IDFRB.';
--! EndIncluded ops/trace.sql
--! Included ops/_queue_import.sql
-- Queues the job that takes a batch further, should nobody else do it: the command line does the
-- same steps, and whoever comes second finds nothing left.

create or replace function ops._queue_import(batch ops.import_batch) returns void
language plpgsql
volatile
set search_path = ''
as $$
begin
  perform ops._queue_job(
    'ops/advance_import',
    jsonb_build_object(
      'import_batch_id', batch.import_batch_id,
      'correlation_id', case batch.state
        when 'undoing' then coalesce(batch.undo_correlation_id, batch.correlation_id)
        else batch.correlation_id
      end
    ),
    format('pit:ops/advance_import:%s', batch.import_batch_id)
  );
end
$$;

alter function ops._queue_import(ops.import_batch) owner to ops_service;
revoke all on function ops._queue_import(ops.import_batch) from public;

comment on function ops._queue_import(ops.import_batch) is
  'Queues the task ops/advance_import for a batch, once. Error: OPJOB.';
--! EndIncluded ops/_queue_import.sql
--! Included ops/_paid_slips.sql
-- Which of these slips an import has posted, or is about to post: a row of points history that
-- names one of them would pay it a second time. A slip is known by its own id, whatever a
-- correction made of it. What was taken back since is not paid.

create or replace function ops._paid_slips(slip_ids text[]) returns setof text
language sql
stable
set search_path = ''
begin atomic
  with slip as materialized (
    select
      s.slip_id, l.idempotency_key,
      ops._next_import_key(l.idempotency_key, u.rounds) as posting_key
    from (
      select distinct i.slip_id
      from unnest(_paid_slips.slip_ids) as i (slip_id)
      where i.slip_id <> ''
    ) as s
    cross join lateral ops._legacy_row('slips', array[s.slip_id]) as l
    left join ops._used_import_keys() as u on u.idempotency_key = l.idempotency_key
  ),
  posting as materialized (
    select s.slip_id, s.posting_key
    from slip as s
    union
    select s.slip_id, t.idempotency_key
    from slip as s
    join ops.import_quarantine as q
      on q.casino_id = identity._casino() and q.idempotency_key = s.idempotency_key
    join ops.import_retry as t
      on t.casino_id = q.casino_id
      and t.import_quarantine_id = q.import_quarantine_id
      and t.outcome = 'settled'
  )
  select distinct p.slip_id
  from posting as p
  join (
    select k.idempotency_key
    from loyalty._unreversed_keys(array(select n.posting_key from posting as n)) as k (
      idempotency_key
    )
    union all
    select w.idempotency_key
    from ops.import_batch as b
    join ops.import_posting as w
      on w.casino_id = b.casino_id
      and w.import_batch_id = b.import_batch_id
      and w.file = 'slips'
    where b.casino_id = identity._casino() and b.state = 'posting'
  ) as e on e.idempotency_key = p.posting_key;
end;

alter function ops._paid_slips(text[]) owner to ops_service;
revoke all on function ops._paid_slips(text[]) from public;

comment on function ops._paid_slips(text[]) is
  'Those of these legacy slips whose points are in the ledger from an import, or are being posted.';
--! EndIncluded ops/_paid_slips.sql
--! Included ops/_named_slips.sql
-- Which slips the points history of imports names, also in rows that are quarantined: their points
-- come with the history, and a slip that is retried must not pay them again.

create or replace function ops._named_slips() returns setof text
language sql
stable
set search_path = ''
begin atomic
  select distinct n.slip_id
  from (
    select case when r.fields is null then split_part(r.raw, ',', 6) else r.fields[6] end as slip_id
    from ops.import_row as r
    join ops.import_batch as b
      on b.casino_id = r.casino_id and b.import_batch_id = r.import_batch_id
    where r.casino_id = identity._casino()
      and r.file = 'history'
      and b.state not in ('staging', 'undone')
  ) as n
  where n.slip_id <> '';
end;

alter function ops._named_slips() owner to ops_service;
revoke all on function ops._named_slips() from public;

comment on function ops._named_slips() is
  'Legacy ids of slips that rows of points history name, of imports that are not undone.';
--! EndIncluded ops/_named_slips.sql
--! Included ops/_another_stands.sql
-- Of rows with one legacy id and different content the first one stands, also while it waits in
-- quarantine: an earlier import's before a later one's, in one file the upper one. So the order in
-- which people retry them doesn't decide whose the id is.

create or replace function ops._another_stands(
  import_batch_id uuid,
  row_no integer,
  idempotency_key text,
  request_fingerprint bytea
) returns boolean
language sql
stable
set search_path = ''
return exists (
  select
  from ops.import_quarantine as q
  join ops.import_batch as b
    on b.casino_id = q.casino_id and b.import_batch_id = q.import_batch_id
  left join ops.import_retry as t
    on t.casino_id = q.casino_id
    and t.import_quarantine_id = q.import_quarantine_id
    and t.outcome = 'settled'
  where q.casino_id = identity._casino()
    and q.idempotency_key = _another_stands.idempotency_key
    and q.request_fingerprint <> _another_stands.request_fingerprint
    and (
      q.reason <> 'IDEMPOTENCY_CONFLICT'
      or (
        q.import_batch_id = _another_stands.import_batch_id
        and q.row_no < _another_stands.row_no
      )
    )
    and b.state not in ('staging', 'undone')
    and (
      t.idempotency_key is null
      or t.idempotency_key not in (select k.key from loyalty._undone_import_keys() as k (key))
    )
);

alter function ops._another_stands(uuid, integer, text, bytea) owner to ops_service;
revoke all on function ops._another_stands(uuid, integer, text, bytea) from public;

comment on function ops._another_stands(uuid, integer, text, bytea) is
  'Whether a quarantined row with the same key and other content stands before this row of a '
  'batch.';
--! EndIncluded ops/_another_stands.sql
--! Included ops/_judged_rows.sql
-- Reads and judges what a batch has staged of history and slips: what is to be posted, in the
-- order of posting, and after it what is known or to be quarantined and why. The order of the
-- reasons is the specification's. Parallel workers share the reading and the sorting, so whatever
-- this calls is marked parallel safe; "offset '0'" has each value computed once, and with quotes it
-- doesn't keep them out (docs/decisions/0016).

create or replace function ops._judged_rows(import_batch_id uuid)
returns setof ops.judged_row
language plpgsql
stable
rows 1000000
set search_path = ''
set work_mem = '128MB'
set plan_cache_mode = force_custom_plan
set jit = off
set enable_nestloop = off
set enable_mergejoin = off
set max_parallel_workers_per_gather = 2
set parallel_setup_cost = 0
set parallel_tuple_cost = 0
as $$
#variable_conflict use_column
declare
  v_repeated bigint[] := array(select ops._repeated_ids(import_batch_id));
  v_paid text[] := '{}';
begin
  -- A slip and the row that names it are only apart when they come in two exports.
  if exists (
    select
    from ops.import_batch as b
    where b.casino_id = identity._casino()
      and b.import_batch_id <> _judged_rows.import_batch_id
      and b.state not in ('staging', 'undone')
  ) then
    v_paid := array(
      select ops._paid_slips(
        array(
          select case when r.fields is null then split_part(r.raw, ',', 6) else r.fields[6] end
          from ops.import_row as r
          where r.casino_id = identity._casino()
            and r.import_batch_id = _judged_rows.import_batch_id
            and r.file = 'history'
        )
      )
    );
  end if;
  return query
  with named as not materialized (
    select case when r.fields is null then split_part(r.raw, ',', 6) else r.fields[6] end as slip_id
    from ops.import_row as r
    where r.casino_id = identity._casino()
      and r.file = 'history'
      and (
        r.import_batch_id = _judged_rows.import_batch_id
        or r.import_batch_id = any (
          array(
            select b.import_batch_id
            from ops.import_batch as b
            where b.casino_id = identity._casino() and b.state not in ('staging', 'undone')
          )
        )
      )
  ),
  staged as not materialized (
    select 'history' as file, t.row_no, t.fields[6] = any (v_paid) as is_paid, l.*
    from (
      select r.row_no, r.fields, t.*
      from (
        select i.row_no, ops._import_values(i.raw, i.fields) as fields
        from ops.import_row as i
        where i.casino_id = identity._casino()
          and i.import_batch_id = _judged_rows.import_batch_id
          and i.file = 'history'
        offset '0'
      ) as r
      cross join lateral ops._legacy_texts('history', r.fields) as t
      offset '0'
    ) as t
    cross join lateral ops._legacy_meaning(
      'history', t.fields, t.id, t.card_no, t.kind, t.points_text, t.points, t.detail, t.occurred_at
    ) as l
    union all
    select 'slips', t.row_no, false, l.*
    from (
      select r.row_no, r.fields, t.*
      from (
        select i.row_no, ops._import_values(i.raw, i.fields) as fields
        from ops.import_row as i
        where i.casino_id = identity._casino()
          and i.import_batch_id = _judged_rows.import_batch_id
          and i.file = 'slips'
        offset '0'
      ) as r
      cross join lateral ops._legacy_texts('slips', r.fields) as t
      offset '0'
    ) as t
    cross join lateral ops._legacy_meaning(
      'slips', t.fields, t.id, t.card_no, t.kind, t.points_text, t.points, t.detail, t.occurred_at
    ) as l
    where l.qualifies
      and not exists (select from named as n where n.slip_id <> '' and n.slip_id = t.id)
  )
  select
    j.file, j.row_no, case when j.verdict is not null then j.legacy_id end,
    j.poster, j.points_change, j.reason, j.occurred_at,
    case when j.verdict is null then j.posting_key else j.idempotency_key end,
    j.request_fingerprint, j.verdict
  from (
    select v.*, case when v.verdict is null then v.player_id end as poster
    from (
      select
        k.*, p.player_id,
        ops._next_import_key(k.idempotency_key, u.rounds) as posting_key,
        case
          when r.repetition > 1 then 'REPLAYED'
          when e.verdict is not null then e.verdict
          when r.occurrence > 1 then case
            when loyalty._request_of_key(ops._next_import_key(k.idempotency_key, u.rounds))
              is distinct from k.request_fingerprint
              then 'IDEMPOTENCY_CONFLICT'
            else 'REPLAYED'
          end
          when o.idempotency_key is not null then 'IDEMPOTENCY_CONFLICT'
          when k.has_type and k.points_change is not null
            and k.occurred_at <= now() + interval '1 minute'
            and p.player_id is not null
            and k.is_paid is not true
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
              when p.player_id is null then 'PLAYER_NOT_FOUND'
              else 'DUPLICATE_SLIP'
            end
          )
        end as verdict
      from staged as k
      left join ops._repeated_rows(import_batch_id, v_repeated) as r
        on r.file = k.file and r.row_no = k.row_no
      left join floor._cards() as p on p.card_no = k.card_no
      left join ops._earlier_verdicts(import_batch_id) as e
        on e.idempotency_key = k.idempotency_key
        and e.request_fingerprint = k.request_fingerprint
      left join (
        select distinct s.idempotency_key
        from ops._earlier_verdicts(import_batch_id) as s
        where s.stands
      ) as o on o.idempotency_key = k.idempotency_key
      left join ops._used_import_keys() as u on u.idempotency_key = k.idempotency_key
      offset '0'
    ) as v
  ) as j
  order by j.poster, j.occurred_at, j.legacy_id collate "C", j.file, j.row_no;
end
$$;

alter function ops._judged_rows(uuid) owner to ops_service;
revoke all on function ops._judged_rows(uuid) from public;

comment on function ops._judged_rows(uuid) is
  'The verdict on each row of history and each slip that qualifies; first those without one, in '
  'the order of posting.';
--! EndIncluded ops/_judged_rows.sql
--! Included ops/_undo_import.sql
-- Takes back the next players of a batch that is rolled back. Positions are in the order of the
-- players, so a stretch that ends with a player has all of theirs, those of retried rows too; the
-- players who only have retried ones come last. Who has spent the points is left, and can be tried
-- again later.

create or replace function ops._undo_import(
  actor identity.actor,
  batch ops.import_batch,
  most_rows integer
) returns ops.import_batch
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_through bigint;
  v_is_last boolean := batch.undone_through >= batch.rows_to_post;
  v_players uuid[];
  v_undone record;
begin
  -- Whoever takes the step: it is done for who asked, in that request.
  actor.staff_id := coalesce(batch.undone_by, actor.staff_id);
  actor.correlation_id := coalesce(batch.undo_correlation_id, actor.correlation_id);
  if v_is_last then
    v_players := array(
      select distinct t.player_id
      from ops.import_quarantine as q
      join ops.import_retry as t
        on t.casino_id = q.casino_id and t.import_quarantine_id = q.import_quarantine_id
      where q.casino_id = identity._casino()
        and q.import_batch_id = batch.import_batch_id
        and t.outcome = 'settled'
        and t.player_id is not null
        and not exists (
          select
          from ops.import_posting as p
          where p.casino_id = identity._casino()
            and p.import_batch_id = batch.import_batch_id
            and p.player_id = t.player_id
        )
    );
    v_through := batch.rows_to_post;
  else
    select coalesce(min(n.position) - 1, batch.rows_to_post) into v_through
    from (
      select p.position
      from ops.import_posting as p
      where p.casino_id = identity._casino()
        and p.import_batch_id = batch.import_batch_id
        and p.position > batch.undone_through + most_rows
        and p.player_id <> (
          select l.player_id
          from ops.import_posting as l
          where l.casino_id = identity._casino()
            and l.import_batch_id = batch.import_batch_id
            and l.position = batch.undone_through + most_rows
        )
      order by p.position
      limit 1
    ) as n;
    v_players := array(
      select distinct p.player_id
      from ops.import_posting as p
      where p.casino_id = identity._casino()
        and p.import_batch_id = batch.import_batch_id
        and p.position > batch.undone_through
        and p.position <= v_through
    );
  end if;
  select u.undone, u.players_left into v_undone
  from loyalty._undo_import(
    actor,
    batch.correlation_id,
    array(
      select t.idempotency_key
      from ops.import_quarantine as q
      join ops.import_retry as t
        on t.casino_id = q.casino_id and t.import_quarantine_id = q.import_quarantine_id
      where q.casino_id = identity._casino()
        and q.import_batch_id = batch.import_batch_id
        and t.posted
        and t.player_id = any (v_players)
    ),
    v_players,
    batch.undo_reason
  ) as u;

  update ops.import_batch as b
  set undone_through = v_through,
    undone = b.undone + v_undone.undone,
    players_left = b.players_left + v_undone.players_left,
    state = case
      when not v_is_last then b.state
      when b.players_left + v_undone.players_left = 0 then 'undone'
      else 'partly_undone'
    end,
    undone_at = case
      when v_is_last and b.players_left + v_undone.players_left = 0 then now()
    end
  where b.casino_id = identity._casino() and b.import_batch_id = batch.import_batch_id
  returning b.* into batch;
  return batch;
end
$$;

alter function ops._undo_import(identity.actor, ops.import_batch, integer) owner to ops_service;
revoke all on function ops._undo_import(identity.actor, ops.import_batch, integer) from public;

comment on function ops._undo_import(identity.actor, ops.import_batch, integer) is
  'Reverses what a locked batch posted for the next players and gives its row.';
--! EndIncluded ops/_undo_import.sql
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
  v_paid text[];
  v_named text[] := '{}';
  v_counted record;
begin
  if v_batch.state <> 'finished' then
    perform ops._refuse('OPIST', array[v_batch.state]);
  end if;
  perform ops._log(
    actor, 'import rows retried',
    details => jsonb_build_object(
      'import_batch_id', v_batch.import_batch_id, 'rows', cardinality(import_quarantine_ids)
    )
  );

  perform floor._enroll_players(
    actor,
    array(
      select ops._enrolment(r.fields)
      from ops._rows_to_retry(import_quarantine_ids, correction) as r
      where r.file = 'players'
    )
  );

  v_paid := array(
    select ops._paid_slips(
      array(
        select r.fields[6]
        from ops._rows_to_retry(import_quarantine_ids, correction) as r
        where r.file = 'history'
      )
    )
  );
  if exists (
    select
    from ops._rows_to_retry(import_quarantine_ids, correction) as r
    where r.file = 'slips'
  ) then
    v_named := array(select ops._named_slips());
  end if;

  with tried as materialized (
    select
      r.import_quarantine_id, r.retry_no, r.file, r.request_fingerprint, l.points_change,
      l.occurred_at, l.reason, l.legacy_id, p.player_id,
      ops._next_import_key(l.idempotency_key, u.rounds) as idempotency_key,
      case
        when r.file = 'players' then case when p.player_id is null then 'INVALID_PLAYER' end
        when ops._another_stands(
          _retry_import.import_batch_id, r.row_no, l.idempotency_key, r.request_fingerprint
        ) then 'IDEMPOTENCY_CONFLICT'
        when not l.has_type then 'INVALID_TYPE'
        when l.points_change is null then 'INVALID_POINTS'
        when (l.occurred_at <= now() + interval '1 minute') is not true then 'INVALID_DATE'
        when p.player_id is null then 'PLAYER_NOT_FOUND'
        when row_number() over (
          partition by r.file, l.idempotency_key order by r.row_no
        ) > 1 then 'IDEMPOTENCY_CONFLICT'
        when loyalty._request_of_key(ops._next_import_key(l.idempotency_key, u.rounds))
          = r.request_fingerprint
          then null
        when r.file = 'history' and r.fields[6] = any (v_paid) then 'DUPLICATE_SLIP'
        when r.file = 'slips' and l.legacy_id = any (v_named) then 'DUPLICATE_SLIP'
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
      idempotency_key, staff_id, correlation_id, posted
    )
    select
      identity._casino(), t.import_quarantine_id, t.retry_no, correction, note,
      case when r.reason is null then 'settled' else 'quarantined' end, r.reason,
      case when r.reason is null then t.player_id end,
      case when r.reason is null and t.file <> 'players' then t.idempotency_key end,
      actor.staff_id, actor.correlation_id, p.draft_no is not null and u.draft_no is null
    from tried as t
    left join posting as p on p.import_quarantine_id = t.import_quarantine_id
    left join unposted as u on u.draft_no = p.draft_no
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
--! Included ops/_begin_undoing.sql
-- The beginning of a rollback: from now on the batch is taken back, by whoever takes the next step.
-- One that was rolled back in part is tried again from its first player.

create or replace function ops._begin_undoing(
  actor identity.actor,
  import_batch_id uuid,
  reason text
) returns ops.import_batch
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_batch ops.import_batch := ops._lock_import(import_batch_id);
  v_reason text := nullif(btrim(reason, E' \t\r\n'), '');
begin
  if v_batch.state in ('undoing', 'undone') then
    return v_batch;
  end if;
  if v_batch.state not in ('finished', 'partly_undone') then
    perform ops._refuse('OPIST', array[v_batch.state]);
  end if;
  if coalesce(length(v_reason), 0) < 10 then
    perform ops._refuse('LYRSN', array['10']);
  end if;
  update ops.import_batch as b
  set state = 'undoing',
    undone_through = 0,
    players_left = 0,
    undo_reason = v_reason,
    undone_by = actor.staff_id,
    undo_correlation_id = actor.correlation_id
  where b.casino_id = identity._casino() and b.import_batch_id = v_batch.import_batch_id
  returning b.* into v_batch;
  perform ops._log(
    actor, 'import rollback begun',
    details => jsonb_build_object('import_batch_id', v_batch.import_batch_id)
  );
  perform ops._queue_import(v_batch);
  return v_batch;
end
$$;

alter function ops._begin_undoing(identity.actor, uuid, text) owner to ops_service;
revoke all on function ops._begin_undoing(identity.actor, uuid, text) from public;

comment on function ops._begin_undoing(identity.actor, uuid, text) is
  'Marks a finished batch to be rolled back and queues the job. Errors: OPIMP, OPIST, LYRSN.';
--! EndIncluded ops/_begin_undoing.sql
--! Included ops/start_import.sql
-- Closes the staging: enrols the players, judges every row and queues the job that posts what can
-- be posted. In one transaction, so that a crash leaves the staged rows and nothing half judged.

create or replace function ops.start_import(casino_code text, import_batch_id uuid)
returns ops.import_batch
language plpgsql
volatile
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_actor identity.actor := identity._enter_owner(casino_code);
  v_batch ops.import_batch := ops._lock_import(import_batch_id);
  v_enrolled integer;
  v_judged record;
  v_halfway bigint;
begin
  if v_batch.state <> 'staging' then
    return v_batch;
  end if;
  -- What is being taken back stands and doesn't stand: whether a row is known can't be said yet.
  if exists (
    select
    from ops.import_batch as b
    where b.casino_id = identity._casino() and b.state = 'undoing'
  ) then
    perform ops._refuse('OPIST', array['waiting for a rollback to end']);
  end if;
  v_actor.correlation_id := v_batch.correlation_id;
  perform ops._log(
    v_actor, 'import started', details => jsonb_build_object('import_batch_id', import_batch_id)
  );
  v_enrolled := ops._enroll_import(v_actor, import_batch_id);
  v_judged := ops._judge_import(import_batch_id);
  v_halfway := ops._halfway(import_batch_id, v_judged.to_post);

  update ops.import_batch as b
  set state = case when v_judged.to_post = 0 then 'finished' else 'posting' end,
    players_enrolled = v_enrolled,
    rows_to_post = v_judged.to_post,
    halfway = v_halfway,
    second_half_through = v_halfway,
    replayed = v_judged.replayed,
    skipped = v_judged.skipped,
    staged_at = now(),
    finished_at = case when v_judged.to_post = 0 then now() end
  where b.casino_id = v_actor.casino_id
    and b.import_batch_id = start_import.import_batch_id
  returning b.* into v_batch;
  if v_batch.state = 'posting' then
    perform ops._queue_import(v_batch);
  end if;
  return v_batch;
end
$$;

alter function ops.start_import(text, uuid) owner to ops_service;
revoke all on function ops.start_import(text, uuid) from public;
grant execute on function ops.start_import(text, uuid) to pit_owner;

comment on function ops.start_import(text, uuid) is
  'For the command line: ends the staging of a batch and gives its row, with the number of rows to '
  'post. Errors: IDCAS, OPIMP, OPIST, LYPOL.';
--! EndIncluded ops/start_import.sql

-- The limits that awards read are reconciled with the policy; the review counts failing jobs as off.
set local role pit_owner;
alter table ops.reconciliation_drift drop constraint subject_is_known;
alter table ops.reconciliation_drift
add constraint subject_is_known check (subject in ('loyalty', 'terms', 'cash'));
comment on column ops.reconciliation_drift.subject is
  'loyalty: standings and ledger; terms: the copy of limits and tiers, which is nobody''s; cash: '
  'the cash log, its totals and cases.';
comment on column ops.reconciliation_drift.what is
  'What differs: the column, or standing, entries, entry, terms, day, case.';
comment on column ops.reconciliation_drift.expected is
  'What the entries, or the versions of the rules, say it should be.';
comment on type loyalty.loyalty_rebuild is
  'Whether it was only a look, how many players differ, every difference (without a player: of the '
  'copied limits and tiers), and the rebuilt standings, none after a look.';
reset role;
--! Included loyalty/_terms_drift.sql
-- Is the copy of limits and tiers that the write path reads (loyalty.terms_in_force) what the
-- versions say for the time that it claims? Every column but when standings were moved: a wrong
-- limit lets rewards through, or keeps them out, and no sum of entries would show it.

create or replace function loyalty._terms_drift() returns setof loyalty.drift
language sql
stable
security definer
set search_path = ''
begin atomic
  select null::uuid, null::bigint, a.name, e.value, a.value
  from loyalty.terms_in_force as f
  left join lateral loyalty._terms_at(f.casino_id, f.valid_from) as t on true
  cross join lateral jsonb_each_text(
    to_jsonb(f) - '{casino_id,standings_as_of}'::text[]
  ) as a (name, value)
  left join lateral jsonb_each_text(to_jsonb(t)) as e (name, value) on e.name = a.name
  where f.casino_id = identity._casino() and a.value is distinct from e.value
  union all
  select null, null, 'terms', 'exists', 'is missing'
  from loyalty._terms_at(identity._casino(), now()) as t
  where not exists (
    select from loyalty.terms_in_force as f where f.casino_id = identity._casino()
  );
end;

alter function loyalty._terms_drift() owner to loyalty_service;
revoke all on function loyalty._terms_drift() from public;
grant execute on function loyalty._terms_drift() to ops_service;

comment on function loyalty._terms_drift() is
  'Every difference between the copied limits and tiers of the running call''s casino and the '
  'versions that they are copied from.';
--! EndIncluded loyalty/_terms_drift.sql
--! Included loyalty/_rebuild_loyalty.sql
-- Makes standings what the ledger says, of those that differ and nobody else, with before and after
-- of each in the audit log. Players are locked in the order of their ids, and looked at again under
-- the locks; the feed, which locks several in an order of its own, waits. A broken ledger is no
-- source: then nothing is rebuilt at all, because what was lost would be gone from the books, too.
-- The copy of limits and tiers is copied anew where it differs from the versions.

create or replace function loyalty._rebuild_loyalty(actor identity.actor, dry_run boolean)
returns loyalty.loyalty_rebuild
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_locked boolean := _rebuild_loyalty.dry_run
    or ops._lock(identity._casino(), 'ops.ingest_events');
  v_players uuid[] := (loyalty._reconcile(0)).suspects;
  v_terms loyalty.drift[] := array(select d from loyalty._terms_drift() as d order by d.what);
  v_before jsonb;
  v_broken record;
  v_result loyalty.loyalty_rebuild;
begin
  v_result.dry_run := _rebuild_loyalty.dry_run;
  if not v_result.dry_run then
    perform
    from loyalty.player_loyalty as p
    where p.casino_id = identity._casino() and p.player_id = any (v_players)
    order by p.player_id
    for no key update;
  end if;

  v_result.differences := array(
    select d
    from loyalty._ledger_drift(v_players) as d
    where v_players is not null
    order by d.player_id, d.entry_no, d.what
  );
  v_players := array(
    select distinct d.player_id from unnest(v_result.differences) as d order by d.player_id
  );
  v_result.players := cardinality(v_players);
  v_result.standings := '{}';
  v_result.differences := v_terms || v_result.differences;
  if not v_result.dry_run and cardinality(v_terms) > 0 then
    select to_jsonb(f) - 'casino_id' into v_before
    from loyalty.terms_in_force as f
    where f.casino_id = identity._casino();
    perform loyalty._copy_terms();
    perform ops._log(
      actor, 'terms rebuilt',
      details => jsonb_build_object('before', v_before, 'after', to_jsonb(f) - 'casino_id')
    )
    from loyalty.terms_in_force as f
    where f.casino_id = identity._casino();
  end if;
  if v_result.dry_run or v_result.players = 0 then
    return v_result;
  end if;

  select count(*) as players, (array_agg(b.player_id))[1] as player_id,
    (array_agg(b.entry_no))[1] as entry_no
  into v_broken
  from loyalty._broken_ledgers(v_players) as b;
  if v_broken.players > 0 then
    perform ops._refuse(
      'LYBRK', array[v_broken.player_id::text, v_broken.entry_no::text],
      jsonb_build_object('players', v_broken.players)
    );
  end if;

  with rebuilt as (
    insert into loyalty.player_loyalty as p (
      casino_id, player_id, current_balance, lifetime_points, tier, tier_progress,
      last_entry_no, last_entry_hash
    )
    select
      actor.casino_id, w.player_id, coalesce(l.balance, 0), coalesce(l.lifetime, 0), t.tier,
      t.tier_progress, coalesce(l.entry_no, 0), coalesce(l.entry_hash, sha256(''))
    from unnest(v_players) as w (player_id)
    left join loyalty._ledger_standings(v_players) as l on l.player_id = w.player_id
    cross join lateral loyalty._tier_standing(
      actor.casino_id, coalesce(l.lifetime, 0), now()
    ) as t
    on conflict (casino_id, player_id) do update
    set current_balance = excluded.current_balance,
      lifetime_points = excluded.lifetime_points,
      tier = excluded.tier,
      tier_progress = excluded.tier_progress,
      last_entry_no = excluded.last_entry_no,
      last_entry_hash = excluded.last_entry_hash,
      updated_at = now()
    returning
      p.player_id, to_jsonb(old) as before, to_jsonb(new) as after, new as standing
  )
  select array_agg(r.standing order by r.player_id)
  into v_result.standings
  from rebuilt as r
  cross join lateral ops._log(
    actor, 'standing rebuilt', r.player_id,
    jsonb_build_object(
      'before', r.before - '{casino_id, player_id}'::text[],
      'after', r.after - '{casino_id, player_id}'::text[]
    )
  );
  return v_result;
end
$$;

alter function loyalty._rebuild_loyalty(identity.actor, boolean) owner to loyalty_service;
revoke all on function loyalty._rebuild_loyalty(identity.actor, boolean) from public;

comment on function loyalty._rebuild_loyalty(identity.actor, boolean) is
  'What loyalty.rebuild_loyalty gives, for the running call''s casino. Error: LYBRK.';
--! EndIncluded loyalty/_rebuild_loyalty.sql
--! Included ops/_reconcile.sql
-- Is it still true? Compares every cache with the entries it is made of and writes down what
-- differs; repairs nothing. Each comparison is one statement, so it has one snapshot: what a writer
-- does at the same moment is seen as a whole or not at all, can't be taken for a difference, and
-- waits for nobody. Who the ledger's pass suspects is looked at again, entry by entry.

create or replace function ops._reconcile(actor identity.actor, cause text)
returns ops.reconciliation_result
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_run ops.reconciliation_run;
  v_suspects uuid[];
  v_ledger loyalty.drift[];
  v_terms loyalty.drift[];
  v_cash compliance.totals_drift[];
begin
  v_run.casino_id := actor.casino_id;
  v_run.reconciliation_run_id := uuidv7();
  v_run.started_at := clock_timestamp();
  v_run.cause := _reconcile.cause;
  v_run.staff_id := actor.staff_id;
  v_run.correlation_id := actor.correlation_id;
  v_run.created_at := now();
  v_run.slice_no := coalesce(
    (
      select (r.slice_no + 1) % 64
      from ops.reconciliation_run as r
      where r.casino_id = identity._casino()
      order by r.created_at desc, r.reconciliation_run_id desc
      limit 1
    ),
    0
  );

  select l.players, l.entries, l.suspects
  into v_run.players, v_run.entries, v_suspects
  from loyalty._reconcile(v_run.slice_no) as l;
  v_ledger := array(
    select d
    from loyalty._ledger_drift(v_suspects) as d
    where v_suspects is not null
    order by d.player_id, d.entry_no, d.what
  );
  v_terms := array(select d from loyalty._terms_drift() as d order by d.what);
  select c.entries, c.drift
  into v_run.cash_entries, v_cash
  from compliance._reconcile(actor) as c;

  v_run.drift_found := cardinality(v_ledger) + cardinality(v_terms) + cardinality(v_cash);
  v_run.finished_at := clock_timestamp();
  insert into ops.reconciliation_run select v_run.*;
  insert into ops.reconciliation_drift (
    casino_id, reconciliation_run_id, drift_no, subject, player_id, patron_id, gaming_day,
    entry_no, entry_id, what, expected, actual
  )
  select v_run.casino_id, v_run.reconciliation_run_id, d.*
  from (
    select
      l.drift_no, 'loyalty', l.player_id, null::uuid, null::date, l.entry_no, null::uuid, l.what,
      l.expected, l.actual
    from unnest(v_ledger) with ordinality as l (
      player_id, entry_no, what, expected, actual, drift_no
    )
    union all
    select
      cardinality(v_ledger) + t.drift_no, 'terms', null, null, null, null, null, t.what,
      t.expected, t.actual
    from unnest(v_terms) with ordinality as t (
      player_id, entry_no, what, expected, actual, drift_no
    )
    union all
    select
      cardinality(v_ledger) + cardinality(v_terms) + c.drift_no, 'cash', c.player_id,
      c.patron_id, c.gaming_day, null, c.entry_id, c.what, c.expected, c.actual
    from unnest(v_cash) with ordinality as c (
      patron_id, player_id, gaming_day, entry_id, what, expected, actual, drift_no
    )
  ) as d;
  return row(v_run, v_run.drift_found);
end
$$;

alter function ops._reconcile(identity.actor, text) owner to ops_service;
revoke all on function ops._reconcile(identity.actor, text) from public;

comment on function ops._reconcile(identity.actor, text) is
  'Compares standings, ledger, copied terms, cash totals and cases of the running call''s casino '
  'and records the run with every difference.';
--! EndIncluded ops/_reconcile.sql
--! Included ops/_review.sql
-- What somebody who looks after a launch asks two days later, beside reconciling and verifying:
-- what is pending, failing, given up, unsealed or overdue, and what people were refused. It
-- decides itself what is not as it should be, so that every way to ask has one answer.

create or replace function ops._review(casino identity.casino, since timestamptz)
returns setof ops.review_line
language sql
stable
set search_path = ''
begin atomic
  select 'pending awards', null::text, m.value::bigint, m.value > 0
  from loyalty._metrics() as m
  where m.name = 'pending_accruals'
  union all
  select 'jobs given up', j.task, count(*), true
  from ops._jobs((casino).casino_id) as j
  where j.state = 'given_up'
  group by j.task
  union all
  select 'jobs that failed and will be tried again', j.task, count(*), true
  from ops._jobs((casino).casino_id) as j
  where j.state = 'failed'
  group by j.task
  union all
  -- The worker seals once an hour, so a day counts two hours after its end.
  select 'gaming days without a seal', d.gaming_day::date::text, 1, true
  from
    generate_series(
      identity._gaming_day(
        (casino).timezone, (casino).gaming_day_start, greatest(since, (casino).created_at)
      )::timestamp,
      identity._gaming_day(
        (casino).timezone, (casino).gaming_day_start, now() - interval '2 hours'
      )::timestamp - interval '1 day',
      interval '1 day'
    ) as d (gaming_day)
  where not exists (
    select
    from ops.ledger_seal as s
    where s.casino_id = (casino).casino_id and s.gaming_day = d.gaming_day::date
  )
  union all
  select 'CTR cases overdue', null, m.value::bigint, m.value > 0
  from compliance._metrics((casino).timezone) as m
  where m.name = 'ctr_cases_due' and m.labels ->> 'due' = 'overdue'
  union all
  select 'rows in quarantine', null, m.value::bigint, false
  from ops._metrics((casino).created_at) as m
  where m.name = 'import_rows_quarantined'
  union all
  select 'reconciliations', null, count(*), count(*) = 0
  from ops.reconciliation_run as r
  where r.casino_id = (casino).casino_id and r.created_at >= since
  union all
  select 'reconciliations that found something', null, count(*), false
  from ops.reconciliation_run as r
  where r.casino_id = (casino).casino_id and r.created_at >= since and r.drift_found > 0
  union all
  select
    'refused', a.details ->> 'code', sum(coalesce((a.details ->> 'times')::bigint, 1))::bigint,
    coalesce(a.details ->> 'code' = 'INTERNAL_ERROR', false)
  from ops.audit_log as a
  where a.casino_id = (casino).casino_id and a.action = 'refused' and a.created_at >= since
  group by a.details ->> 'code';
end;

alter function ops._review(identity.casino, timestamptz) owner to ops_service;
revoke all on function ops._review(identity.casino, timestamptz) from public;

comment on function ops._review(identity.casino, timestamptz) is
  'For the owner''s connection: how the running call''s casino has fared since then.';
--! EndIncluded ops/_review.sql

alter type identity.signed_in add attribute session_idle_seconds integer;
comment on type identity.signed_in is
  'The signed-in person, what they may do, the casino with its running gaming day, and how long '
  'the session lives unused.';
--! Included identity/me.sql
-- Tells a client who is signed in and what they may do, so that screens offer what will work.
-- The decision itself is made again by every command.

create or replace function identity.me() returns identity.signed_in
language plpgsql
stable
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_actor identity.actor := identity._enter(null);
  v_me identity.signed_in;
begin
  select
    p.staff_id, p.username, p.display_name, p.role::text,
    p.capabilities,
    c.casino_id, c.code, c.name, c.timezone, identity.gaming_day(c, now()),
    extract(epoch from s.idle_timeout)::integer
  into strict v_me
  from identity.staff as p
  join identity.casino as c on c.casino_id = p.casino_id
  join identity.session as s
    on s.casino_id = p.casino_id and s.session_id = v_actor.session_id
  where p.casino_id = v_actor.casino_id and p.staff_id = v_actor.staff_id;
  return v_me;
end
$$;

alter function identity.me() owner to identity_service;
revoke all on function identity.me() from public;
grant execute on function identity.me() to pit_staff;

comment on function identity.me() is
  'The signed-in person with their capabilities, the casino''s gaming day and how long the session '
  'lives unused. Error: IDUNA.';
--! EndIncluded identity/me.sql
-- What the floor's feed and the sweep of idle visits do to points is logged and counted, too.
alter type ops.ingestion add attribute told jsonb;
alter type ops.ingested_outcome add attribute told jsonb;
alter type floor.stale_visit add attribute told jsonb;
comment on type ops.ingestion is
  'The rows that an ingested event made or changed, and what the log says where points changed.';
comment on column ops.ingested_outcome.told is
  'What the log says of it where it changed points.';
comment on type floor.stale_visit is
  'A visit that lay idle for too long: closed, when, with which slip and what that earned (awarded '
  'or pending; null without a slip), or left open with the error''s code; and what the log says of '
  'the points.';
--! Included loyalty/_told.sql
-- What the log of the gateway and the worker says of a ledger entry, for calls whose result has no
-- room for the entry itself: ids and numbers, never a reason or a key.

create or replace function loyalty._told(entry loyalty.loyalty_ledger) returns jsonb
language sql
stable
return jsonb_build_object(
  'outcome', 'awarded',
  'event_type', entry.event_type,
  'transaction_type', entry.transaction_type,
  'player_id', entry.player_id,
  'delta_points', entry.points_change::text,
  'balance_before', entry.balance_before::text,
  'balance_after', entry.balance_after::text,
  'tier_before', entry.tier_before,
  'tier_after', entry.tier_after
);

alter function loyalty._told(loyalty.loyalty_ledger) owner to loyalty_service;
revoke all on function loyalty._told(loyalty.loyalty_ledger) from public;
grant execute on function loyalty._told(loyalty.loyalty_ledger) to floor_service, ops_service;

comment on function loyalty._told(loyalty.loyalty_ledger) is
  'A posted entry as the fields of a log line.';
--! EndIncluded loyalty/_told.sql
--! Included floor/_told.sql
-- What the log says of a slip that was completed on the way, by a feed or a job: what it earned, or
-- that this is still pending. Nothing where there was no slip to complete.

create or replace function floor._told(completion floor.rating_slip_completion) returns jsonb
language sql
stable
return case
  when completion.outcome is not null then
    loyalty._told(completion.ledger_entry) || jsonb_build_object(
      'outcome', completion.outcome,
      'player_id', (completion.rating_slip).player_id,
      'delta_points', completion.points::text,
      'promotion_points', completion.promotion_points::text
    )
end;

alter function floor._told(floor.rating_slip_completion) owner to floor_service;
revoke all on function floor._told(floor.rating_slip_completion) from public;
grant execute on function floor._told(floor.rating_slip_completion) to ops_service;

comment on function floor._told(floor.rating_slip_completion) is
  'A completed slip as the fields of a log line; null without a slip.';
--! EndIncluded floor/_told.sql
--! Included floor/_close_stale_visit.sql
-- Closes the next visit that nobody closed. It ends with the last thing that somebody saw, its open
-- slip too: what went on afterwards, or didn't, isn't rated. One visit a call and a transaction, so
-- that no two players' rows are held together; one that can't be closed is told of and passed by.

create or replace function floor._close_stale_visit(
  actor identity.actor,
  at timestamptz,
  after uuid default null
) returns floor.stale_visit
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_before timestamptz := at - identity._visit_idle_limit();
  v_visit floor.visit;
  v_slip floor.rating_slip;
  v_completion floor.rating_slip_completion;
  v_stale floor.stale_visit;
begin
  -- Whoever wrote something meanwhile is seen under the locks, and the visit is left alone.
  loop
    select v.* into v_visit
    from floor.visit as v
    where v.casino_id = identity._casino()
      and v.closed_at is null
      and (after is null or v.visit_id > after)
      and floor._last_recorded(v) < v_before
    order by v.visit_id
    limit 1
    for no key update;
    if not found then
      return null;
    end if;
    select s.* into v_slip
    from floor.rating_slip as s
    where s.casino_id = v_visit.casino_id
      and s.visit_id = v_visit.visit_id
      and s.state <> 'closed'
    for no key update;
    exit when floor._last_recorded(v_visit) < v_before;
    after := v_visit.visit_id;
  end loop;

  v_stale.visit_id := v_visit.visit_id;
  v_stale.player_id := v_visit.player_id;
  v_stale.rating_slip_id := v_slip.rating_slip_id;
  v_stale.closed_at := greatest(
    v_visit.opened_at,
    (
      select max(s.last_event_at)
      from floor.rating_slip as s
      where s.casino_id = v_visit.casino_id and s.visit_id = v_visit.visit_id
    )
  );
  -- As the feed's, these times lie in the past by right.
  actor.ingesting := true;
  begin
    if v_slip.rating_slip_id is not null then
      v_completion := floor._complete_rating_slip(
        actor, v_slip.rating_slip_id, v_slip.last_event_at
      );
      v_stale.outcome := v_completion.outcome;
      v_stale.told := floor._told(v_completion);
    end if;
    perform floor._close_visit(actor, v_visit.visit_id, v_stale.closed_at);
  exception when others then
    get stacked diagnostics v_stale.code = returned_sqlstate;
    if left(v_stale.code, 2) in ('40', '53', '55', '57', '58', 'XX') then
      raise;
    end if;
    v_stale.closed_at := null;
    v_stale.outcome := null;
    v_stale.told := null;
  end;
  perform ops._log(
    actor,
    case when v_stale.code is null then 'stale visit closed' else 'stale visit not closed' end,
    v_stale.player_id,
    jsonb_strip_nulls(jsonb_build_object(
      'visit_id', v_stale.visit_id, 'closed_at', v_stale.closed_at,
      'rating_slip_id', v_stale.rating_slip_id, 'outcome', v_stale.outcome, 'code', v_stale.code
    ))
  );
  return v_stale;
end
$$;

alter function floor._close_stale_visit(identity.actor, timestamptz, uuid) owner to floor_service;
revoke all on function floor._close_stale_visit(identity.actor, timestamptz, uuid) from public;

comment on function floor._close_stale_visit(identity.actor, timestamptz, uuid) is
  'Closes the next visit, in the order of their ids, that lay idle for longer than '
  'casino.visit_idle_limit, at its last event; null when there is none.';
--! EndIncluded floor/_close_stale_visit.sql
--! Included ops/_apply_reverse_event.sql
-- Undoes the entry of an earlier event: a reward, a redemption, or what closed a slip. The feed
-- knows its own keys only, so the entry is found by what that key did.

create or replace function ops._apply_reverse_event(
  actor identity.actor,
  event jsonb,
  at timestamptz
) returns ops.ingestion
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_event ops.ingested_event;
  v_entry_no bigint;
  v_reversal loyalty.loyalty_ledger;
  v_done ops.ingestion;
begin
  select * into v_event
  from ops.ingested_event as i
  where i.casino_id = actor.casino_id
    and i.event_key = event ->> 'ref'
    and i.outcome = 'applied';
  v_entry_no := coalesce(
    v_event.entry_no,
    case when v_event.event_type in ('slip_closed', 'moved', 'visit_closed')
      then loyalty._slip_entry_no(v_event.rating_slip_id)
    end
  );
  if v_entry_no is null then
    perform ops._refuse('LYENT');
  end if;

  v_done.player_id := v_event.player_id;
  perform floor._whereabouts(v_event.player_id, null);
  v_reversal := (
    loyalty._reverse_entry(
      actor, v_event.player_id, v_entry_no, event ->> 'reason', event ->> 'key', at
    )
  ).ledger_entry;
  v_done.entry_no := v_reversal.entry_no;
  v_done.told := loyalty._told(v_reversal);
  return v_done;
end
$$;

alter function ops._apply_reverse_event(identity.actor, jsonb, timestamptz) owner to ops_service;
revoke all on function ops._apply_reverse_event(identity.actor, jsonb, timestamptz) from public;

comment on function ops._apply_reverse_event(identity.actor, jsonb, timestamptz) is
  'Applies a reverse event. Errors: LYENT, LYREV, LYRSN, LYBAL.';
--! EndIncluded ops/_apply_reverse_event.sql
--! Included ops/_apply_event.sql
-- Applies one event of a feed through the same internal functions that staff commands use, with
-- the checks in the order of feed.md. Raises where the event is refused.

create or replace function ops._apply_event(actor identity.actor, event jsonb) returns ops.ingestion
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_type text := event ->> 'type';
  v_at timestamptz := ops._event_time(event ->> 'at');
  v_bet numeric := ops._number(event ->> 'average_bet');
  v_points bigint := ops._whole_number(event ->> 'points');
  v_seat integer := case
    when abs(ops._whole_number(event ->> 'seat')) < 1000000
      then ops._whole_number(event ->> 'seat')
  end;
  v_here record;
  v_entry loyalty.loyalty_ledger;
  v_done ops.ingestion;
begin
  if v_type not in (
    'player', 'visit_opened', 'visit_closed', 'slip_opened', 'bet_observed', 'slip_paused',
    'slip_resumed', 'slip_closed', 'moved', 'reward', 'redeem', 'reverse',
    'person', 'cash', 'cash_corrected', 'identified'
  ) then
    perform ops._refuse('OPEVT', array[v_type]);
  end if;

  if v_type in ('reward', 'redeem', 'reverse') and v_at > now() + interval '1 minute' then
    perform ops._refuse('RSTIM', array[v_at::text, 'it lies in the future']);
  end if;

  if v_type = 'player' then
    v_done.player_id := ops._apply_player_event(actor, event, v_at);
    return v_done;
  end if;
  if v_type = 'reverse' then
    return ops._apply_reverse_event(actor, event, v_at);
  end if;
  if v_type in ('person', 'cash', 'cash_corrected', 'identified') then
    return ops._apply_cash_event(actor, event, v_at);
  end if;

  v_done.player_id := floor._player_by_card(event ->> 'card');
  v_here := floor._whereabouts(v_done.player_id, event ->> 'table');

  if v_type in ('visit_opened', 'slip_opened', 'reward', 'redeem') and v_done.player_id is null
  then
    perform ops._refuse('RSPLR');
  end if;
  if v_type in ('visit_closed', 'slip_opened') and v_here.visit_id is null then
    perform ops._refuse('RSVIS');
  end if;
  if v_type in ('bet_observed', 'slip_paused', 'slip_resumed', 'moved', 'slip_closed')
    and v_here.rating_slip_id is null
  then
    perform ops._refuse('RSNOP');
  end if;
  v_done.visit_id := v_here.visit_id;
  v_done.rating_slip_id := v_here.rating_slip_id;

  case v_type
    when 'visit_opened' then
      v_done.visit_id := (floor._open_visit(actor, v_done.player_id, v_at)).visit_id;
      v_done.rating_slip_id := null;
    when 'visit_closed' then
      v_done.told := floor._told((floor._close_visit(actor, v_here.visit_id, v_at)).completion);
    when 'slip_opened' then
      v_done.rating_slip_id := (
        floor._start_rating_slip(actor, v_here.visit_id, v_here.table_id, v_seat, v_bet, v_at)
      ).rating_slip_id;
    when 'bet_observed' then
      perform floor._record_bet(actor, v_here.rating_slip_id, v_bet, v_at);
    when 'slip_paused' then
      perform floor._set_paused(actor, v_here.rating_slip_id, true, v_at);
    when 'slip_resumed' then
      perform floor._set_paused(actor, v_here.rating_slip_id, false, v_at);
    when 'moved' then
      v_done.told := floor._told((
        floor._move_player(
          actor, v_here.rating_slip_id, v_here.table_id, v_seat, v_bet, v_at
        )
      ).completion);
    when 'slip_closed' then
      v_done.told := floor._told(
        floor._complete_rating_slip(actor, v_here.rating_slip_id, v_at)
      );
    when 'reward' then
      v_done.visit_id := null;
      v_done.rating_slip_id := null;
      v_entry := (
        loyalty._manual_reward(
          actor, v_done.player_id, v_points, event ->> 'reason', event ->> 'key', null, v_at
        )
      ).ledger_entry;
    when 'redeem' then
      v_done.visit_id := null;
      v_done.rating_slip_id := null;
      v_entry := (
        loyalty._redeem(
          actor, v_done.player_id, v_points, event ->> 'reason', event ->> 'key',
          case when event ->> 'cash_amount' is not null
            then coalesce(ops._number(event ->> 'cash_amount'), 0)
          end,
          v_at
        )
      ).ledger_entry;
  end case;
  if v_entry.entry_no is not null then
    v_done.entry_no := v_entry.entry_no;
    v_done.told := loyalty._told(v_entry);
  end if;
  return v_done;
end
$$;

alter function ops._apply_event(identity.actor, jsonb) owner to ops_service;
revoke all on function ops._apply_event(identity.actor, jsonb) from public;

comment on function ops._apply_event(identity.actor, jsonb) is
  'Applies one well-formed event and says which rows it touched. Errors: those of the commands, '
  'OPEVT unknown type, OPMAL.';
--! EndIncluded ops/_apply_event.sql
--! Included ops/_ingest_event.sql
-- Takes one event of a feed: recognises what it has seen, applies the rest in a subtransaction of
-- its own, and remembers the outcome. Refusals of the registry are outcomes; so that no event can
-- block a feed, so are values that can't be stored. Conflicts between transactions, lack of
-- resources, shutdowns and faults of our own are raised: the sender repeats the whole call.

create or replace function ops._ingest_event(
  actor identity.actor,
  event jsonb
) returns ops.ingested_outcome
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_key text;
  v_fingerprint bytea;
  v_before ops.ingested_event;
  v_done ops.ingestion;
  v_state text;
  v_code text;
begin
  if jsonb_typeof(event) is distinct from 'object' then
    return row(null, 'refused', ops._error_name('OPMAL'), null)::ops.ingested_outcome;
  end if;
  v_key := case when jsonb_typeof(event -> 'key') = 'string' then event ->> 'key' end;
  v_fingerprint := ops._fingerprint(event);
  begin
    perform identity._check_key(v_key);
    if jsonb_typeof(event -> 'type') is distinct from 'string'
      or ops._event_time(event ->> 'at') is null
    then
      perform ops._refuse('OPMAL', array['key, at or type is missing']);
    end if;
  exception when sqlstate 'IDKEY' or sqlstate 'OPMAL' then
    return row(v_key, 'refused', ops._error_name('OPMAL'), null)::ops.ingested_outcome;
  end;

  select * into v_before
  from ops.ingested_event as i
  where i.casino_id = actor.casino_id
    and i.event_key = v_key
    and i.request_fingerprint = v_fingerprint;
  if found then
    return row(
      v_key,
      case v_before.outcome when 'applied' then 'replayed' else 'refused' end,
      v_before.code,
      null::jsonb
    );
  end if;

  begin
    if exists (
      select
      from ops.ingested_event as i
      where i.casino_id = actor.casino_id and i.event_key = v_key and i.outcome = 'applied'
    ) then
      perform ops._refuse('LYIDM');
    end if;
    v_done := ops._apply_event(actor, event);
  exception when others then
    get stacked diagnostics v_state = returned_sqlstate;
    v_code := ops._error_name(
      case when left(v_state, 2) = '22' or v_state in ('23502', '23514', '54000') then 'OPMAL'
        else v_state
      end
    );
    if v_code is null then
      raise;
    end if;
  end;

  insert into ops.ingested_event (
    casino_id, event_key, request_fingerprint, event_type, outcome, code,
    player_id, visit_id, rating_slip_id, entry_no, correlation_id, patron_id, mtl_entry_id
  )
  values (
    actor.casino_id, v_key, v_fingerprint, event ->> 'type',
    case when v_code is null then 'applied' else 'refused' end, v_code,
    v_done.player_id, v_done.visit_id, v_done.rating_slip_id, v_done.entry_no,
    actor.correlation_id, v_done.patron_id, v_done.mtl_entry_id
  );
  return row(
    v_key, case when v_code is null then 'applied' else 'refused' end, v_code, v_done.told
  );
end
$$;

alter function ops._ingest_event(identity.actor, jsonb) owner to ops_service;
revoke all on function ops._ingest_event(identity.actor, jsonb) from public;

comment on function ops._ingest_event(identity.actor, jsonb) is
  'Outcome of one event: applied, replayed or refused with the name of the error.';
--! EndIncluded ops/_ingest_event.sql
--! Included ops/_metrics.sql
-- What monitoring asks of ops about one casino: what its last reconciliation found and how long ago
-- that and its last seal are (a casino that never had one is as old as itself), its imports by
-- state, what they have written, and rows that wait in quarantine.

create or replace function ops._metrics(since timestamptz) returns setof ops.metric
language sql
stable
set search_path = ''
begin atomic
  with latest as (
    select r.drift_found, r.finished_at
    from ops.reconciliation_run as r
    where r.casino_id = identity._casino()
    order by r.created_at desc, r.reconciliation_run_id desc
    limit 1
  )
  select
    'reconciliation_drift', '{}'::jsonb,
    coalesce((select l.drift_found from latest as l), 0)::double precision
  union all
  select
    'reconciliation_age_seconds', '{}'::jsonb,
    extract(
      epoch from now() - coalesce((select l.finished_at from latest as l), _metrics.since)
    )
  union all
  select
    'seal_age_seconds', '{}'::jsonb,
    extract(epoch from now() - coalesce(max(s.sealed_at), _metrics.since))::double precision
  from ops.ledger_seal as s
  where s.casino_id = identity._casino()
  union all
  select 'imports', jsonb_build_object('state', s.state), count(b.import_batch_id)
  from unnest('{staging,posting,finished,undoing,partly_undone,undone}'::text[]) as s (state)
  left join ops.import_batch as b on b.casino_id = identity._casino() and b.state = s.state
  group by s.state
  union all
  select
    'import_entries', jsonb_build_object('kind', k.kind),
    coalesce(sum(case k.kind when 'posted' then b.posted else b.undone end), 0)
  from unnest('{posted,reversed}'::text[]) as k (kind)
  left join ops.import_batch as b on b.casino_id = identity._casino()
  group by k.kind
  union all
  select 'import_rows_quarantined', '{}'::jsonb, count(*)
  from ops.import_quarantine as q
  join ops.import_batch as b
    on b.casino_id = q.casino_id and b.import_batch_id = q.import_batch_id
  where q.casino_id = identity._casino()
    and b.state <> 'undone'
    and not exists (
      select
      from ops.import_retry as r
      where r.casino_id = q.casino_id
        and r.import_quarantine_id = q.import_quarantine_id
        and r.outcome = 'settled'
    );
end;

alter function ops._metrics(timestamptz) owner to ops_service;
revoke all on function ops._metrics(timestamptz) from public;

comment on function ops._metrics(timestamptz) is
  'Figures of the running call''s casino for monitoring.';
--! EndIncluded ops/_metrics.sql

-- Who asked for points, agreed or didn't, and who drafted, is on record like every decision.
--! Included loyalty/_request_reward.sql
-- Points that need a second person: writes them down for another person to decide, for as long as
-- the policy says. Nothing is in the ledger yet.

create or replace function loyalty._request_reward(
  actor identity.actor,
  player_id uuid,
  points bigint,
  reason text,
  idempotency_key text,
  request_fingerprint bytea,
  occurred_at timestamptz,
  rating_slip_id uuid,
  visit_id uuid,
  request_hours integer,
  kind text default 'reward'
) returns loyalty.ledger_result
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_variable
declare
  v_request loyalty.reward_request;
begin
  insert into loyalty.reward_request as r (
    casino_id, player_id, points, reason, rating_slip_id, visit_id, requested_by,
    correlation_id, idempotency_key, request_fingerprint, gaming_day, occurred_at, kind,
    expires_at
  )
  values (
    actor.casino_id, player_id, points, reason, rating_slip_id, visit_id, actor.staff_id,
    actor.correlation_id, idempotency_key, request_fingerprint,
    identity._gaming_day(actor.timezone, actor.gaming_day_start, occurred_at), occurred_at,
    kind, now() + make_interval(hours => request_hours)
  )
  returning r.* into v_request;
  perform ops._log(
    actor, 'points requested', v_request.player_id,
    jsonb_build_object('reward_request_id', v_request.reward_request_id)
  );
  return loyalty._ledger_result(null, v_request, false);
end
$$;

alter function loyalty._request_reward(
  identity.actor, uuid, bigint, text, text, bytea, timestamptz, uuid, uuid, integer, text
) owner to loyalty_service;
revoke all on function loyalty._request_reward(
  identity.actor, uuid, bigint, text, text, bytea, timestamptz, uuid, uuid, integer, text
) from public;

comment on function loyalty._request_reward(
  identity.actor, uuid, bigint, text, text, bytea, timestamptz, uuid, uuid, integer, text
) is
  'Asks for another person''s approval of a reward or adjustment.';
--! EndIncluded loyalty/_request_reward.sql
--! Included loyalty/approve_reward.sql
-- The second person agrees: the request becomes a ledger entry, under the request's key, given by
-- who asked and approved by who agreed, at the time of the approval.

create or replace function loyalty.approve_reward(request_id uuid) returns loyalty.ledger_result
language plpgsql
volatile
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_actor identity.actor := identity._enter('loyalty:approve');
  v_request loyalty.reward_request := loyalty._lock_request(v_actor, request_id);
  v_entry loyalty.loyalty_ledger;
  v_result loyalty.ledger_result;
begin
  if v_request.status = 'approved' and v_request.decided_by = v_actor.staff_id then
    select l.* into v_entry
    from loyalty.loyalty_ledger as l
    where l.casino_id = identity._casino()
      and l.player_id = v_request.player_id
      and l.entry_no = v_request.entry_no;
    return loyalty._ledger_result(v_entry, v_request, true);
  end if;
  perform loyalty._refuse_decided(v_request);

  v_result := case v_request.kind
    when 'adjustment' then loyalty._post_entry(
      v_actor, v_request.player_id, v_request.points, greatest(v_request.points, 0),
      'ADJUSTMENT', 'POINTS_ADJUSTED', 'adjustment', v_request.reason, v_request.requested_by,
      v_request.idempotency_key, v_request.request_fingerprint, now(),
      approved_by => v_actor.staff_id
    )
    else loyalty._post_entry(
      v_actor, v_request.player_id, v_request.points, v_request.points,
      'MANUAL_BONUS', 'POINTS_UPDATE_REQUESTED', 'manual', v_request.reason,
      v_request.requested_by, v_request.idempotency_key, v_request.request_fingerprint, now(),
      v_request.rating_slip_id, v_request.visit_id, approved_by => v_actor.staff_id
    )
  end;
  update loyalty.reward_request as r
  set status = 'approved', decided_by = v_actor.staff_id, decided_at = now(),
    decision_correlation_id = v_actor.correlation_id,
    entry_no = (v_result.ledger_entry).entry_no
  where r.casino_id = identity._casino() and r.reward_request_id = request_id
  returning r.* into v_request;
  v_result.reward_request := v_request;
  perform ops._log(
    v_actor, 'request approved', v_request.player_id,
    jsonb_build_object('reward_request_id', v_request.reward_request_id)
  );
  return v_result;
end
$$;

alter function loyalty.approve_reward(uuid) owner to loyalty_service;
revoke all on function loyalty.approve_reward(uuid) from public;
grant execute on function loyalty.approve_reward(uuid) to pit_staff;

comment on function loyalty.approve_reward(uuid) is
  'Approves somebody else''s request, a reward or an adjustment, and posts it. Approving it again '
  'gives the first result. Capability loyalty:approve. Errors: IDUNA, IDFRB, LYREQ, LYSLF, LYDEC, '
  'LYBAL, LYPOL.';
--! EndIncluded loyalty/approve_reward.sql
--! Included loyalty/decline_reward.sql
-- The second person doesn't agree and says why. The request stays, with who asked and who declined;
-- the ledger never hears of it.

create or replace function loyalty.decline_reward(request_id uuid, reason text)
returns loyalty.ledger_result
language plpgsql
volatile
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_actor identity.actor := identity._enter('loyalty:approve');
  v_request loyalty.reward_request := loyalty._lock_request(v_actor, request_id);
  v_reason text := nullif(btrim(decline_reward.reason, E' \t\r\n'), '');
begin
  if v_request.status = 'declined'
    and v_request.decided_by = v_actor.staff_id
    and v_request.decision_reason = v_reason
  then
    return loyalty._ledger_result(null, v_request, true);
  end if;
  perform loyalty._refuse_decided(v_request);
  if v_reason is null then
    perform ops._refuse('LYRSN', array['1']);
  end if;

  update loyalty.reward_request as r
  set status = 'declined', decided_by = v_actor.staff_id, decided_at = now(),
    decision_reason = v_reason, decision_correlation_id = v_actor.correlation_id
  where r.casino_id = identity._casino() and r.reward_request_id = request_id
  returning r.* into v_request;
  perform ops._log(
    v_actor, 'request declined', v_request.player_id,
    jsonb_build_object('reward_request_id', v_request.reward_request_id)
  );
  return loyalty._ledger_result(null, v_request, false);
end
$$;

alter function loyalty.decline_reward(uuid, text) owner to loyalty_service;
revoke all on function loyalty.decline_reward(uuid, text) from public;
grant execute on function loyalty.decline_reward(uuid, text) to pit_staff;

comment on function loyalty.decline_reward(uuid, text) is
  'Declines somebody else''s request, with a reason. Capability loyalty:approve. Errors: IDUNA, '
  'IDFRB, LYREQ, LYSLF, LYDEC, LYRSN.';
--! EndIncluded loyalty/decline_reward.sql
--! Included loyalty/create_promotion.sql
-- Writes a campaign down as a draft: what it promises, to whom, when and up to what budget. It
-- gives nothing until somebody else publishes it, and what it says never changes: another campaign
-- is another draft.

create or replace function loyalty.create_promotion(
  name text,
  starts_at timestamptz,
  ends_at timestamptz,
  multiplier numeric,
  budget bigint,
  idempotency_key text,
  game_codes text[] default null,
  table_ids uuid[] default null,
  tiers text[] default null
) returns loyalty.promotion_result
language plpgsql
volatile
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_actor identity.actor := identity._enter('loyalty:configure');
  v_key text := identity._check_key(create_promotion.idempotency_key);
  v_locked boolean := ops._lock(v_actor.casino_id, 'promotion:' || v_key);
  v_fingerprint bytea := ops._fingerprint(jsonb_build_array(
    'create_promotion', create_promotion.name, extract(epoch from create_promotion.starts_at),
    extract(epoch from create_promotion.ends_at), trim_scale(create_promotion.multiplier),
    create_promotion.budget, create_promotion.game_codes, create_promotion.table_ids,
    create_promotion.tiers
  ));
  v_promotion loyalty.promotion;
begin
  select p.* into v_promotion
  from loyalty.promotion as p
  where p.casino_id = identity._casino() and p.idempotency_key = v_key;
  if found then
    if v_promotion.request_fingerprint <> v_fingerprint then
      perform ops._refuse('LYIDM');
    end if;
    return row(v_promotion, true);
  end if;

  perform loyalty._check_promotion(
    create_promotion.name, create_promotion.starts_at, create_promotion.ends_at,
    create_promotion.multiplier, create_promotion.budget, create_promotion.game_codes,
    create_promotion.table_ids, create_promotion.tiers
  );
  insert into loyalty.promotion (
    casino_id, name, starts_at, ends_at, multiplier, budget, game_codes, table_ids, tiers,
    created_by, correlation_id, idempotency_key, request_fingerprint
  )
  values (
    v_actor.casino_id, btrim(create_promotion.name, E' \t\r\n'), create_promotion.starts_at,
    create_promotion.ends_at, create_promotion.multiplier, create_promotion.budget,
    create_promotion.game_codes, create_promotion.table_ids, create_promotion.tiers,
    v_actor.staff_id, v_actor.correlation_id, v_key, v_fingerprint
  )
  returning * into v_promotion;
  perform ops._log(
    v_actor, 'campaign drafted',
    details => jsonb_build_object('promotion_id', v_promotion.promotion_id)
  );
  return row(v_promotion, false);
end
$$;

alter function loyalty.create_promotion(
  text, timestamptz, timestamptz, numeric, bigint, text, text[], uuid[], text[]
) owner to loyalty_service;
revoke all on function loyalty.create_promotion(
  text, timestamptz, timestamptz, numeric, bigint, text, text[], uuid[], text[]
) from public;
grant execute on function loyalty.create_promotion(
  text, timestamptz, timestamptz, numeric, bigint, text, text[], uuid[], text[]
) to pit_staff;

comment on function loyalty.create_promotion(
  text, timestamptz, timestamptz, numeric, bigint, text, text[], uuid[], text[]
) is
  'Drafts a campaign: slips that close from starts_at until before ends_at earn, beside their '
  'points, round(points x multiplier) - points, as long as the budget holds; for these games, '
  'tables and tiers, or all where null. Capability loyalty:configure. Errors: IDUNA, IDFRB, '
  'IDKEY, LYIDM, LYPIN.';
--! EndIncluded loyalty/create_promotion.sql
--! Included loyalty/draft_rules.sql
-- Somebody writes down how the rules should be: parameters of the policy, the tiers, or both.
-- Nothing changes by that; another person publishes it. Of the policy only what shall differ is
-- given, and the draft keeps all parameters, so that it says the same when the rules in force
-- change meanwhile.

create or replace function loyalty.draft_rules(
  note text,
  idempotency_key text,
  policy jsonb default null,
  tiers jsonb default null,
  effective_from timestamptz default null
) returns loyalty.draft_result
language plpgsql
volatile
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_actor identity.actor := identity._enter('loyalty:configure');
  v_key text := identity._check_key(draft_rules.idempotency_key);
  v_locked boolean := ops._lock(v_actor.casino_id, 'pit:draft:' || v_key);
  v_note text := nullif(btrim(draft_rules.note, E' \t\r\n'), '');
  v_fingerprint bytea := ops._fingerprint(jsonb_build_array(
    'draft_rules', draft_rules.note, draft_rules.policy, draft_rules.tiers,
    draft_rules.effective_from
  ));
  v_draft loyalty.loyalty_draft;
begin
  select d.* into v_draft
  from loyalty.loyalty_draft as d
  where d.casino_id = identity._casino() and d.idempotency_key = v_key;
  if v_draft.request_fingerprint <> v_fingerprint then
    perform ops._refuse('LYIDM');
  elsif found then
    return row(v_draft, true);
  end if;

  if v_note is null then
    perform ops._refuse('LYRSN', array['1']);
  elsif draft_rules.policy is null and draft_rules.tiers is null then
    perform ops._refuse('LYVER', array['they change neither the policy nor the tiers']);
  end if;
  insert into loyalty.loyalty_draft as d (
    casino_id, policy, tiers, effective_from, note, drafted_by, correlation_id,
    idempotency_key, request_fingerprint
  )
  values (
    v_actor.casino_id,
    loyalty._drafted_policy(draft_rules.policy, coalesce(draft_rules.effective_from, now())),
    loyalty._drafted_tiers(draft_rules.tiers),
    draft_rules.effective_from, v_note, v_actor.staff_id, v_actor.correlation_id, v_key,
    v_fingerprint
  )
  returning d.* into v_draft;
  perform loyalty._check_draft(v_draft);
  perform ops._log(
    v_actor, 'rules drafted',
    details => jsonb_build_object('loyalty_draft_id', v_draft.loyalty_draft_id)
  );
  return row(v_draft, false);
end
$$;

alter function loyalty.draft_rules(text, text, jsonb, jsonb, timestamptz)
owner to loyalty_service;
revoke all on function loyalty.draft_rules(text, text, jsonb, jsonb, timestamptz) from public;
grant execute on function loyalty.draft_rules(text, text, jsonb, jsonb, timestamptz)
to pit_staff;

comment on function loyalty.draft_rules(text, text, jsonb, jsonb, timestamptz) is
  'Drafts rules for another person to publish. policy: an object with the parameters of '
  'loyalty_policy that shall differ from those in force, null for no limit; tiers: a list of tier, '
  'threshold_points and multiplier; effective_from: null for the moment of publishing. Capability '
  'loyalty:configure. Errors: IDUNA, IDFRB, IDKEY, LYIDM, LYRSN, LYVER.';
--! EndIncluded loyalty/draft_rules.sql
