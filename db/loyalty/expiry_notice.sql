-- A line of the notice list: whom to tell that points will expire, when and how many. A player
-- has a line for each gaming day on which something goes.

create type loyalty.expiry_notice as (
  player_id uuid,
  player_name text,
  card_no text,
  tier text,
  current_balance bigint,
  expires_on date,
  points bigint
);

alter type loyalty.expiry_notice owner to pit_owner;

comment on type loyalty.expiry_notice is
  'A player, the balance now, the gaming day on which points expire, and how many if none are '
  'spent until then.';
