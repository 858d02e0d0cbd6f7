-- What a command on campaigns gives back: the campaign as it is now, so that a screen needn't ask
-- again.

create type loyalty.promotion_result as (
  promotion loyalty.promotion,
  replayed boolean
);

alter type loyalty.promotion_result owner to pit_owner;

comment on type loyalty.promotion_result is
  'The campaign, and whether an earlier call had done this already.';
