--! Previous: sha1:b5f705ea589ad5401de5c3a1ba742546342b61a3
--! Hash: sha1:da9136159d23860a1c92ef8f941d8a688e544e4c
--! Message: Imports judged in parallel, verification reads the casino once

--! split: 1-current.sql
-- Enter migration here

-- Verifying a ledger reads the casino once, not for each entry.
alter policy serve_own_casino on loyalty.loyalty_ledger
using (casino_id = (select identity._casino()));
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
set max_parallel_workers_per_gather = 4
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
-- An import's rows are read and sorted by parallel workers.
--! Included loyalty/_move_balance.sql
-- One step of loyalty._running_balance: a move that the balance doesn't suffice for is left out,
-- and whatever follows goes on from the balance before it, of which the refused move leaves the
-- complement. In plpgsql: a window calls it for each row, and calling an SQL function that isn't
-- made part of a query takes more than twice as long.

create or replace function loyalty._move_balance(
  balance bigint,
  opening_balance bigint,
  points_change bigint
) returns bigint
language plpgsql
immutable
set search_path = ''
as $$
declare
  v_before bigint := coalesce(greatest(balance, ~balance), opening_balance);
begin
  return case
    when v_before + points_change >= 0 then v_before + points_change
    else ~v_before
  end;
end
$$;

alter function loyalty._move_balance(bigint, bigint, bigint) owner to loyalty_service;
revoke all on function loyalty._move_balance(bigint, bigint, bigint) from public;

comment on function loyalty._move_balance(bigint, bigint, bigint) is
  'Balance after a move; when it would fall below 0, -1 less the balance before it.';
--! EndIncluded loyalty/_move_balance.sql
--! Included loyalty/_add_link.sql
-- One step of loyalty._running_hash: the link that follows the one before, or for the first of a
-- window the player's last one. Both hashes are its result, so that nobody has to look back. In
-- plpgsql, which is called for each row in less than half the time.

create or replace function loyalty._add_link(
  link bytea,
  last_entry_hash bytea,
  content bytea
) returns bytea
language plpgsql
immutable
set search_path = ''
as $$
declare
  v_previous bytea := coalesce(substr(link, 33), last_entry_hash);
begin
  return v_previous || sha256(v_previous || content);
end
$$;

alter function loyalty._add_link(bytea, bytea, bytea) owner to loyalty_service;
revoke all on function loyalty._add_link(bytea, bytea, bytea) from public;

comment on function loyalty._add_link(bytea, bytea, bytea) is
  'Hash of the entry before and of the next one, as loyalty._entry_hash computes it: 64 bytes.';
--! EndIncluded loyalty/_add_link.sql
--! Included loyalty/_request_of_key.sql
-- For an import, which may not read the ledger: what a key was used for, so that a row that can't
-- be posted is still known when it was posted before.

create or replace function loyalty._request_of_key(idempotency_key text) returns bytea
language sql
stable
parallel safe
security definer
set search_path = ''
return (
  select l.request_fingerprint
  from loyalty.loyalty_ledger as l
  where l.casino_id = identity._casino()
    and l.idempotency_key = _request_of_key.idempotency_key
);

alter function loyalty._request_of_key(text) owner to loyalty_service;
revoke all on function loyalty._request_of_key(text) from public;
grant execute on function loyalty._request_of_key(text) to ops_service;

comment on function loyalty._request_of_key(text) is
  'Fingerprint of the request that made the key''s ledger entry; null when the key is new.';
--! EndIncluded loyalty/_request_of_key.sql
--! Included floor/_cards.sql
-- floor._player_by_card for whole imports, which look up more cards than a list should hold: other
-- contexts don't read floor's tables, they ask.

create or replace function floor._cards() returns table (card_no text, player_id uuid)
language sql
stable
parallel safe
security definer
set search_path = ''
begin atomic
  select p.card_no, p.player_id
  from floor.player as p
  where p.casino_id = identity._casino();
end;

alter function floor._cards() owner to floor_service;
revoke all on function floor._cards() from public;
grant execute on function floor._cards() to ops_service;

comment on function floor._cards() is 'Every enrolled player''s card.';
--! EndIncluded floor/_cards.sql
--! Included ops/judged_row.sql
-- What became of a staged row of points history, or of a slip that qualifies, before anything is
-- posted.

create type ops.judged_row as (
  file text,
  row_no integer,
  legacy_id text,
  player_id uuid,
  points_change bigint,
  reason text,
  occurred_at timestamptz,
  idempotency_key text,
  request_fingerprint bytea,
  verdict text
);

alter type ops.judged_row owner to pit_owner;

comment on type ops.judged_row is 'A row of an import and its verdict.';
comment on column ops.judged_row.legacy_id is 'Null when it is to be posted.';
comment on column ops.judged_row.player_id is 'Null unless it is to be posted.';
comment on column ops.judged_row.idempotency_key is
  'When it is to be posted, that of its ledger entry; otherwise its own.';
comment on column ops.judged_row.verdict is
  'Null: to be posted; REPLAYED: known; otherwise why it is quarantined.';
--! EndIncluded ops/judged_row.sql
--! Included ops/_whole_number.sql
-- Like ops._number, for seats and points: 25 and 25.0 are whole, 25.5 isn't and is left to the
-- rule that needs it to refuse. Digits alone need no regular expression, which costs three times as
-- much.

create or replace function ops._whole_number(value text) returns bigint
language sql
immutable
parallel safe
return case
  when value <> '' and length(value) <= 15 and ltrim(value, '0123456789') = '' then value::bigint
  when value ~ '^-?[0-9]{1,15}(\.0{1,10})?$' then value::numeric::bigint
end;

alter function ops._whole_number(text) owner to ops_service;
revoke all on function ops._whole_number(text) from public;

comment on function ops._whole_number(text) is 'The text as a whole number; null otherwise.';
--! EndIncluded ops/_whole_number.sql
--! Included ops/_legacy_time.sql
-- ops._event_time for a million rows: no handler of exceptions, which would cost each row a
-- subtransaction, and no regular expression for the form that nearly all have, because PostgreSQL
-- builds its automaton anew for each text.

create or replace function ops._legacy_time(value text) returns timestamptz
language sql
stable
parallel safe
return case
  when (
    translate(value, '123456789', '000000000')
      = any ('{0000-00-00T00:00:00+00:00,0000-00-00T00:00:00Z}')
    or value ~ '^\d\d\d\d-\d\d-\d\d[Tt ]\d\d:\d\d(:\d\d([.]\d+)?)?([Zz]|[+-]\d\d(:?\d\d)?)$'
  ) and pg_input_is_valid(value, 'timestamptz')
    then value::timestamptz
end;

alter function ops._legacy_time(text) owner to ops_service;
revoke all on function ops._legacy_time(text) from public;

comment on function ops._legacy_time(text) is
  'The moment of an ISO 8601 text with offset; null when it isn''t one.';
--! EndIncluded ops/_legacy_time.sql
--! Included ops/_legacy_texts.sql
-- The values of one row of points history or of a rating slip, each trimmed once. It and
-- ops._legacy_meaning become part of the query that reads a million rows, which keeps them apart
-- with "offset 0"; ops._legacy_row is both for a row or a few. A sub-query of their own would keep
-- parallel workers out.

create or replace function ops._legacy_texts(file text, fields text[])
returns table (
  id text,
  card_no text,
  kind text,
  points_text text,
  points bigint,
  detail text,
  occurred_at text
)
language sql
immutable
parallel safe
rows 1
begin atomic
  select
    fields[1], btrim(fields[2]), btrim(fields[3]), btrim(fields[4]),
    ops._whole_number(btrim(fields[4])), fields[5],
    btrim(case file when 'history' then fields[7] else fields[5] end);
end;

alter function ops._legacy_texts(text, text[]) owner to ops_service;
revoke all on function ops._legacy_texts(text, text[]) from public;

comment on function ops._legacy_texts(text, text[]) is
  'The texts in a row of "history" or "slips", and its points where they are a whole number.';
--! EndIncluded ops/_legacy_texts.sql
--! Included ops/_legacy_meaning.sql
-- What the texts of one row of points history or of a rating slip (ops._legacy_texts) say. Points
-- have at most 12 digits, so that no sum of them can overflow.

create or replace function ops._legacy_meaning(
  file text,
  fields text[],
  id text,
  card_no text,
  kind text,
  points_text text,
  points bigint,
  detail text,
  occurred_at text
) returns setof ops.legacy_row
language sql
stable
parallel safe
rows 1
begin atomic
  select
    coalesce(id, ''),
    card_no,
    case
      when points between 1 and 999999999999 then
        case when kind = 'DEBIT' and file = 'history' then -points else points end
    end,
    coalesce(file <> 'history' or kind in ('CREDIT', 'DEBIT'), false),
    ops._legacy_time(occurred_at),
    nullif(btrim(case file when 'history' then detail else 'Rating slip ' || id end), ''),
    file = 'history' or coalesce(
      kind = 'CLOSED'
        and case
          when pg_input_is_valid(points_text, 'numeric') then points_text::numeric > 0
          else points_text <> ''
        end,
      false
    ),
    'pit:import:' || file || ':' || case
      when length(id) > 200 then 'sha256:' || encode(sha256(convert_to(id, 'UTF8')), 'hex')
      else coalesce(id, '')
    end,
    sha256(array_send(file || fields));
end;

alter function ops._legacy_meaning(
  text, text[], text, text, text, text, bigint, text, text
) owner to ops_service;
revoke all on function ops._legacy_meaning(
  text, text[], text, text, text, text, bigint, text, text
) from public;

comment on function ops._legacy_meaning(
  text, text[], text, text, text, text, bigint, text, text
) is 'What the values of a row of "history" or "slips" say; its key and its fingerprint.';
--! EndIncluded ops/_legacy_meaning.sql
--! Included ops/_legacy_row.sql
-- Reads the values of one row of points history or of a rating slip. Its query reads no table, so
-- that it becomes part of the query that asks, and trims each value once: that is what "offset 0"
-- is for.

create or replace function ops._legacy_row(file text, fields text[]) returns setof ops.legacy_row
language sql
stable
parallel safe
rows 1
begin atomic
  select l.*
  from (select t.* from ops._legacy_texts(file, fields) as t offset 0) as t
  cross join lateral ops._legacy_meaning(
    file, fields, t.id, t.card_no, t.kind, t.points_text, t.points, t.detail, t.occurred_at
  ) as l;
end;

alter function ops._legacy_row(text, text[]) owner to ops_service;
revoke all on function ops._legacy_row(text, text[]) from public;

comment on function ops._legacy_row(text, text[]) is
  'What the values of a row of "history" or "slips" say; its key and its fingerprint.';
--! EndIncluded ops/_legacy_row.sql
--! Included ops/_import_values.sql
-- The values of a staged row. Most rows quote nothing and have their columns in the usual order:
-- for these the text is all that is kept, and splitting it is cheaper than storing it twice.

create or replace function ops._import_values(raw text, fields text[]) returns text[]
language sql
immutable
parallel safe
return coalesce(fields, string_to_array(raw, ','));

alter function ops._import_values(text, text[]) owner to ops_service;
revoke all on function ops._import_values(text, text[]) from public;

comment on function ops._import_values(text, text[]) is
  'Values of a row of ops.import_row, in the order of ops._import_columns.';
--! EndIncluded ops/_import_values.sql
--! Included ops/_used_import_keys.sql
-- How often the key of a legacy row was posted by batches that were rolled back since: its next
-- posting needs another key, because the ledger keeps the first one for ever.

create or replace function ops._used_import_keys()
returns table (idempotency_key text, rounds bigint)
language sql
stable
parallel safe
rows 1
set search_path = ''
begin atomic
  select regexp_replace(k.key, '^pit:import:\d+:', 'pit:import:'), count(*)
  from (
    select p.idempotency_key
    from ops.import_batch as b
    join ops.import_posting as p
      on p.casino_id = b.casino_id and p.import_batch_id = b.import_batch_id
    where b.casino_id = identity._casino() and b.state = 'undone'
    union all
    select t.idempotency_key
    from ops.import_batch as b
    join ops.import_quarantine as q
      on q.casino_id = b.casino_id and q.import_batch_id = b.import_batch_id
    join ops.import_retry as t
      on t.casino_id = q.casino_id
      and t.import_quarantine_id = q.import_quarantine_id
      and t.outcome = 'settled'
    where b.casino_id = identity._casino()
      and b.state = 'undone'
      and t.idempotency_key is not null
  ) as k (key)
  group by 1;
end;

alter function ops._used_import_keys() owner to ops_service;
revoke all on function ops._used_import_keys() from public;

comment on function ops._used_import_keys() is
  'Keys of legacy rows that rolled back batches have used, and how often.';
--! EndIncluded ops/_used_import_keys.sql
--! Included ops/_next_import_key.sql
-- The key under which a legacy row is posted: its own, and after a rollback one that names the
-- round.

create or replace function ops._next_import_key(idempotency_key text, rounds bigint) returns text
language sql
immutable
parallel safe
return case
  when rounds > 0
    then 'pit:import:' || (rounds + 1)::text || ':' || substr(idempotency_key, 12)
  else idempotency_key
end;

alter function ops._next_import_key(text, bigint) owner to ops_service;
revoke all on function ops._next_import_key(text, bigint) from public;

comment on function ops._next_import_key(text, bigint) is
  'pit:import:history:H1, and after one rollback pit:import:2:history:H1.';
--! EndIncluded ops/_next_import_key.sql
--! Included ops/_earlier_verdicts.sql
-- What earlier imports have in quarantine, by what stood in the export: it stays there, or it was
-- settled by a retry. What an earlier import quarantined for itself stands before other content
-- under the same id.

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
  group by q.idempotency_key, q.request_fingerprint;
end;

alter function ops._earlier_verdicts(uuid) owner to ops_service;
revoke all on function ops._earlier_verdicts(uuid) from public;

comment on function ops._earlier_verdicts(uuid) is
  'Keys and fingerprints of rows that other batches have quarantined, and what that says of the '
  'same rows now.';
--! EndIncluded ops/_earlier_verdicts.sql
--! Included ops/_id_hash.sql
-- The id of a staged row of history or slips, hashed without reading the rest of the row: what is
-- there twice is looked for among all rows before any is read.

create or replace function ops._id_hash(file text, raw text, fields text[]) returns bigint
language sql
immutable
parallel safe
return hashtextextended(
  case when fields is null then split_part(raw, ',', 1) else coalesce(fields[1], '') end,
  case file when 'history' then 0 else 1 end
);

alter function ops._id_hash(text, text, text[]) owner to ops_service;
revoke all on function ops._id_hash(text, text, text[]) from public;

comment on function ops._id_hash(text, text, text[]) is
  'A hash of file and legacy id: equal for equal ids.';
--! EndIncluded ops/_id_hash.sql
--! Included ops/_repeated_ids.sql
-- Ids that may be in a file twice, by their hashes: cheap to tell, and nearly always none. Rows are
-- returned because a query that fills a variable isn't shared by parallel workers.

create or replace function ops._repeated_ids(import_batch_id uuid) returns setof bigint
language plpgsql
stable
set search_path = ''
set work_mem = '64MB'
set enable_hashagg = off
set jit = off
set max_parallel_workers_per_gather = 2
set parallel_setup_cost = 0
set parallel_tuple_cost = 0
as $$
begin
  return query
  select ops._id_hash(r.file, r.raw, r.fields)
  from ops.import_row as r
  where r.casino_id = identity._casino()
    and r.import_batch_id = _repeated_ids.import_batch_id
    and r.file in ('history', 'slips')
  group by 1
  having count(*) > 1;
end
$$;

alter function ops._repeated_ids(uuid) owner to ops_service;
revoke all on function ops._repeated_ids(uuid) from public;

comment on function ops._repeated_ids(uuid) is
  'Hashes (ops._id_hash) that more than one row of history and slips has.';
--! EndIncluded ops/_repeated_ids.sql
--! Included ops/_repeated_rows.sql
-- Rows of history, and slips that qualify, whose id is there more than once: which of its id each
-- is, and which of those that are quite the same. Slips that a row of history names are numbered,
-- too, which does no harm: so are all of their id.

create or replace function ops._repeated_rows(import_batch_id uuid, id_hashes bigint[])
returns table (
  file text,
  row_no integer,
  occurrence bigint,
  repetition bigint
)
language sql
stable
parallel safe
rows 1
set search_path = ''
set enable_nestloop = off
begin atomic
  select
    r.file, r.row_no,
    row_number() over (partition by l.idempotency_key order by r.row_no),
    row_number() over (
      partition by l.idempotency_key, l.request_fingerprint order by r.row_no
    )
  from ops.import_row as r
  cross join lateral ops._legacy_row(r.file, ops._import_values(r.raw, r.fields)) as l
  where r.casino_id = identity._casino()
    and r.import_batch_id = _repeated_rows.import_batch_id
    and r.file in ('history', 'slips')
    and ops._id_hash(r.file, r.raw, r.fields) in (
      select i.hash from unnest(_repeated_rows.id_hashes) as i (hash)
    )
    and cardinality(_repeated_rows.id_hashes) > 0
    and l.qualifies;
end;

alter function ops._repeated_rows(uuid, bigint[]) owner to ops_service;
revoke all on function ops._repeated_rows(uuid, bigint[]) from public;

comment on function ops._repeated_rows(uuid, bigint[]) is
  'Rows with ids of these hashes (ops._repeated_ids), and their numbers among those of the same '
  'key, and of the same key and content.';
--! EndIncluded ops/_repeated_rows.sql
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
          when r.occurrence > 1 then 'IDEMPOTENCY_CONFLICT'
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
--! Included ops/_judge_import.sql
-- Judges the history rows and slips of a staged batch, all at once (ops._judged_rows), and keeps
-- what is to be posted and what is quarantined. INSUFFICIENT_BALANCE is only known when it is
-- posted. A row quarantined by an earlier import stays so, and what an earlier import quarantined
-- under the same id with other content stands before it.

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
as $$
with judged as materialized (
  select j.* from ops._judged_rows($1) with ordinality as j (
    file, row_no, legacy_id, player_id, points_change, reason, occurred_at, idempotency_key,
    request_fingerprint, verdict, position
  )
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
    (select identity._casino()), $1, j.position, j.file, j.row_no, j.player_id, j.points_change,
    j.reason, j.occurred_at, j.idempotency_key, j.request_fingerprint
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
--! Included ops/stage_import_rows.sql
-- Takes rows of an export as they are, one after the other. What is there already is left alone,
-- so a staging that was cut off begins again with any row. They come as one text, because
-- PostgreSQL splits a text six times faster than it reads JSON: rows and values are kept apart by
-- two characters that occur in none of them.

create or replace function ops.stage_import_rows(
  casino_code text,
  import_batch_id uuid,
  file text,
  first_row_no integer,
  staged text,
  row_mark text default E'\n',
  value_mark text default E'\x1f'
) returns integer
language plpgsql
volatile
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_actor identity.actor := identity._enter_owner(casino_code);
  v_state text;
  v_last integer;
  v_rows integer;
begin
  -- Importers side by side take turns: whoever waited finds the rows of the other.
  select b.state into v_state
  from ops.import_batch as b
  where b.casino_id = v_actor.casino_id
    and b.import_batch_id = stage_import_rows.import_batch_id
  for no key update;
  if not found then
    perform ops._refuse('OPIMP');
  end if;
  if v_state <> 'staging' then
    return 0;
  end if;
  v_last := ops._last_import_row(import_batch_id, file);

  insert into ops.import_row
  select
    v_actor.casino_id, stage_import_rows.import_batch_id, stage_import_rows.file,
    first_row_no - 1 + s.place, split_part(s.text, value_mark, 1),
    case when position(value_mark in s.text) > 0 then (string_to_array(s.text, value_mark))[2:] end
  from string_to_table(staged, row_mark) with ordinality as s (text, place)
  where first_row_no - 1 + s.place > v_last;
  get diagnostics v_rows = row_count;
  return v_rows;
end
$$;

alter function ops.stage_import_rows(text, uuid, text, integer, text, text, text)
owner to ops_service;
revoke all on function ops.stage_import_rows(text, uuid, text, integer, text, text, text)
from public;
grant execute on function ops.stage_import_rows(text, uuid, text, integer, text, text, text)
to pit_owner;

comment on function ops.stage_import_rows(text, uuid, text, integer, text, text, text) is
  'For the command line: stores rows of an export from first_row_no on and gives how many were '
  'new. A row is its text, followed by its values where these aren''t what stands between its '
  'commas. After the staging is closed it does nothing. Errors: IDCAS, OPIMP.';
--! EndIncluded ops/stage_import_rows.sql
