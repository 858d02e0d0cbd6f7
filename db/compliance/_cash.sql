-- What an amount adds to a sum: currency of a kind that counts, in the kind's own direction, or in
-- both for an exchange. Everything else is logged and adds nothing.

create or replace function compliance._cash(
  kind compliance.mtl_kind,
  direction text,
  tender text,
  amount numeric
) returns numeric
language sql
immutable
return case
  when kind.counts and tender = 'currency' and kind.direction in (direction, 'both')
    then amount
  else 0
end;

alter function compliance._cash(compliance.mtl_kind, text, text, numeric)
owner to compliance_service;
revoke all on function compliance._cash(compliance.mtl_kind, text, text, numeric) from public;

comment on function compliance._cash(compliance.mtl_kind, text, text, numeric) is
  'What an amount of a kind adds to the sum of a direction.';
