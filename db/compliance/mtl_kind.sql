-- The kinds of transactions that the cash log knows (compliance.md section 1): which way money
-- goes, on which line of the report it counts, and whether it counts at all. The list is the law's
-- and the same for every casino, so it has no casino; on a cluster it is a reference table.

set local role pit_owner;

create table compliance.mtl_kind (
  kind text primary key,
  label text not null,
  direction text not null,
  counts boolean not null,
  ctr_line integer,
  ctr_line_out integer,
  needs_note boolean not null default false,
  sort_no integer not null,
  constraint kind_is_a_word check (kind ~ '^[a-z]+(_[a-z]+)*$'),
  constraint direction_is_in_out_or_both check (direction in ('in', 'out', 'both')),
  constraint what_counts_has_a_line check (counts = (ctr_line is not null)),
  constraint what_goes_both_ways_has_two_lines check (
    (direction = 'both') = (ctr_line_out is not null)
  )
);

grant select on compliance.mtl_kind to compliance_service, pit_staff, pit_auditor;

insert into compliance.mtl_kind
(kind, label, direction, counts, ctr_line, ctr_line_out, needs_note, sort_no)
values
('chip_purchase', 'Chips bought', 'in', true, 18, null, false, 1),
('money_play', 'Money play', 'in', true, 21, null, false, 2),
('bill_validator', 'Bill validator', 'in', true, 25, null, false, 3),
('front_money_deposit', 'Front money deposited', 'in', true, 55, null, false, 4),
('safekeeping_deposit', 'Safekeeping deposited', 'in', true, 55, null, false, 5),
('marker_payment', 'Marker paid', 'in', true, 46, null, false, 6),
('wire_purchase', 'Wire bought', 'in', true, 23, null, false, 7),
('instrument_purchase', 'Casino check bought', 'in', true, 12, null, false, 8),
('exchange', 'Currency exchanged', 'both', true, 14, 15, false, 9),
('chip_redemption', 'Chips redeemed', 'out', true, 28, null, false, 10),
('bet_payment', 'Bet paid', 'out', true, 31, null, false, 11),
('credit_advance', 'Credit advanced', 'out', true, 30, null, false, 12),
('front_money_withdrawal', 'Front money withdrawn', 'out', true, 56, null, false, 13),
('safekeeping_withdrawal', 'Safekeeping withdrawn', 'out', true, 56, null, false, 14),
('wire_payout', 'Wire paid out', 'out', true, 32, null, false, 15),
('check_cashed', 'Check cashed', 'out', true, 13, null, false, 16),
('comp_or_incentive', 'Comp or incentive', 'out', true, 33, null, false, 17),
('promotion_payout', 'Promotion paid', 'out', true, 34, null, false, 18),
('jackpot', 'Jackpot', 'out', false, null, null, false, 19),
('other_in', 'Other, in', 'in', true, 997, null, true, 20),
('other_out', 'Other, out', 'out', true, 998, null, true, 21);

reset role;

comment on table compliance.mtl_kind is
  'Kinds of transactions in the cash log, with their lines of the currency transaction report.';
comment on column compliance.mtl_kind.direction is 'in, out, or both for an exchange.';
comment on column compliance.mtl_kind.counts is
  'False: logged, never summed (jackpots are exempt). True: summed when paid in currency.';
comment on column compliance.mtl_kind.ctr_line is
  'Code of its line in the report; of an exchange, the line of cash in.';
comment on column compliance.mtl_kind.ctr_line_out is 'Of an exchange, the line of cash out.';
comment on column compliance.mtl_kind.needs_note is 'Whether an entry of this kind needs a note.';
comment on column compliance.mtl_kind.sort_no is 'Place in a list to choose from.';
