-- Reads the values of one row of points history or of a rating slip. Its query reads no table, so
-- that it becomes part of the query that reads a million of them, and trims each value once: that
-- is what "offset 0" is for. Points have at most 12 digits, so that no sum of them can overflow.

create or replace function ops._legacy_row(file text, fields text[]) returns setof ops.legacy_row
language sql
stable
rows 1
begin atomic
  select
    coalesce(v.id, ''),
    v.card_no,
    case
      when v.points between 1 and 999999999999 then
        case when v.kind = 'DEBIT' and file = 'history' then -v.points else v.points end
    end,
    coalesce(file <> 'history' or v.kind in ('CREDIT', 'DEBIT'), false),
    ops._legacy_time(v.occurred_at),
    nullif(
      btrim(case file when 'history' then v.detail else 'Rating slip ' || v.id end), ''
    ),
    file = 'history' or coalesce(
      v.kind = 'CLOSED'
        and case
          when pg_input_is_valid(v.points_text, 'numeric') then v.points_text::numeric > 0
          else v.points_text <> ''
        end,
      false
    ),
    'pit:import:' || file || ':' || case
      when length(v.id) > 200
        then 'sha256:' || encode(sha256(convert_to(v.id, 'UTF8')), 'hex')
      else coalesce(v.id, '')
    end,
    sha256(array_send(file || fields))
  from (
    select
      fields[1] as id, btrim(fields[2]) as card_no, btrim(fields[3]) as kind,
      btrim(fields[4]) as points_text, ops._whole_number(btrim(fields[4])) as points,
      fields[5] as detail,
      btrim(case file when 'history' then fields[7] else fields[5] end) as occurred_at
    offset 0
  ) as v;
end;

alter function ops._legacy_row(text, text[]) owner to ops_service;
revoke all on function ops._legacy_row(text, text[]) from public;

comment on function ops._legacy_row(text, text[]) is
  'What the values of a row of "history" or "slips" say; its key and its fingerprint.';
