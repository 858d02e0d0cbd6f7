-- A line of the report on theoretical win: one game, one table, one hour of the day or one gaming
-- day.

create type loyalty.win_line as (
  place integer,
  code text,
  label text,
  slips integer,
  played_seconds bigint,
  average_bet numeric,
  theoretical_win numeric
);

alter type loyalty.win_line owner to pit_owner;

comment on type loyalty.win_line is
  'place: the order on the report. code and label: the game''s code and name; the table''s label '
  'and pit; the hour of the local clock (00 to 23); or the gaming day. slips: how many played. '
  'average_bet: weighted by time. theoretical_win: dollars, half-up to cents.';
