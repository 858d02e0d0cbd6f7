-- One line of a search for the person in front of the cage or the table: enough to tell people
-- apart, nothing about their cash.

create type compliance.patron_match as (
  patron_id uuid,
  player_id uuid,
  card_no text,
  name text,
  birth_date date,
  description text,
  described_at timestamptz,
  identified_as text
);

alter type compliance.patron_match owner to pit_owner;

comment on type compliance.patron_match is
  'An enrolled player (patron_id is null before their first cash entry) or an unknown person, who '
  'may have been identified as a player in the meantime.';
