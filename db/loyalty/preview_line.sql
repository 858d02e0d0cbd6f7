-- One line of a preview: what the play at a game by players of a tier was awarded, and what other
-- rules would have given.

create type loyalty.preview_line as (
  game text,
  game_name text,
  tier text,
  slips bigint,
  awarded bigint,
  previewed bigint
);

alter type loyalty.preview_line owner to pit_owner;

comment on type loyalty.preview_line is
  'Game, tier held before the award, closed slips, points awarded, points under the rules looked '
  'at.';
