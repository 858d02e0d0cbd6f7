-- The seals in plain words, for an auditor with psql: the line to compare with a copy on paper or
-- in a file.

create or replace view ops.seals with (security_invoker = true) as
select
  s.gaming_day,
  s.sealed_at,
  s.players,
  s.entries,
  encode(s.merkle_root, 'hex') as merkle_root,
  encode(s.previous_seal, 'hex') as previous_seal,
  encode(s.seal, 'hex') as seal
from ops.ledger_seal as s;

alter view ops.seals owner to pit_owner;
grant select on ops.seals to pit_auditor;

comment on view ops.seals is
  'The seal of every gaming day, for auditors'' logins.';
