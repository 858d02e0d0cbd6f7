-- The id of a staged row of history or slips, hashed without reading the rest of the row: what is
-- there twice is looked for among all rows before any is read.

create or replace function ops._id_hash(file text, raw text, fields text[]) returns bigint
language sql
immutable
parallel safe
return hashtextextended(
  case when fields is null then split_part(raw, ',', 1) else coalesce(fields[1], '') end,
  case file when 'history' then 0 else 1 end
);

alter function ops._id_hash(text, text, text[]) owner to ops_service;
revoke all on function ops._id_hash(text, text, text[]) from public;

comment on function ops._id_hash(text, text, text[]) is
  'A hash of file and legacy id: equal for equal ids.';
