-- What a pit's running slips amount to together, for the pit board: sums of money are the
-- database's to make.

create type loyalty.pit_play as (
  pit text,
  slips integer,
  theoretical_win numeric
);

alter type loyalty.pit_play owner to pit_owner;

comment on type loyalty.pit_play is
  'The running slips of a pit, or of the casino where pit is null. theoretical_win: the sum of '
  'what running_play tells of each, in dollars.';
