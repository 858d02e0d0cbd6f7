-- Each player's day is told by the feed; what the closed slip says follows from its events.

begin;
set local search_path to pgtap, public;
select plan(14);

select tests.casino('TPLAY');

-- Plays one slip: a list of [time, type, bet]; returns "seconds average" of the closed slip.
create function tests.play(card text, play text[][]) returns text
language plpgsql
as $$
declare
  v_step text[];
  v_outcome text;
begin
  perform tests.player(card);
  perform tests.happens(
    'here ' || card, tests.at('09:00'), 'visit_opened', jsonb_build_object('card', card)
  );
  foreach v_step slice 1 in array play loop
    v_outcome := tests.happens(
      card || ' ' || v_step[1] || ' ' || v_step[2], tests.at(v_step[1]), v_step[2],
      jsonb_build_object(
        'card', card, 'average_bet', v_step[3]::numeric, 'table', 'T1',
        'seat', substr(card, 2)::integer
      )
    );
    if v_outcome <> 'applied' then
      return v_step[1] || ' ' || v_outcome;
    end if;
  end loop;
  return (tests.slip(card)).accumulated_seconds || ' ' || (tests.slip(card)).average_bet;
end
$$;

select is(
  tests.play('P1', array[
    ['10:00:00', 'slip_opened', '100'], ['11:00:00', 'slip_closed', '0']
  ]),
  '3600 100.00', 'an hour at one bet'
);
select is(
  tests.play('P2', array[
    ['10:00:00', 'slip_opened', '100'], ['10:15:00', 'bet_observed', '200'],
    ['11:00:00', 'slip_closed', '0']
  ]),
  '3600 175.00', 'a quarter of it at 100, the rest at 200'
);
select is(
  tests.play('P3', array[
    ['10:00:00', 'slip_opened', '100'], ['10:10:00', 'slip_paused', '0'],
    ['10:40:00', 'slip_resumed', '0'], ['10:50:00', 'slip_closed', '0']
  ]),
  '1200 100.00', 'a pause doesn''t count'
);
select is(
  tests.play('P4', array[
    ['10:00:00', 'slip_opened', '100'], ['10:10:00', 'slip_paused', '0'],
    ['10:20:00', 'bet_observed', '400'], ['10:40:00', 'slip_resumed', '0'],
    ['10:50:00', 'slip_closed', '0']
  ]),
  '1200 250.00', 'a bet observed while paused counts from the resumption on'
);
select is(
  tests.play('P5', array[
    ['10:00:00', 'slip_opened', '100'], ['10:10:00', 'slip_paused', '0'],
    ['10:50:00', 'slip_closed', '0']
  ]),
  '600 100.00', 'a slip closed while paused ends with the pause'
);
select is(
  tests.play('P6', array[
    ['10:00:00', 'slip_opened', '100'], ['10:00:00', 'slip_paused', '0'],
    ['10:20:00', 'bet_observed', '75'], ['10:50:00', 'slip_closed', '0']
  ]),
  '0 75.00', 'without unpaused seconds the last observed bet is the average'
);
select is(
  tests.play('P7', array[
    ['10:00:00.000', 'slip_opened', '100'], ['10:00:00.400', 'slip_paused', '0'],
    ['10:00:01.000', 'slip_resumed', '0'], ['10:00:01.400', 'slip_paused', '0'],
    ['10:00:02.000', 'slip_resumed', '0'], ['10:00:02.199', 'slip_closed', '0']
  ]),
  '0 100.00', 'parts of seconds are added up, 0.999 are not a second'
);
update floor.gaming_table set seats = 20 where casino_id = tests.casino_id() and label = 'T1';
select is(
  tests.play('P8', array[
    ['10:00:00.000', 'slip_opened', '100'], ['10:00:00.400', 'slip_paused', '0'],
    ['10:00:01.000', 'slip_resumed', '0'], ['10:00:01.400', 'slip_paused', '0'],
    ['10:00:02.000', 'slip_resumed', '0'], ['10:00:02.200', 'slip_closed', '0']
  ]),
  '1 100.00', '1.000 are one: rounded down once at the end'
);
select is(
  tests.play('P9', array[
    ['10:00:00', 'slip_opened', '0.01'], ['10:00:01', 'bet_observed', '0.02'],
    ['10:00:02', 'slip_closed', '0']
  ]),
  '2 0.02', 'exactly half a cent is rounded up'
);
select is(
  tests.play('P10', array[
    ['10:00:00', 'slip_opened', '0.01'], ['10:00:02', 'bet_observed', '0.02'],
    ['10:00:03', 'slip_closed', '0']
  ]),
  '3 0.01', 'less than half is rounded down'
);
select is(
  tests.play('P11', array[
    ['10:00:00', 'slip_opened', '100'], ['10:00:00', 'bet_observed', '300'],
    ['10:00:00', 'slip_closed', '0']
  ]),
  '0 300.00', 'a slip without any time has the last bet'
);
select is(
  tests.play('P12', array[
    ['10:00:00', 'slip_opened', '0'], ['11:00:00', 'slip_closed', '0']
  ]),
  '3600 0.00', 'a zero bet is a bet'
);
select is(
  tests.play('P13', array[
    ['00:00:00', 'slip_opened', '100000.01'], ['06:00:00.000001', 'bet_observed', '100000.02'],
    ['12:00:00.000001', 'slip_closed', '0']
  ]),
  '43200 100000.01', 'a microsecond less than half a cent isn''t rounded twice'
);
select is_empty(
  $$
    select s.rating_slip_id
    from floor.rating_slip as s
    cross join lateral floor._slip_play(s.casino_id, s.rating_slip_id) as p
    where s.casino_id = tests.casino_id()
      and (
        s.accumulated_seconds <> p.accumulated_seconds
        or s.average_bet <> p.average_bet
        or floor(s.played_seconds) <> p.accumulated_seconds
      )
  $$,
  'the summary on the slip equals what its events add up to'
);

select * from finish();
rollback;
