-- What signing off a gaming day gives back. A gaming day is signed off once: a second signature
-- is refused, so replayed is always false.

create type compliance.sign_off_result as (
  gaming_day_sign_off compliance.gaming_day_sign_off,
  replayed boolean
);

alter type compliance.sign_off_result owner to pit_owner;

comment on type compliance.sign_off_result is 'The signature under a gaming day.';
