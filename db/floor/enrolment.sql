-- A player who is to be enrolled, as floor._enroll_players takes them by the list. Texts as they
-- were given: what makes a player is floor's to judge.

create type floor.enrolment as (
  card_no text,
  first_name text,
  last_name text,
  birth_date date,
  enrolled_at timestamptz
);

alter type floor.enrolment owner to pit_owner;

comment on type floor.enrolment is 'A player who is to be enrolled.';
