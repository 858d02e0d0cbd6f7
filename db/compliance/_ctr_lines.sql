-- The lines of a report: the exact sum of each line number in a direction, rounded up once to
-- whole dollars. Foreign currency is a line for each country. A direction that isn't reported has
-- none; one that was reported before and is now nothing has its first line with 0. A note may hold
-- characters that no XML file can: they are left out.

create or replace function compliance._ctr_lines(
  transactions compliance.ctr_transaction[],
  reported text[]
) returns jsonb
language sql
stable
set search_path = ''
return (
  select
    coalesce(
      jsonb_agg(
        jsonb_build_object(
          'direction', l.direction, 'line', l.line, 'amount', l.amount, 'text', l.text,
          'country', l.country
        )
        order by l.direction, l.line, l.country
      ),
      '[]'
    )
  from (
    select
      t.direction, t.line, t.country, ceil(sum(t.amount)) as amount,
      case when t.line in (997, 998) then
        coalesce(
          nullif(
            btrim(
              left(
                string_agg(
                  distinct btrim(regexp_replace(t.note, '[\s[:cntrl:]\uFFFE\uFFFF]+', ' ', 'g')),
                  '; '
                ),
                50
              )
            ),
            ''
          ),
          'Other cash ' || t.direction
        )
      end as text
    from unnest(_ctr_lines.transactions) as t
    where t.direction = any (_ctr_lines.reported)
    group by t.direction, t.line, t.country
    union all
    select r.direction, case r.direction when 'in' then 18 else 28 end, null, 0, null
    from unnest(_ctr_lines.reported) as r (direction)
    where not exists (
      select from unnest(_ctr_lines.transactions) as t where t.direction = r.direction
    )
  ) as l
);

alter function compliance._ctr_lines(compliance.ctr_transaction[], text[])
owner to compliance_service;
revoke all on function compliance._ctr_lines(compliance.ctr_transaction[], text[]) from public;

comment on function compliance._ctr_lines(compliance.ctr_transaction[], text[]) is
  'Lines of the directions that are reported, rounded up one by one, in a fixed order.';
