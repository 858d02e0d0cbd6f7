-- The values of a staged row. Most rows quote nothing and have their columns in the usual order:
-- for these the text is all that is kept, and splitting it is cheaper than storing it twice.

create or replace function ops._import_values(raw text, fields text[]) returns text[]
language sql
immutable
parallel safe
return coalesce(fields, string_to_array(raw, ','));

alter function ops._import_values(text, text[]) owner to ops_service;
revoke all on function ops._import_values(text, text[]) from public;

comment on function ops._import_values(text, text[]) is
  'Values of a row of ops.import_row, in the order of ops._import_columns.';
