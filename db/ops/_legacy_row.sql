-- Reads the values of one row of points history or of a rating slip. Its query reads no table, so
-- that it becomes part of the query that asks, and trims each value once: that is what "offset 0"
-- is for.

create or replace function ops._legacy_row(file text, fields text[]) returns setof ops.legacy_row
language sql
stable
parallel safe
rows 1
begin atomic
  select l.*
  from (select t.* from ops._legacy_texts(file, fields) as t offset 0) as t
  cross join lateral ops._legacy_meaning(
    file, fields, t.id, t.card_no, t.kind, t.points_text, t.points, t.detail, t.occurred_at
  ) as l;
end;

alter function ops._legacy_row(text, text[]) owner to ops_service;
revoke all on function ops._legacy_row(text, text[]) from public;

comment on function ops._legacy_row(text, text[]) is
  'What the values of a row of "history" or "slips" say; its key and its fingerprint.';
