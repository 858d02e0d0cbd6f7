--! Previous: sha1:da9136159d23860a1c92ef8f941d8a688e544e4c
--! Hash: sha1:a91cba737f1c2621b16c6697e517a26d3c64a192
--! Message: What was rolled back is known from the ledger; a feed only sends

--! split: 1-current.sql
-- Enter migration here

-- What was rolled back is known from the ledger; a feed may only send; tiers are reconciled with
-- their versions; imports leave their lines in the audit log.
--! Included identity/_refuse_sender.sql
-- The account of a floor system's feed needs import:run to send events, and may do nothing else
-- with it: whatever else asks for that capability is for people, and calls this.

create or replace function identity._refuse_sender(actor identity.actor) returns void
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
  perform
  from identity.staff as s
  where s.casino_id = identity._casino()
    and s.staff_id = (actor).staff_id
    and s.role = 'sender';
  if found then
    perform ops._refuse('IDFRB', array['import:run']);
  end if;
end
$$;

alter function identity._refuse_sender(identity.actor) owner to identity_service;
revoke all on function identity._refuse_sender(identity.actor) from public;
grant execute on function identity._refuse_sender(identity.actor)
to loyalty_service, compliance_service, ops_service;

comment on function identity._refuse_sender(identity.actor) is
  'Refuses the account of a feed, which may only send events. Error: IDFRB.';
--! EndIncluded identity/_refuse_sender.sql
--! Included loyalty/_undone_import_keys.sql
-- For an import, which may not read the ledger: under which keys a rollback has taken entries back.
-- The ledger keeps those keys for ever, so their rows are posted anew under others. Only the ledger
-- knows: a batch may have found a row posted by an earlier one, and one may be half rolled back.

create or replace function loyalty._undone_import_keys() returns setof text
language sql
stable
parallel safe
security definer
rows 1
set search_path = ''
begin atomic
  select substr(l.idempotency_key, length('pit:undo:') + 1)
  from loyalty.loyalty_ledger as l
  where l.casino_id = identity._casino()
    and l.reverses_entry_no is not null
    and l.source = 'import'
    and l.idempotency_key like 'pit:undo:pit:import:%';
end;

alter function loyalty._undone_import_keys() owner to loyalty_service;
revoke all on function loyalty._undone_import_keys() from public;
grant execute on function loyalty._undone_import_keys() to ops_service;

comment on function loyalty._undone_import_keys() is
  'Keys of imported entries of the running call''s casino that a rollback has reversed.';
--! EndIncluded loyalty/_undone_import_keys.sql
--! Included loyalty/_reconcile.sql
-- Do ledger and standings agree? First as a whole, which keeps nothing for each player; player by
-- player only when that doesn't come out. The caller's statement has one snapshot, in which entry
-- and standing are seen together, as they were written. Who is on another tier than the
-- versions say, whatever the copy for the write path has, is looked at closely in any case.

create or replace function loyalty._reconcile(slice_no integer)
returns loyalty.ledger_reconciliation
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  v_agrees boolean;
  v_result loyalty.ledger_reconciliation;
begin
  select l.players, l.entries, l.intact
  into v_result.players, v_result.entries, v_agrees
  from loyalty._reconciled_ledger(_reconcile.slice_no) as l;
  if v_agrees then
    select array_agg(p.player_id order by p.player_id)
    into v_result.suspects
    from loyalty.player_loyalty as p
    left join (
      select t.tiers, t.tier_floors
      from loyalty.terms_in_force as f
      cross join lateral loyalty._terms_at(f.casino_id, f.standings_as_of) as t
      where f.casino_id = identity._casino()
    ) as t on true
    where p.casino_id = identity._casino()
      and (p.tier, p.tier_progress) is distinct from (
        loyalty._tier(t.tiers, t.tier_floors, p.lifetime_points),
        loyalty._tier_progress(t.tier_floors, p.lifetime_points)
      );
  else
    select
      count(*), coalesce(sum(c.entries), 0),
      array_agg(c.player_id order by c.player_id) filter (where not c.intact)
    into v_result.players, v_result.entries, v_result.suspects
    from loyalty._reconciled_players(_reconcile.slice_no) as c;
  end if;
  return v_result;
end
$$;

alter function loyalty._reconcile(integer) owner to loyalty_service;
revoke all on function loyalty._reconcile(integer) from public;
grant execute on function loyalty._reconcile(integer) to ops_service;

comment on function loyalty._reconcile(integer) is
  'How many players and entries the running call''s casino has, and who has to be looked at '
  'closely.';
--! EndIncluded loyalty/_reconcile.sql
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
set max_parallel_workers_per_gather = 4
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
--! Included loyalty/rebuild_loyalty.sql
-- Rebuilds balances, tiers and chain heads from the ledger where they differ; a look, unless it is
-- told otherwise. For who operates the system, not for who gives points: docs/decisions/0017.

create or replace function loyalty.rebuild_loyalty(dry_run boolean default true)
returns loyalty.loyalty_rebuild
language plpgsql
volatile
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_actor identity.actor := identity._enter('import:run');
begin
  perform identity._refuse_sender(v_actor);
  return loyalty._rebuild_loyalty(v_actor, coalesce(rebuild_loyalty.dry_run, true));
end
$$;

alter function loyalty.rebuild_loyalty(boolean) owner to loyalty_service;
revoke all on function loyalty.rebuild_loyalty(boolean) from public;
grant execute on function loyalty.rebuild_loyalty(boolean) to pit_staff;

comment on function loyalty.rebuild_loyalty(boolean) is
  'Every difference between standings and ledger, and with dry_run => false the standings as the '
  'ledger says, before and after in the audit log. Capability import:run. Errors: IDUNA, IDFRB, '
  'LYBRK when a ledger itself is broken.';
--! EndIncluded loyalty/rebuild_loyalty.sql
--! Included compliance/rebuild_totals.sql
-- Rebuilds the cash totals of gaming days from the log where they differ, and the cases that follow
-- from them; a look, unless it is told otherwise. For who operates the system: docs/decisions/0017.

create or replace function compliance.rebuild_totals(dry_run boolean default true)
returns compliance.totals_rebuild
language plpgsql
volatile
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_actor identity.actor := identity._enter('import:run');
begin
  perform identity._refuse_sender(v_actor);
  return compliance._rebuild_totals(v_actor, coalesce(rebuild_totals.dry_run, true));
end
$$;

alter function compliance.rebuild_totals(boolean) owner to compliance_service;
revoke all on function compliance.rebuild_totals(boolean) from public;
grant execute on function compliance.rebuild_totals(boolean) to pit_staff;

comment on function compliance.rebuild_totals(boolean) is
  'Every difference between cash totals and the log, and with dry_run => false the totals as the '
  'log says, before and after in the audit log. Capability import:run. Errors: IDUNA, IDFRB, '
  'MTBRK when the log itself is broken.';
--! EndIncluded compliance/rebuild_totals.sql
--! Included ops/_used_import_keys.sql
-- How often the entry of a legacy row was rolled back: its next posting needs another key, because
-- the ledger keeps the used ones for ever.

create or replace function ops._used_import_keys()
returns table (idempotency_key text, rounds bigint)
language sql
stable
parallel safe
rows 1
set search_path = ''
begin atomic
  select regexp_replace(k.key, '^pit:import:\d+:', 'pit:import:'), count(*)
  from loyalty._undone_import_keys() as k (key)
  group by 1;
end;

alter function ops._used_import_keys() owner to ops_service;
revoke all on function ops._used_import_keys() from public;

comment on function ops._used_import_keys() is
  'Keys of legacy rows whose entries were rolled back, and how often.';
--! EndIncluded ops/_used_import_keys.sql
--! Included ops/_earlier_verdicts.sql
-- What earlier imports have in quarantine, by what stood in the export: it stays there, or it was
-- settled by a retry, unless what that posted was rolled back since. What an earlier import
-- quarantined for itself stands before other content under the same id.

create or replace function ops._earlier_verdicts(import_batch_id uuid)
returns table (
  idempotency_key text,
  request_fingerprint bytea,
  verdict text,
  stands boolean
)
language sql
stable
parallel safe
rows 1
set search_path = ''
begin atomic
  select
    q.idempotency_key, q.request_fingerprint,
    case when bool_or(t.outcome is not null) then 'REPLAYED' else min(q.reason) end,
    bool_or(q.reason <> 'IDEMPOTENCY_CONFLICT')
  from ops.import_quarantine as q
  join ops.import_batch as b
    on b.casino_id = q.casino_id and b.import_batch_id = q.import_batch_id
  left join ops.import_retry as t
    on t.casino_id = q.casino_id
    and t.import_quarantine_id = q.import_quarantine_id
    and t.outcome = 'settled'
  where q.casino_id = identity._casino()
    and q.import_batch_id <> _earlier_verdicts.import_batch_id
    and b.state not in ('staging', 'undone')
    and (
      t.idempotency_key is null
      or t.idempotency_key not in (select k.key from loyalty._undone_import_keys() as k (key))
    )
  group by q.idempotency_key, q.request_fingerprint;
end;

alter function ops._earlier_verdicts(uuid) owner to ops_service;
revoke all on function ops._earlier_verdicts(uuid) from public;

comment on function ops._earlier_verdicts(uuid) is
  'Keys and fingerprints of rows that other batches have quarantined, and what that says of the '
  'same rows now.';
--! EndIncluded ops/_earlier_verdicts.sql
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
begin
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
    select 'history' as file, t.row_no, l.*
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
    select 'slips', t.row_no, l.*
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
          when r.occurrence > 1
            and loyalty._request_of_key(ops._next_import_key(k.idempotency_key, u.rounds))
              is distinct from k.request_fingerprint
            then 'IDEMPOTENCY_CONFLICT'
          when r.occurrence > 1 then 'REPLAYED'
          when o.idempotency_key is not null then 'IDEMPOTENCY_CONFLICT'
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
  actor.staff_id := coalesce(actor.staff_id, batch.undone_by);
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
  from loyalty._undo_import(actor, batch.correlation_id, v_players, batch.undo_reason) as u;

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
    undone_by = actor.staff_id
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
  perform ops._log(
    actor, 'import rows retried',
    details => jsonb_build_object(
      'import_batch_id', v_batch.import_batch_id, 'rows', cardinality(import_quarantine_ids)
    )
  );
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
  perform ops._log(
    v_actor, 'import started', details => jsonb_build_object('import_batch_id', import_batch_id)
  );
  v_actor.correlation_id := v_batch.correlation_id;
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
--! Included ops/_metrics.sql
-- What monitoring asks of ops about one casino: what its last reconciliation found and how long ago
-- that and its last seal are (a casino that never had one is as old as itself), its imports by
-- state, and rows that wait in quarantine.

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
--! Included ops/retry_import_row.sql
-- Tries one quarantined row again, with corrected values: an object of column names of its file.
-- What it corrected and why is kept. A row that was settled is left alone.

create or replace function ops.retry_import_row(
  import_quarantine_id uuid,
  correction jsonb default null,
  note text default null
) returns ops.import_retry
language plpgsql
volatile
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_actor identity.actor := identity._enter('import:run');
  v_row ops.import_quarantine;
  v_columns text[];
  v_fields text[];
  v_note text := nullif(btrim(retry_import_row.note, E' \t\r\n'), '');
  v_retry ops.import_retry;
begin
  perform identity._refuse_sender(v_actor);
  select q.* into v_row
  from ops.import_quarantine as q
  where q.casino_id = identity._casino()
    and q.import_quarantine_id = retry_import_row.import_quarantine_id;
  if not found then
    perform ops._refuse('OPIRW');
  end if;
  if correction is not null then
    v_columns := ops._import_columns(v_row.file);
    if jsonb_typeof(correction) <> 'object' then
      perform ops._refuse('OPCOR', array['it must name columns and their values']);
    end if;
    if exists (
      select
      from jsonb_each(correction) as c (name, value)
      where c.name <> all (v_columns) or jsonb_typeof(c.value) not in ('string', 'number')
    ) then
      perform ops._refuse(
        'OPCOR', array[format('the columns are %s', array_to_string(v_columns, ', '))]
      );
    end if;
    if v_note is null then
      perform ops._refuse('OPCOR', array['it needs a note']);
    end if;
    select array_agg(coalesce(correction ->> c.name, r.fields[c.place]) order by c.place)
    into v_fields
    from ops._rows_to_retry(array[v_row.import_quarantine_id], null) as r
    cross join lateral unnest(v_columns) with ordinality as c (name, place);
  end if;

  perform ops._retry_import(
    v_actor, v_row.import_batch_id, array[v_row.import_quarantine_id], v_fields, v_note
  );
  select t.* into strict v_retry
  from ops.import_retry as t
  where t.casino_id = identity._casino()
    and t.import_quarantine_id = v_row.import_quarantine_id
  order by t.retry_no desc
  limit 1;
  return v_retry;
end
$$;

alter function ops.retry_import_row(uuid, jsonb, text) owner to ops_service;
revoke all on function ops.retry_import_row(uuid, jsonb, text) from public;
grant execute on function ops.retry_import_row(uuid, jsonb, text) to pit_staff;

comment on function ops.retry_import_row(uuid, jsonb, text) is
  'Tries a quarantined row again, corrected or as it is, and gives the last attempt. Capability '
  'import:run. Errors: IDUNA, IDFRB, OPIRW, OPCOR, OPIMP, OPIST, LYPOL.';
--! EndIncluded ops/retry_import_row.sql
--! Included ops/import_mismatches.sql
-- The mismatch report of an import: balances that the old system claimed and that its history
-- doesn't lead to.

create or replace function ops.import_mismatches(import_batch_id uuid)
returns setof ops.import_mismatch
language plpgsql
stable
security definer
set search_path = ''
set pit.casino = ''
set enable_nestloop = off
as $$
declare
  v_actor identity.actor := identity._enter('import:run');
begin
  perform identity._refuse_sender(v_actor);
  return query select m.* from ops._import_mismatches(import_batch_id) as m;
end
$$;

alter function ops.import_mismatches(uuid) owner to ops_service;
revoke all on function ops.import_mismatches(uuid) from public;
grant execute on function ops.import_mismatches(uuid) to pit_staff;

comment on function ops.import_mismatches(uuid) is
  'Claimed balances that differ from the imported ones, with the difference. Capability '
  'import:run. Errors: IDUNA, IDFRB.';
--! EndIncluded ops/import_mismatches.sql
--! Included ops/quarantined_rows.sql
-- The quarantine of an import, for the people who correct it: row by row or by what an
-- enrolment settles.

create or replace function ops.quarantined_rows(import_batch_id uuid)
returns setof ops.quarantined_row
language plpgsql
stable
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_actor identity.actor := identity._enter('import:run');
begin
  perform identity._refuse_sender(v_actor);
  return query select q.* from ops._quarantined_rows(import_batch_id) as q;
end
$$;

alter function ops.quarantined_rows(uuid) owner to ops_service;
revoke all on function ops.quarantined_rows(uuid) from public;
grant execute on function ops.quarantined_rows(uuid) to pit_staff;

comment on function ops.quarantined_rows(uuid) is
  'Rows of an import that wait for a correction, by their legacy ids. Capability import:run. '
  'Errors: IDUNA, IDFRB.';
--! EndIncluded ops/quarantined_rows.sql
--! Included ops/roll_back_import.sql
-- Rolls an import back: every entry that it posted is compensated by a reversal, in the background.
-- Nothing is removed; the export can be imported anew afterwards.

create or replace function ops.roll_back_import(import_batch_id uuid, reason text)
returns ops.import_batch
language plpgsql
volatile
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_actor identity.actor := identity._enter('import:run');
begin
  perform identity._refuse_sender(v_actor);
  return ops._begin_undoing(v_actor, import_batch_id, reason);
end
$$;

alter function ops.roll_back_import(uuid, text) owner to ops_service;
revoke all on function ops.roll_back_import(uuid, text) from public;
grant execute on function ops.roll_back_import(uuid, text) to pit_staff;

comment on function ops.roll_back_import(uuid, text) is
  'Begins to roll a finished import back and gives its row; the worker does the rest. Capability '
  'import:run. Errors: IDUNA, IDFRB, OPIMP, OPIST, LYRSN.';
--! EndIncluded ops/roll_back_import.sql
--! Included ops/retry_job.sql
-- Somebody has seen to what a job failed by and doesn't want to wait, or it was given up. Its
-- effect is the job's own, once, so this takes no right to that effect: import:run, which the
-- administrator has who sees to the machinery, and not those who only read how it goes.

create or replace function ops.retry_job(job_id bigint, idempotency_key text default null)
returns ops.retried_job
language plpgsql
volatile
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_actor identity.actor := identity._enter('import:run');
  v_locked boolean := ops._lock(v_actor.casino_id, 'ops.retry_job');
  v_retry ops.job_retry;
  v_job ops.job;
begin
  perform identity._refuse_sender(v_actor);
  if retry_job.idempotency_key is not null then
    perform identity._check_key(retry_job.idempotency_key);
    select r.* into v_retry
    from ops.job_retry as r
    where r.casino_id = v_actor.casino_id and r.idempotency_key = retry_job.idempotency_key;
    if found and v_retry.job_id is distinct from retry_job.job_id then
      perform ops._refuse('LYIDM');
    end if;
    if found then
      return row(
        v_retry.job_id, v_retry.task, v_retry.created_at, true, v_retry.correlation_id
      );
    end if;
  end if;

  select j.* into v_job
  from ops._jobs(v_actor.casino_id, coalesce(retry_job.job_id, 0)) as j;
  if not found then
    perform ops._refuse('OPJNF');
  end if;
  if v_job.state not in ('failed', 'given_up') then
    perform ops._refuse('OPJST', array[v_job.state]);
  end if;
  perform ops._restart_job(v_job.job_id, identity._issue_ticket(v_job.task));
  insert into ops.job_retry (
    casino_id, job_id, task, attempts, last_error, idempotency_key, staff_id, correlation_id
  )
  values (
    v_actor.casino_id, v_job.job_id, v_job.task, v_job.attempts, v_job.last_error,
    retry_job.idempotency_key, v_actor.staff_id, v_actor.correlation_id
  )
  returning * into v_retry;
  perform ops._log(
    v_actor, 'job retried',
    details => jsonb_build_object(
      'job_id', v_job.job_id, 'task', v_job.task, 'state', v_job.state,
      'attempts', v_job.attempts, 'last_error', v_job.last_error,
      'queued_by', v_job.correlation_id
    )
  );
  return row(v_job.job_id, v_job.task, v_retry.created_at, false, v_actor.correlation_id);
end
$$;

alter function ops.retry_job(bigint, text) owner to ops_service;
revoke all on function ops.retry_job(bigint, text) from public;
grant execute on function ops.retry_job(bigint, text) to pit_staff;

comment on function ops.retry_job(bigint, text) is
  'Runs a job that failed or was given up again, at once and with a new ticket. Capability '
  'import:run. Errors: IDUNA, IDFRB, IDKEY, LYIDM, OPJNF, OPJST.';
--! EndIncluded ops/retry_job.sql
--! Included ops/retry_import.sql
-- Tries everything again that an import has in quarantine, as it is: when its players were
-- enrolled meanwhile, or its balances have grown.

create or replace function ops.retry_import(import_batch_id uuid) returns ops.import_batch
language plpgsql
volatile
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_actor identity.actor := identity._enter('import:run');
begin
  perform identity._refuse_sender(v_actor);
  return ops._retry_whole_import(v_actor, import_batch_id);
end
$$;

alter function ops.retry_import(uuid) owner to ops_service;
revoke all on function ops.retry_import(uuid) from public;
grant execute on function ops.retry_import(uuid) to pit_staff;

comment on function ops.retry_import(uuid) is
  'Tries every quarantined row of a finished batch again and gives its row. Capability import:run. '
  'Errors: IDUNA, IDFRB, OPIMP, OPIST, LYPOL.';
--! EndIncluded ops/retry_import.sql
