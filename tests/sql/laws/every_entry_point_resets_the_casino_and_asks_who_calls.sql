-- An entry point is a definer function that anyone but a service may execute. A casino that the
-- caller set beforehand is wiped before its first statement; what it sets itself ends with it.

begin;
set local search_path to pgtap, public;
select plan(7);

select cmp_ok(
  (select count(distinct e.oid)::integer from tests.entry_point as e), '>=', 27,
  'there are entry points'
);
select is_empty(
  $$
    select e.signature
    from tests.entry_point as e
    where not coalesce('pit.casino=' = any (e.settings), false)
  $$,
  'every entry point is declared with "set pit.casino"'
);
select set_eq(
  $$
    select e.signature
    from tests.entry_point as e
    where e.source !~ 'identity\._enter(_job|_reader)?\('
  $$,
  array[
    -- The lookups that the read policies are made of.
    'identity.current_casino_id()', 'identity.session_may(text)',
    -- The gateway's, where nobody is signed in yet or a session is what it is about.
    'identity.sign_in_challenge(text,text,text)',
    'identity.complete_sign_in(integer,uuid,boolean,bytea,text,text)',
    'identity.touch_session(text)', 'identity.sign_out(text)',
    'ops.record_refusal(text,text,text,text,integer,timestamp with time zone)',
    -- The command line's, over the owner's connection.
    'identity.add_staff(text,text,text,text)', 'identity.set_password(text,text,text)',
    'identity.issue_sender_session(text,bytea)', 'identity.revoke_sender_sessions(text)',
    'ops.load_casino(jsonb)',
    'ops.open_import(text,bytea,text)', 'ops.staged_import_rows(text,uuid,text)',
    'ops.stage_import_rows(text,uuid,text,integer,text,text,text)',
    'ops.start_import(text,uuid)',
    'ops.advance_import(text,uuid)', 'ops.import_report(text,uuid)',
    'ops.retry_quarantine(text,uuid)', 'ops.undo_import(text,uuid,text)',
    -- The worker's clock, before there is a ticket; it queues what recurs, and nothing else.
    'ops.queue_recurring_job(text)',
    -- Monitoring's, where nobody is signed in; it counts.
    'ops.metrics()',
    -- Arithmetic on its arguments; reads and writes nothing.
    'loyalty.calculate_points(numeric,integer,numeric,integer,integer,numeric,numeric,numeric,'
      'loyalty.loyalty_policy)'
  ],
  'every entry point asks who calls, but for those that can''t or needn''t'
);
select is_empty(
  $$
    select e.signature
    from tests.entry_point as e
    where e.source ~ 'identity\._enter(_job|_reader)?\('
      and e.source !~
        '^\s*declare\s+v_actor identity\.actor := identity\._enter(_job|_reader)?\('
  $$,
  'and asks before anything else'
);
select is_empty(
  $$
    select e.signature
    from tests.entry_point as e
    where e.source ~ 'identity\._enter\(' and e.grantee <> 'pit_staff'
      or e.source ~ 'identity\._enter_job\(' and e.grantee <> 'pit_worker'
      or e.source ~ 'identity\._enter_reader\(' and e.grantee not in ('pit_staff', 'pit_auditor')
  $$,
  'people enter with a session, jobs with a ticket, auditors with a login of their own'
);
select is_empty(
  $$
    select e.signature, n.name
    from tests.entry_point as e
    join pg_proc as p on p.oid = e.oid
    cross join unnest(p.proargnames[:p.pronargs]) as n (name)
    where e.grantee in ('pit_staff', 'pit_worker') and n.name ~ 'casino|staff|tenant'
  $$,
  'nobody says in an argument whose casino it is or who they are'
);
select set_eq(
  $$
    select e.name
    from tests.entry_point as e
    where e.grantee = 'pit_staff' and e.source ~ 'identity\._enter\(null\)'
  $$,
  array['me'],
  'every command names its capability; who one is needs none'
);

select * from finish();
rollback;
