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
