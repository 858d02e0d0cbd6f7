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
