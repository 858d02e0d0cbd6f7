-- Makes the totals of the cash log what its entries say, where they differ, and settles those days,
-- which opens a case that is missing and closes one that nobody needs; before and after of each in
-- the audit log. People are locked as identifying locks them, unknown persons first, and looked at
-- again under the locks. A log that lost or gained an entry is no source: nothing is rebuilt then.

create or replace function compliance._rebuild_totals(actor identity.actor, dry_run boolean)
returns compliance.totals_rebuild
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_locked boolean := _rebuild_totals.dry_run
    or ops._lock(identity._casino(), 'ops.ingest_events');
  v_result compliance.totals_rebuild;
  v_patrons uuid[];
  v_broken record;
  v_day record;
  v_before text;
  v_after text;
begin
  v_result.dry_run := _rebuild_totals.dry_run;
  v_result.differences := (compliance._reconcile(actor)).drift;
  if not v_result.dry_run and cardinality(v_result.differences) > 0 then
    v_patrons := array(select distinct d.patron_id from unnest(v_result.differences) as d);
    perform compliance._lock_person(actor, p.root)
    from (
      select distinct q.player_id is not null as is_player, q.patron_id as root
      from unnest(v_patrons) as u (patron_id)
      cross join lateral compliance._root(u.patron_id) as r (root)
      join compliance.patron as q
        on q.casino_id = identity._casino() and q.patron_id = r.root
      order by 1, 2
    ) as p;
    v_result.differences := array(
      select d
      from unnest((compliance._reconcile(actor)).drift) as d
      where d.patron_id = any (v_patrons)
    );
  end if;
  v_result.days := (
    select count(distinct (d.patron_id, d.gaming_day)) from unnest(v_result.differences) as d
  );
  v_result.totals := '{}';
  if v_result.dry_run or v_result.days = 0 then
    return v_result;
  end if;

  select count(distinct d.patron_id) as patrons, (array_agg(d.patron_id))[1] as patron_id,
    (array_agg(d.entry_id))[1] as entry_id
  into v_broken
  from unnest(v_result.differences) as d
  where d.entry_id is not null;
  if v_broken.patrons > 0 then
    perform ops._refuse(
      'MTBRK', array[v_broken.patron_id::text, v_broken.entry_id::text],
      jsonb_build_object('patrons', v_broken.patrons)
    );
  end if;

  with differing as (
    select distinct d.patron_id, d.player_id, d.gaming_day
    from unnest(v_result.differences) as d
    where d.what in ('day', 'cash_in', 'cash_out', 'entries_in', 'entries_out')
  ),
  rebuilt as (
    insert into compliance.patron_gaming_day as p (
      casino_id, patron_id, gaming_day, cash_in, cash_out, entries_in, entries_out
    )
    select
      actor.casino_id, d.patron_id, d.gaming_day, coalesce(t.cash_in, 0),
      coalesce(t.cash_out, 0), coalesce(t.entries_in, 0), coalesce(t.entries_out, 0)
    from differing as d
    left join compliance._day_totals() as t
      on t.patron_id = d.patron_id and t.gaming_day = d.gaming_day
    on conflict (casino_id, patron_id, gaming_day) do update
    set cash_in = excluded.cash_in,
      cash_out = excluded.cash_out,
      entries_in = excluded.entries_in,
      entries_out = excluded.entries_out,
      updated_at = now()
    returning p.patron_id, p.gaming_day, to_jsonb(old) as before, to_jsonb(new) as after,
      new as total
  )
  select array_agg(r.total order by r.patron_id, r.gaming_day)
  into v_result.totals
  from rebuilt as r
  join differing as d on d.patron_id = r.patron_id and d.gaming_day = r.gaming_day
  cross join lateral ops._log(
    actor, 'cash total rebuilt', d.player_id,
    jsonb_build_object(
      'patron_id', r.patron_id, 'gaming_day', r.gaming_day,
      'before', r.before - '{casino_id, patron_id, gaming_day}'::text[],
      'after', r.after - '{casino_id, patron_id, gaming_day}'::text[]
    )
  );
  v_result.totals := coalesce(v_result.totals, '{}');

  for v_day in
    select distinct r.root, d.gaming_day, p.player_id
    from unnest(v_result.differences) as d
    cross join lateral compliance._root(d.patron_id) as r (root)
    join compliance.patron as p on p.casino_id = identity._casino() and p.patron_id = r.root
    order by r.root, d.gaming_day
  loop
    v_before := compliance._case_state(v_day.root, v_day.gaming_day);
    perform compliance._settle_day(actor, v_day.root, v_day.gaming_day);
    v_after := compliance._case_state(v_day.root, v_day.gaming_day);
    if v_before <> v_after then
      perform ops._log(
        actor, 'case rebuilt', v_day.player_id,
        jsonb_build_object(
          'patron_id', v_day.root, 'gaming_day', v_day.gaming_day,
          'before', v_before, 'after', v_after
        )
      );
    end if;
  end loop;
  return v_result;
end
$$;

alter function compliance._rebuild_totals(identity.actor, boolean) owner to compliance_service;
revoke all on function compliance._rebuild_totals(identity.actor, boolean) from public;

comment on function compliance._rebuild_totals(identity.actor, boolean) is
  'What compliance.rebuild_totals gives, for the running call''s casino. Error: MTBRK.';
