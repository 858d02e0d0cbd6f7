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
