-- The seal itself: one line's text, chained to the seal before, so that no line can be changed or
-- left out afterwards.

create or replace function ops._seal_hash(ledger_seal ops.ledger_seal) returns bytea
language sql
stable
return sha256(
  ledger_seal.previous_seal
  || convert_to(
    json_build_array(
      ledger_seal.casino_id, ledger_seal.gaming_day,
      (extract(epoch from ledger_seal.sealed_at) * 1000000)::bigint,
      ledger_seal.players, ledger_seal.entries, encode(ledger_seal.merkle_root, 'hex')
    )::text,
    'UTF8'
  )
);

alter function ops._seal_hash(ops.ledger_seal) owner to ops_service;
revoke all on function ops._seal_hash(ops.ledger_seal) from public;

comment on function ops._seal_hash(ops.ledger_seal) is
  'SHA-256 over previous_seal and the JSON array of casino, gaming day, moment (microseconds since '
  '1970), players, entries and root (hex).';
