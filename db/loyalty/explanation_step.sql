-- One line of the sum that led to an entry's points: a figure, and how it follows from the lines
-- before.

create type loyalty.explanation_step as (
  step_no integer,
  step text,
  figure numeric,
  how text
);

alter type loyalty.explanation_step owner to pit_owner;

comment on type loyalty.explanation_step is
  'Number, name and figure of a step, and how it follows from those before.';
