-- Words that stand where a fact should: a report with "UNKNOWN" in a field is refused by FinCEN
-- and useless to everybody. For what is really unknown there are flags. Said twice, between signs
-- or in letters of full width it says no more.

create or replace function compliance._is_placeholder(value text) returns boolean
language sql
immutable
return regexp_replace(upper(normalize(value, nfkc)), '[^A-Z]', '', 'g') ~ (
  '^(UNKNOWN|UNK|UNKN|UNKOWN|NOTKNOWN|NONE|NOTAPPLICABLE|NOTPROVIDED|NOTGIVEN|NOTAVAILABLE|'
  || 'NOTSHOWN|REFUSED|DECLINED|SAME|SAMEAS|OTHER|VARIOUS|SEEABOVE|SEEBELOW|CUSTOMER|'
  || 'NONCUSTOMER|KNOWNCUSTOMER|ONFILE|ANONYMOUS|TBD|AKA|DBA)+$'
)
or normalize(value, nfkc) ~* '^\s*(n\s*/\s*a|[*?.\s-]{2,}|[^[:alnum:]]*(x[^[:alnum:]]*)+)\s*$'
or normalize(value, nfkc) ~* '(\m|_)(unknown|known customer|same as|see above)(\M|_)';

alter function compliance._is_placeholder(text) owner to compliance_service;
revoke all on function compliance._is_placeholder(text) from public;

comment on function compliance._is_placeholder(text) is
  'Whether a text says nothing: UNKNOWN, NONE, SAME, OTHER, XX, N/A, "known customer" …';
