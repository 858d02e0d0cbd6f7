-- What drafting, publishing and withdrawing rules give back: the draft as it is then, so that a
-- screen needn't ask again.

create type loyalty.draft_result as (
  loyalty_draft loyalty.loyalty_draft,
  replayed boolean
);

alter type loyalty.draft_result owner to pit_owner;

comment on type loyalty.draft_result is
  'The draft as it is now, and whether it is an earlier result given again.';
