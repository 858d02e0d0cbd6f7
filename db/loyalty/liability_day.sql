-- One gaming day of the roll-forward: opening + earned - redeemed - expired + adjusted = closing,
-- and a day's closing is the next one's opening.

create type loyalty.liability_day as (
  gaming_day date,
  opening bigint,
  earned bigint,
  earned_by_play bigint,
  earned_as_reward bigint,
  earned_in_promotions bigint,
  redeemed bigint,
  expired bigint,
  adjusted bigint,
  of_it_reversals bigint,
  closing bigint
);

alter type loyalty.liability_day owner to pit_owner;

comment on type loyalty.liability_day is
  'Points outstanding when the gaming day began and ended, and what changed them: earned (by '
  'play, as rewards, in promotions), redeemed, expired, and adjusted (signed: adjustments and '
  'reversals).';
