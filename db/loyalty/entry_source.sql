-- Where a ledger entry came from. A domain and not a check of the table, for the same reason as
-- loyalty.transaction_type.

create domain loyalty.entry_source as text
constraint source_is_known check (value = any ('{system,manual,promotion,adjustment,import}'));

alter domain loyalty.entry_source owner to pit_owner;

comment on domain loyalty.entry_source is 'system, manual, promotion, adjustment or import.';
