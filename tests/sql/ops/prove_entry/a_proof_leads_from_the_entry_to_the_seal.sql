-- The proof is followed here with nothing but what it says; docs/how-to/verify-proof.mjs does the
-- same outside of the database.

begin;
set local search_path to pgtap, public;
select plan(9);

select tests.casino('TPROV');
select tests.person('audrey', 'auditor');
select tests.person('boss', 'pit_boss');
select tests.player('P' || i, 15000) from generate_series(1, 5) as i;
create function tests.followed(proof json) returns text
language plpgsql
as $$
declare
  v_entry loyalty.loyalty_ledger;
  v_hash bytea := decode(proof ->> 'previousHash', 'hex');
  v_content text;
  v_node bytea;
  v_place bigint := (proof #>> '{leaf,leafNo}')::bigint;
  v_width bigint := (proof #>> '{seal,players}')::bigint;
  v_path json := proof #> '{leaf,path}';
  v_step integer := 0;
begin
  select l.* into v_entry
  from loyalty.loyalty_ledger as l
  where l.player_id = (proof #>> '{entry,playerId}')::uuid
    and l.entry_no = (proof #>> '{entry,entryNo}')::bigint;
  v_hash := v_entry.entry_hash;
  for v_content in select * from json_array_elements_text(proof -> 'laterEntries') loop
    v_hash := sha256(v_hash || decode(v_content, 'hex'));
  end loop;
  v_node := sha256(
    '\x00' || decode(replace(v_entry.player_id::text, '-', ''), 'hex')
    || int8send((proof #>> '{leaf,entryNo}')::bigint) || v_hash
  );
  while v_width > 1 loop
    if v_place % 2 = 1 then
      v_node := sha256('\x01' || decode(v_path ->> v_step, 'hex') || v_node);
      v_step := v_step + 1;
    elsif v_place < v_width - 1 then
      v_node := sha256('\x01' || v_node || decode(v_path ->> v_step, 'hex'));
      v_step := v_step + 1;
    end if;
    v_place := v_place / 2;
    v_width := (v_width + 1) / 2;
  end loop;
  return case
    when v_step <> json_array_length(v_path) then 'path too long'
    when encode(v_node, 'hex') <> proof #>> '{seal,merkleRoot}' then 'another root'
    else 'leads to the root'
  end;
end
$$;

select tests.sign_in('boss');
select loyalty.redeem(tests.player_id('P' || i), i, e'it''s "quoted" — ok', 'k' || i)
from generate_series(1, 5) as i;
select tests.sign_in('audrey');
select ops.seal_ledger();

select is_empty(
  $$
    select p.player_id, e.entry_no, tests.followed(ops.prove_entry(p.player_id, e.entry_no))
    from loyalty.player_loyalty as p
    cross join generate_series(1, p.last_entry_no) as e (entry_no)
    where tests.followed(ops.prove_entry(p.player_id, e.entry_no)) <> 'leads to the root'
  $$,
  'the proof of every entry of every player leads to the root of the seal'
);
select is(
  (select count(*)::integer from loyalty.loyalty_ledger), 15, 'of fifteen entries in a tree of five'
);
select is(
  json_array_length(ops.prove_entry(tests.player_id('P2'), 1) -> 'laterEntries'), 2,
  'two entries lie between the first and the sealed one'
);
select is(
  json_array_length(ops.prove_entry(tests.player_id('P2'), 3) -> 'laterEntries'), 0,
  'none after the newest'
);
select is(
  ops.prove_entry(tests.player_id('P2'), 3) #>> '{entry,reason}', e'it''s "quoted" — ok',
  'the entry is told in full'
);
select tests.sign_in('boss');
select loyalty.redeem(tests.player_id('P1'), 7, null, 'late');
select is(
  tests.refusal('select ops.prove_entry(tests.player_id(''P1''), 1)'), 'FORBIDDEN',
  'proofs take audit:view'
);
select tests.sign_in('audrey');
select is(
  tests.refusal('select ops.prove_entry(tests.player_id(''P1''), 4)'), 'ENTRY_NOT_SEALED',
  'what came after the seal isn''t proved yet'
);
select is(
  tests.refusal('select ops.prove_entry(tests.player_id(''P1''), 5)'), 'LEDGER_ENTRY_NOT_FOUND',
  'what isn''t there isn''t either'
);
select is(
  tests.refusal('select ops.prove_entry(gen_random_uuid(), 1)'), 'LEDGER_ENTRY_NOT_FOUND',
  'nor a player who isn''t'
);
select tests.sign_out();

select * from finish();
rollback;
