-- One transaction as a report sees it: an entry with its corrections is one, one that was voided
-- is none, and an exchange is one in each direction.

create type compliance.ctr_transaction as (
  transaction_id uuid,
  direction text,
  line integer,
  country text,
  agent_patron_id uuid,
  amount numeric(14, 2),
  note text,
  occurred_at timestamptz
);

alter type compliance.ctr_transaction owner to pit_owner;

comment on type compliance.ctr_transaction is
  'A transaction of a person''s gaming day: id of its original entry, direction, line of the '
  'report, country of foreign currency, who carried it for the person, and what stands of it.';
