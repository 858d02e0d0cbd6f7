-- Where a number of lifetime points stands among the tiers: what the ledger stamps, what the
-- player's card shows and what the next accrual multiplies by.

create type loyalty.tier_standing as (
  tier text,
  tier_progress integer,
  multiplier numeric
);

alter type loyalty.tier_standing owner to pit_owner;

comment on type loyalty.tier_standing is
  'A tier, the percent of the way to the next one, and the tier''s multiplier.';
