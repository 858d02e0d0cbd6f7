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
