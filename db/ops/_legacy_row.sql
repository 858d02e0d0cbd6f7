-- Reads the values of one row of points history or of a rating slip. One expression without a
-- query, so that it becomes part of the query that reads a million of them. Points have at most 12
-- digits, so that no sum of them can overflow.

create or replace function ops._legacy_row(file text, fields text[]) returns setof ops.legacy_row
language sql
stable
rows 1
begin atomic
  select
    coalesce(fields[1], ''),
    btrim(fields[2]),
    case
      when ops._whole_number(btrim(fields[4])) between 1 and 999999999999 then
        case when file = 'history' and btrim(fields[3]) = 'DEBIT' then -1 else 1 end
        * ops._whole_number(btrim(fields[4]))
    end,
    coalesce(file <> 'history' or btrim(fields[3]) in ('CREDIT', 'DEBIT'), false),
    ops._legacy_time(btrim(case file when 'history' then fields[7] else fields[5] end)),
    nullif(
      btrim(case file when 'history' then fields[5] else 'Rating slip ' || fields[1] end), ''
    ),
    file = 'history' or coalesce(
      btrim(fields[3]) = 'CLOSED'
        and case
          when pg_input_is_valid(btrim(fields[4]), 'numeric') then btrim(fields[4])::numeric > 0
          else btrim(fields[4]) <> ''
        end,
      false
    ),
    'pit:import:' || file || ':' || case
      when length(fields[1]) > 200
        then 'sha256:' || encode(sha256(convert_to(fields[1], 'UTF8')), 'hex')
      else coalesce(fields[1], '')
    end,
    sha256(array_send(file || fields));
end;

alter function ops._legacy_row(text, text[]) owner to ops_service;
revoke all on function ops._legacy_row(text, text[]) from public;

comment on function ops._legacy_row(text, text[]) is
  'What the values of a row of "history" or "slips" say; its key and its fingerprint.';
