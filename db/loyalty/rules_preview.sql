-- What a period would have cost under other rules, as a whole, as a sentence for whoever decides
-- on them, and line by line.

create type loyalty.rules_preview as (
  first_day date,
  last_day date,
  slips bigint,
  awarded bigint,
  previewed bigint,
  sentence text,
  lines loyalty.preview_line[]
);

alter type loyalty.rules_preview owner to pit_owner;

comment on type loyalty.rules_preview is
  'Gaming days looked at, closed slips, points awarded in them, points under the rules looked at, '
  'the same as a sentence, and the lines by game and tier.';
