begin;
set local search_path to pgtap, public;
select plan(5);

create function pg_temp.refused(code text, particulars text[], details jsonb default null)
returns text[]
language plpgsql
as $$
declare
  v_state text;
  v_message text;
  v_detail text;
  v_hint text;
begin
  perform ops._refuse(code, particulars, details);
  return null;
exception when others then
  get stacked diagnostics v_state = returned_sqlstate, v_message = message_text,
    v_detail = pg_exception_detail, v_hint = pg_exception_hint;
  return array[v_state, v_message, v_hint, v_detail];
end
$$;

select is(
  pg_temp.refused('RSSEA', array['3', 'T1']),
  array[
    'RSSEA', 'Seat 3 at table T1 is taken.',
    'Choose a free seat, or complete the slip that is running there.', ''
  ],
  'code, sentence with its particulars, and hint'
);
select is(
  (pg_temp.refused('LYRTE', array['10', '12'], '{"retryAfterSeconds": 12}'))[4],
  '{"retryAfterSeconds": 12}', 'and details for programs'
);
select isnt(
  (pg_temp.refused('NOSUC', '{}'))[1], 'NOSUC', 'what isn''t registered can''t be raised'
);
select is(ops._error_name('RSSEA'), 'SEAT_OCCUPIED', 'every code has a name');
select is(ops._error_name('23505'), null, 'errors of the database have none');

select * from finish();
rollback;
