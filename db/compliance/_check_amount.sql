-- An amount of cash is more than nothing, in whole cents, and fits the log. NaN and infinities
-- are numbers to PostgreSQL and none to a cashier.

create or replace function compliance._check_amount(amount numeric) returns void
language plpgsql
stable
set search_path = ''
as $$
begin
  if amount > 0 and amount < 1000000000000 and amount = round(amount, 2) then
    return;
  end if;
  perform ops._refuse('MTAMT');
end
$$;

alter function compliance._check_amount(numeric) owner to compliance_service;
revoke all on function compliance._check_amount(numeric) from public;

comment on function compliance._check_amount(numeric) is
  'Refuses amounts that aren''t positive, in whole cents and below 10^12. Error: MTAMT.';
