-- Which half of a batch a call posts next: one that isn't through and that nobody else is at, or
-- whichever is first left by who is at it. No player is in both halves, so they need no order.

create or replace function ops._half_to_post(import_batch_id uuid) returns integer
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_name text := format('ops.import_batch:%s:', import_batch_id);
  v_first boolean;
  v_second boolean;
begin
  select b.first_half_through < b.halfway, b.second_half_through < b.rows_to_post
  into v_first, v_second
  from ops.import_batch as b
  where b.casino_id = identity._casino()
    and b.import_batch_id = _half_to_post.import_batch_id
    and b.state = 'posting';
  return case
    when v_first and pg_try_advisory_xact_lock(
      hashtextextended(v_name || '1', identity._casino())
    ) then 1
    when v_second and pg_try_advisory_xact_lock(
      hashtextextended(v_name || '2', identity._casino())
    ) then 2
    when v_first and ops._lock(identity._casino(), v_name || '1') then 1
    when v_second and ops._lock(identity._casino(), v_name || '2') then 2
  end;
end
$$;

alter function ops._half_to_post(uuid) owner to ops_service;
revoke all on function ops._half_to_post(uuid) from public;

comment on function ops._half_to_post(uuid) is
  '1 or 2, locked until the transaction ends; null when the batch isn''t being posted.';
