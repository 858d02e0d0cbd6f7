begin;
set local search_path to pgtap, public;
select plan(51);

select tests.casino('TWORD');
select tests.person('eve', 'compliance_officer');
select tests.player('P1');
select tests.cash('P1', 'in', 'chip_purchase', 100);

-- Saves one field; what came of it.
create function tests.says(field text, value text) returns text
language plpgsql
as $$
begin
  return tests.refusal(format(
    'select compliance.save_identification(%L, %L, %I => %L)',
    tests.patron_id('P1'), field || ' ' || value, field, value
  ));
end
$$;
select tests.sign_in('eve');

select is(
  tests.says('last_name', w.word), 'CTR_IDENTIFICATION_INCOMPLETE', 'a name isn''t ' || w.word
)
from unnest(
  array[
    'UNKNOWN', 'unknown', ' Unknown ', 'Unk', 'NONE', 'Same', 'same as above', 'OTHER', 'XX',
    'xxx', 'X', 'N/A', 'n / a', 'Not Applicable', 'see above', 'Known customer', 'various',
    '?', '--', '12', '"XX"', 'X,X', 'x/x.', '(xx)', 'None, none', 'other / OTHER', 'unknown_name',
    'ＸＸ', 'Ｕｎｋｎｏｗｎ'
  ]
) as w (word);
select is(
  tests.says(f.field, f.value), 'CTR_IDENTIFICATION_INCOMPLETE',
  format('%s isn''t %s', f.field, f.value)
)
from (
  values
  ('street', 'UNKNOWN'), ('street', 'Street unknown'), ('city', 'none'), ('state', 'XX'),
  ('country', 'XX'), ('country', 'USA'), ('occupation', 'Other'), ('id_number', 'NONE'),
  ('id_number', '00000000'), ('id_type', 'known customer'), ('taxpayer_number', '000000000'),
  ('taxpayer_number', '12-345'), ('birth_date', '2999-01-01'),
  ('birth_date', '1899-12-31'), ('birth_date', '1897-06-15'), ('id_number', e'P77\uFFFF1')
) as f (field, value);
select is(
  tests.refusal_details(
    format(
      'select compliance.save_identification(%L, ''k'', last_name => ''XX'', city => ''same'')',
      tests.patron_id('P1')
    )
  ),
  '{"refused": ["last_name", "city"]}', 'the refusal names the fields'
);
select is(
  tests.says(f.field, f.value), 'nothing', format('%s may be %s', f.field, f.value)
)
from (
  values
  ('last_name', 'Knox-O''Same'), ('street', '1 Other Lane'), ('birth_date', '1900-01-01'),
  ('birth_date', '1980-02-29')
) as f (field, value);
select is(
  (compliance.identification(tests.patron_id('P1'))).version, 4,
  'what was refused made no version'
);

select * from finish();
rollback;
