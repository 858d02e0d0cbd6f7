-- What an average bet may be: dollars from 0, in whole cents. A zero bet is valid (a free bet, a
-- player who only watches); what can't be an amount is refused instead of rounded, because points
-- and theoretical win follow from it.

create or replace function floor._check_bet(average_bet numeric) returns void
language plpgsql
immutable
set search_path = ''
as $$
begin
  if average_bet is null
    or average_bet = 'NaN'
    or average_bet < 0
    or average_bet >= 1000000000000
    or average_bet <> round(average_bet, 2)
  then
    perform ops._refuse('RSBET');
  end if;
end
$$;

alter function floor._check_bet(numeric) owner to floor_service;
revoke all on function floor._check_bet(numeric) from public;

comment on function floor._check_bet(numeric) is
  'Refuses bets that are missing, negative, no whole cents or absurd. Error: RSBET.';
