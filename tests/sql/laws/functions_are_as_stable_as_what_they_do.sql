begin;
set local search_path to pgtap, public;
select plan(7);

select is_empty(
  $$
    select f.signature
    from tests.function as f
    where f.volatility <> 'v'
      and f.source ~* '\m(insert into|update [a-z_]+\.|delete from|for (no key )?update)\M'
  $$,
  'what writes or locks rows is volatile'
);
select is_empty(
  $$
    select f.signature
    from tests.function as f
    join tests.relation as r on f.source ~* ('\m(from|join) ' || r.full_name)
    where f.volatility = 'i'
  $$,
  'what is immutable reads no table'
);
select is_empty(
  $$
    select f.signature
    from tests.function as f
    where f.volatility = 'i'
      and f.source ~* '\m(now|clock_timestamp|current_setting|uuidv7|gen_random_uuid|random)\M'
  $$,
  'nor the clock, a setting or chance'
);
select is(
  (select f.volatility from tests.function as f where f.name = 'calculate_points'), 'i',
  'points are calculated by an immutable function'
);
select set_eq(
  $$
    select f.signature
    from tests.function as f
    join pg_proc as p on p.oid = f.oid
    where p.proparallel <> 'u'
  $$,
  array[
    'identity._casino()',
    'loyalty._chain_digest(uuid,bigint,bigint,bytea,bigint)',
    'loyalty._computed_hash(loyalty.loyalty_ledger)',
    'loyalty._weighed(uuid,bigint,bigint)',
    'loyalty._entry_hash(bytea,bytea)',
    'loyalty._entry_content(integer,uuid,bigint,text,text,text,bigint,bigint,bigint,text,text,uuid,'
      'uuid,bigint,text,uuid,uuid,text,text,bytea,date,timestamp with time zone,'
      'timestamp with time zone)',
    'floor._cards()',
    'loyalty._request_of_key(text)',
    'loyalty._undone_import_keys()',
    'ops._earlier_verdicts(uuid)',
    'ops._id_hash(text,text,text[])',
    'ops._import_values(text,text[])',
    'ops._legacy_meaning(text,text[],text,text,text,text,bigint,text,text)',
    'ops._legacy_row(text,text[])',
    'ops._legacy_texts(text,text[])',
    'ops._legacy_time(text)',
    'ops._next_import_key(text,bigint)',
    'ops._repeated_rows(uuid,bigint[])',
    'ops._used_import_keys()',
    'ops._whole_number(text)'
  ],
  'parallel workers compute hashes and sums of the casino of the call, judge what an import has '
  'staged for it, and do nothing else'
);
select is_empty(
  $$ select f.signature from tests.function as f where f.source ~* '\mpg_notify\M|\mnotify\M' $$,
  'nothing notifies in the write path'
);
select is_empty(
  $$
    select f.signature
    from tests.function as f
    where f.source ~* '\mexecute\M\s+(format|v_|'')'
  $$,
  'nothing runs a statement made of text'
);

select * from finish();
rollback;
