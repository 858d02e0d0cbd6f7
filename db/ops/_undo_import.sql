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
