-- The idempotency key of a slip's accrual, made from the slip so that it can happen once. The
-- prefix is closed to callers (identity._check_key).

create or replace function loyalty._slip_key(rating_slip_id uuid) returns text
language sql
immutable
return 'pit:slip:' || rating_slip_id;

alter function loyalty._slip_key(uuid) owner to loyalty_service;
revoke all on function loyalty._slip_key(uuid) from public;

comment on function loyalty._slip_key(uuid) is 'Key under which a slip''s points are posted once.';
