-- Posts the next rows of one half of a batch, in one transaction with the place at which the next
-- ones begin: so an import that is killed goes on where it stopped, and no row is posted twice or
-- never. The feed, which locks players in an order of its own, waits; the other half doesn't, but
-- for the row of the batch, which comes last.

create or replace function ops._post_import(
  actor identity.actor,
  import_batch_id uuid,
  most_rows integer
) returns ops.import_batch
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_locked boolean := ops._lock_shared(identity._casino(), 'ops.ingest_events');
  v_half integer := ops._half_to_post(import_batch_id);
  batch ops.import_batch;
  v_from bigint;
  v_end bigint;
  v_last bigint;
  v_counted record;
  -- Keys are posted once in a batch, and nobody else makes keys that begin with "pit:import:".
  v_is_first boolean := not exists (
    select
    from ops.import_batch as b
    where b.casino_id = identity._casino()
      and b.import_batch_id <> _post_import.import_batch_id
      and b.state <> 'staging'
  );
begin
  -- Whoever waited for a half sees now how far it is.
  select b.* into batch
  from ops.import_batch as b
  where b.casino_id = identity._casino()
    and b.import_batch_id = _post_import.import_batch_id;
  v_from := case v_half when 1 then batch.first_half_through else batch.second_half_through end;
  v_end := case v_half when 1 then batch.halfway else batch.rows_to_post end;
  if v_half is null or v_from = v_end then
    return batch;
  end if;
  v_last := least(v_from + most_rows, v_end);
  actor.correlation_id := batch.correlation_id;
  with unposted as (
    select u.draft_no + v_from as position, u.replayed, u.refusal
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
          and p.position > v_from
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
      identity._casino(), p.import_batch_id, p.file, p.row_no, coalesce(v.fields[1], ''),
      case u.refusal
        when 'LYIDM' then 'IDEMPOTENCY_CONFLICT'
        when 'RSPLR' then 'PLAYER_NOT_FOUND'
        else 'INSUFFICIENT_BALANCE'
      end,
      (select l.idempotency_key from ops._legacy_row(r.file, v.fields) as l),
      p.request_fingerprint
    from ops.import_posting as p
    join unposted as u on u.position = p.position
    join ops.import_row as r
      on r.casino_id = identity._casino()
      and r.import_batch_id = batch.import_batch_id
      and r.file = p.file
      and r.row_no = p.row_no
    cross join lateral (select ops._import_values(r.raw, r.fields)) as v (fields)
    where p.casino_id = identity._casino()
      and p.import_batch_id = batch.import_batch_id
      and p.position = any (array(select n.position from unposted as n where not n.replayed))
  )
  select count(*) as unposted, count(*) filter (where u.replayed) as replayed
  into v_counted
  from unposted as u;

  update ops.import_batch as b
  set posted_through = b.posted_through + v_last - v_from,
    first_half_through = case v_half when 1 then v_last else b.first_half_through end,
    second_half_through = case v_half when 2 then v_last else b.second_half_through end,
    posted = b.posted + v_last - v_from - v_counted.unposted,
    replayed = b.replayed + v_counted.replayed,
    state = case
      when b.posted_through + v_last - v_from = b.rows_to_post then 'finished'
      else b.state
    end,
    finished_at = case when b.posted_through + v_last - v_from = b.rows_to_post then now() end
  where b.casino_id = identity._casino() and b.import_batch_id = batch.import_batch_id
  returning b.* into batch;
  return batch;
end
$$;

alter function ops._post_import(identity.actor, uuid, integer) owner to ops_service;
revoke all on function ops._post_import(identity.actor, uuid, integer) from public;

comment on function ops._post_import(identity.actor, uuid, integer) is
  'Posts at most so many rows of a batch and gives its row; finished with the last one. '
  'Error: LYPOL.';
