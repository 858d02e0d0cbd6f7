-- The kinds of ledger entries. A domain, not a check of the table: the executor reads a table's
-- checks anew for every insert, a domain's only once.

create domain loyalty.transaction_type as text
constraint transaction_type_is_known check (
  value = any (
    '{GAMEPLAY,MANUAL_BONUS,PROMOTION,ADJUSTMENT,REDEMPTION,EXPIRATION,REVERSAL}'
  )
);

alter domain loyalty.transaction_type owner to pit_owner;

comment on domain loyalty.transaction_type is
  'GAMEPLAY, MANUAL_BONUS, PROMOTION, ADJUSTMENT, REDEMPTION, EXPIRATION or REVERSAL.';
