-- The values of one row of points history or of a rating slip, each trimmed once. It and
-- ops._legacy_meaning become part of the query that reads a million rows, which keeps them apart
-- with "offset 0"; ops._legacy_row is both for a row or a few. A sub-query of their own would keep
-- parallel workers out.

create or replace function ops._legacy_texts(file text, fields text[])
returns table (
  id text,
  card_no text,
  kind text,
  points_text text,
  points bigint,
  detail text,
  occurred_at text
)
language sql
immutable
parallel safe
rows 1
begin atomic
  select
    fields[1], btrim(fields[2]), btrim(fields[3]), btrim(fields[4]),
    ops._whole_number(btrim(fields[4])), fields[5],
    btrim(case file when 'history' then fields[7] else fields[5] end);
end;

alter function ops._legacy_texts(text, text[]) owner to ops_service;
revoke all on function ops._legacy_texts(text, text[]) from public;

comment on function ops._legacy_texts(text, text[]) is
  'The texts in a row of "history" or "slips", and its points where they are a whole number.';
