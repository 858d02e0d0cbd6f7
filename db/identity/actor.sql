-- Who is calling: what identity._enter finds out once per call and hands to the functions. A
-- lookup costs more than passing a row along.

create type identity.actor as (
  casino_id integer,
  staff_id uuid,
  session_id uuid,
  timezone text,
  gaming_day_start interval,
  correlation_id text,
  ingesting boolean
);

alter type identity.actor owner to pit_owner;

comment on type identity.actor is
  'The caller of an entry point: casino, person, session, the casino''s reckoning of gaming days '
  'and the correlation id of the request. ingesting is true for a floor system''s feed, to which '
  'the 15-minute rule, the reward pace and the approval threshold don''t apply.';
