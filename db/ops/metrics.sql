-- What only the database knows and monitoring wants to: one call for all casinos, asked by the
-- gateway when it is scraped. Aggregates by casino code, nothing that is about a person. It needs
-- no session, because nobody is signed in, and it only counts.

create or replace function ops.metrics() returns setof ops.metric
language plpgsql
volatile
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_casino record;
begin
  for v_casino in select c.* from identity._casino_list() as c loop
    perform set_config('pit.casino', v_casino.casino_id::text, true);
    return query
    select m.name, m.labels || jsonb_build_object('casino', v_casino.code), m.value
    from (
      select l.* from loyalty._metrics() as l
      union all
      select c.* from compliance._metrics(v_casino.timezone) as c
      union all
      select o.* from ops._metrics(v_casino.created_at) as o
    ) as m;
  end loop;
  return query select j.* from ops._job_counts() as j;
  -- The planner's estimate: counting a ledger takes longer the longer it is.
  return query
  select 'ledger_entries_estimate', '{}'::jsonb, greatest(r.reltuples, 0)::double precision
  from pg_catalog.pg_class as r
  where r.oid = 'loyalty.loyalty_ledger'::regclass;
end
$$;

alter function ops.metrics() owner to ops_service;
revoke all on function ops.metrics() from public;
grant execute on function ops.metrics() to pit_gateway;

comment on function ops.metrics() is
  'For the gateway''s /metrics: figures of every casino and of the queue.';
