-- An answer of the review after a launch: a figure, what it is a figure of, and whether somebody
-- should look into it.

create type ops.review_line as (
  question text,
  label text,
  figure bigint,
  is_off boolean
);

alter type ops.review_line owner to pit_owner;

comment on type ops.review_line is
  'What was asked, of what (a day, a code), the figure, and whether it isn''t as it should be.';
