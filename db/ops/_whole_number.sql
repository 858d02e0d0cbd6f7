-- Like ops._number, for seats and points: 25 and 25.0 are whole, 25.5 isn't and is left to the
-- rule that needs it to refuse. Digits alone need no regular expression, which costs three times as
-- much.

create or replace function ops._whole_number(value text) returns bigint
language sql
immutable
parallel safe
return case
  when value <> '' and length(value) <= 15 and ltrim(value, '0123456789') = '' then value::bigint
  when value ~ '^-?[0-9]{1,15}(\.0{1,10})?$' then value::numeric::bigint
end;

alter function ops._whole_number(text) owner to ops_service;
revoke all on function ops._whole_number(text) from public;

comment on function ops._whole_number(text) is 'The text as a whole number; null otherwise.';
