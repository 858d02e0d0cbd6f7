-- What became of a draft that loyalty._post_entries didn't post: its place in the list and why.
-- (Drafts that became entries aren't told of one by one: they are in the ledger.)

create type loyalty.unposted_entry as (
  draft_no bigint,
  idempotency_key text,
  replayed boolean,
  refusal text
);

alter type loyalty.unposted_entry owner to pit_owner;

comment on type loyalty.unposted_entry is
  'A draft that made no entry: replayed (its key was used for the same before), or refused.';
comment on column loyalty.unposted_entry.refusal is
  'SQLSTATE: LYIDM another request, RSPLR no such player, LYBAL balance short; null: replayed.';
