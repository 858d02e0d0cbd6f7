begin;
set local search_path to pgtap, public;
select plan(36);

select tests.casino('TREAC');
select tests.person('ann', 'pit_boss');
select tests.player('A1', 500);
select tests.seat('A1');
select set_config('tests.player_a', tests.player_id('A1')::text, true);
select set_config('tests.visit_a', tests.visit_id('A1')::text, true);
select set_config('tests.slip_a', tests.slip_id('A1')::text, true);
select set_config('tests.table_a', tests.table_id('T2')::text, true);
select tests.cash('A1', 'in', 'chip_purchase', 12000, now());
select tests.happens('person', now(), 'person', '{"description": "somebody of A"}');
select set_config('tests.patron_a', tests.who('A1')::text, true);
select set_config('tests.unknown_a', tests.who('somebody of A')::text, true);
select set_config('tests.entry_a', e.entry_id::text, true)
from compliance.mtl_entry as e
where e.casino_id = tests.casino_id();
select set_config(
  'tests.batch_a',
  tests.import('{"history": [["H1", "A1", "CREDIT", "x", "", "", ""]]}')::text, true
);
select set_config('tests.row_a', q.import_quarantine_id::text, true)
from ops.import_quarantine as q
where q.casino_id = tests.casino_id();
create function tests.a(what text) returns uuid
language sql
return current_setting('tests.' || what || '_a')::uuid;

select tests.casino('TREAD');
select tests.player('B1', 500);
select tests.seat('B1');
select tests.person('bob', 'pit_boss');
insert into identity.staff_permission (casino_id, staff_id, capability, granted)
select s.casino_id, s.staff_id, c.name, true
from identity.staff as s
cross join (values ('loyalty:reverse'), ('import:run'), ('mtl:review')) as c (name)
where s.casino_id = tests.casino_id() and s.username = 'bob';
select tests.sign_in('bob');

select throws_ok(
  $$ select floor.open_visit(tests.a('player'), null, 'k') $$, 'RSPLR', null, 'visit'
);
select throws_ok(
  $$ select floor.add_player_note(tests.a('player'), 'Hello.', 'k') $$, 'RSPLR', null, 'note'
);
select is_empty(
  $$
    select from loyalty.running_play() as r where r.rating_slip_id <> tests.slip_id('B1')
  $$,
  'see what their slips amount to'
);
select is_empty(
  $$ select from loyalty.running_play_by_pit() as r where r.slips <> 1 $$,
  'see what runs in their pits'
);
select is_empty(
  $$ select from compliance.cash_by_hour() as h where h.cash_in <> 0 $$,
  'see their cash by the hour'
);
select throws_ok(
  $$ select floor.close_visit(tests.a('visit'), null, 'k') $$, 'RSVIS', null, 'leave'
);
select throws_ok(
  $$ select floor.start_rating_slip(tests.a('visit'), tests.table_id('T2'), 1, 5, null, 'k') $$,
  'RSVIS', null, 'start in their visit'
);
select throws_ok(
  $$ select floor.move_player(tests.slip_id('B1'), tests.a('table'), 1, 5, null, 'k') $$,
  'RSTNF', null, 'move to their table'
);
select throws_ok(
  $$ select floor.move_player(tests.a('slip'), tests.table_id('T2'), 1, 5, null, 'k') $$,
  'RSNFD', null, 'move their slip'
);
select throws_ok(
  $$ select floor.record_bet(tests.a('slip'), 5, null, 'k') $$, 'RSNFD', null, 'bet'
);
select throws_ok(
  $$ select floor.pause_rating_slip(tests.a('slip'), null, 'k') $$, 'RSNFD', null, 'pause'
);
select throws_ok(
  $$ select floor.resume_rating_slip(tests.a('slip'), null, 'k') $$, 'RSNFD', null, 'resume'
);
select throws_ok(
  $$ select floor.complete_rating_slip(tests.a('slip')) $$, 'RSNFD', null, 'complete'
);
select throws_ok(
  $$ select loyalty.recover_slip_loyalty(tests.a('slip')) $$, 'RSNFD', null, 'recover'
);
select throws_ok(
  $$ select loyalty.manual_reward(tests.a('player'), 5, 'a present for you', 'k') $$,
  'RSPLR', null, 'reward'
);
select throws_ok(
  $$
    select loyalty.manual_reward(tests.player_id('B1'), 5, 'a big present', 'k', tests.a('slip'))
  $$,
  'RSNFD', null, 'reward on their slip'
);
select throws_ok(
  $$ select loyalty.redeem(tests.a('player'), 5, 'x', 'k') $$, 'RSPLR', null, 'redeem'
);
select throws_ok(
  $$ select loyalty.reverse_entry(tests.a('player'), 1, 'x', 'k') $$, 'RSPLR', null, 'reverse'
);
select throws_ok(
  $$
    select compliance.record_mtl_entry(
      null, tests.a('player'), 'in', 'chip_purchase', 'pit', 'currency', 5, 'k'
    )
  $$,
  'RSPLR', null, 'cash of their player'
);
select throws_ok(
  $$
    select compliance.record_mtl_entry(
      tests.a('patron'), null, 'in', 'chip_purchase', 'pit', 'currency', 5, 'k'
    )
  $$,
  'MTPAT', null, 'cash of their patron'
);
select throws_ok(
  $$
    select compliance.record_mtl_entry(
      null, tests.player_id('B1'), 'in', 'chip_purchase', 'pit', 'currency', 5, 'k',
      table_id => tests.a('table')
    )
  $$,
  'RSTNF', null, 'cash at their table'
);
select throws_ok(
  $$
    select compliance.record_mtl_entry(
      null, tests.player_id('B1'), 'in', 'chip_purchase', 'pit', 'currency', 5, 'k',
      agent_for_player_id => tests.a('player')
    )
  $$,
  'RSPLR', null, 'cash for their player'
);
select throws_ok(
  $$ select compliance.correct_mtl_entry(tests.a('entry'), 5, 'x', 'k') $$,
  'MTENT', null, 'correct their entry'
);
select throws_ok(
  $$ select compliance.identify_patron(tests.a('unknown'), tests.player_id('B1'), 'k') $$,
  'MTPAT', null, 'identify their person'
);
select throws_ok(
  $$ select compliance.undo_identification(tests.a('unknown'), 'x', 'k') $$,
  'MTPAT', null, 'or undo it'
);
select throws_ok(
  $$ select compliance.leaves_table(tests.a('patron'), null, tests.table_id('T1'), 'k') $$,
  'MTPAT', null, 'their patron leaves'
);
select is_empty($$ select * from compliance.find_patrons('somebody') $$, 'find their people');
select is_empty($$ select * from compliance.find_patrons('A1') $$, 'or their players');
select is_empty($$ select e.entry_id from compliance.mtl_log as e $$, 'read their log');
select throws_ok(
  $$ select ops.retry_import(tests.a('batch')) $$, 'OPIMP', null, 'retry their import'
);
select throws_ok(
  $$ select ops.retry_import_row(tests.a('row')) $$, 'OPIRW', null, 'or a row of it'
);
select throws_ok(
  $$ select ops.roll_back_import(tests.a('batch'), 'to see whether I can') $$,
  'OPIMP', null, 'roll it back'
);
select is_empty(
  $$
    select q.legacy_id from ops.quarantined_rows(tests.a('batch')) as q
    union all
    select m.card_no from ops.import_mismatches(tests.a('batch')) as m
    union all
    select b.folder from ops.import_batch as b
  $$,
  'or read of it'
);
select is(
  tests.happens('k', now(), 'bet_observed', '{"card": "A1", "average_bet": 5}'),
  'RATING_SLIP_NOT_OPEN', 'an event with their card'
);
select is(
  tests.cash('A1', 'in', 'chip_purchase', 5, now()), 'PLAYER_NOT_FOUND', 'cash with their card'
);
select tests.sign_out();
select results_eq(
  $$
    select s.state, s.last_event_no, p.current_balance
    from floor.rating_slip as s
    join loyalty.player_loyalty as p using (casino_id, player_id)
    where s.rating_slip_id = tests.a('slip')
  $$,
  $$ values ('open', 1, 500::bigint) $$,
  'their slip and balance are untouched'
);

select * from finish();
rollback;
