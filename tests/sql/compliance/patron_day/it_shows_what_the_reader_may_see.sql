begin;
set local search_path to pgtap, public;
select plan(14);

select tests.casino('TVIEW');
select tests.person('sup', 'floor_supervisor');
select tests.person('cash', 'cashier');
select tests.person('mark', 'marketing');
select tests.person('ada', 'auditor');
select tests.person('eve', 'compliance_officer');
select tests.player('P1');
select tests.cash('P1', 'in', 'chip_purchase', 11000);
select tests.sign_in('eve');
select compliance.add_audit_note(
  patron_id => tests.patron_id('P1'), note => 'a note', idempotency_key => 'k'
);
select tests.sign_out();

-- What somebody sees, by name, without what is empty to them.
create function tests.sees(username text) returns text
language plpgsql
as $$
declare
  v_seen text;
begin
  perform tests.sign_in(username);
  select string_agg(s.what, ' ' order by s.what) into v_seen
  from (
    select 'entries' as what, count(*) from compliance.mtl_entry
    union all select 'patrons', count(*) from compliance.patron
    union all select 'notes', count(*) from compliance.mtl_audit_note
    union all select 'sums', count(*) from compliance.patron_gaming_day
    union all select 'cases', count(*) from compliance.ctr_case
    union all select 'days', count(*) from compliance.patron_day
    union all select 'summaries', count(*) from compliance.gaming_day_summary
    union all select 'case summaries', count(*) from compliance.ctr_case_summary
  ) as s
  where s.count > 0;
  perform tests.sign_out();
  return coalesce(v_seen, 'nothing');
end
$$;

select is(tests.sees('sup'), 'nothing', 'a floor supervisor records and sees nothing of it');
select is(tests.sees('cash'), 'entries notes patrons', 'mtl:view shows entries and notes');
select is(tests.sees('mark'), 'nothing', 'marketing has no business here');
select is(
  tests.sees('ada'), 'case summaries cases days entries notes patrons summaries sums',
  'mtl:review shows all of it'
);
select is(
  tests.sees('eve'), 'case summaries cases days entries notes patrons summaries sums',
  'so it does to a compliance officer'
);
select tests.casino('TVIEX');
select tests.person('bob', 'compliance_officer');
select is(tests.sees('bob'), 'nothing', 'another casino''s officer sees none of it');

select tests.sign_in('sup');
select is(
  tests.refusal(format('select compliance.%s', f.call)), 'FORBIDDEN', f.call || ' isn''t theirs'
)
from (
  values
  ('identification(gen_random_uuid())'), ('prepare_ctr(gen_random_uuid())'),
  ('file_ctr(gen_random_uuid())'), ('acknowledge_ctr(gen_random_uuid(), ''31000000000001'')'),
  ('resolve_alert(gen_random_uuid(), ''x'')'), ('evaluate_alerts()'),
  ('sign_off_gaming_day(''2025-03-03'')'),
  ('add_audit_note(patron_id => gen_random_uuid(), note => ''x'', idempotency_key => ''k'')')
) as f (call);

select * from finish();
rollback;
