/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
/** A filter to be used against `Approval` object types. All fields are combined with a logical ‘and.’ */
export type ApprovalFilter = {
  /** Checks for all expressions in this list. */
  and?: Array<ApprovalFilter> | null | undefined;
  /** Filter by the object’s `cardNo` field. */
  cardNo?: StringFilter | null | undefined;
  /** Filter by the object’s `currentBalance` field. */
  currentBalance?: BigIntFilter | null | undefined;
  /** Filter by the object’s `decidable` field. */
  decidable?: BooleanFilter | null | undefined;
  /** Filter by the object’s `decidedAt` field. */
  decidedAt?: DatetimeFilter | null | undefined;
  /** Filter by the object’s `decidedBy` field. */
  decidedBy?: UuidFilter | null | undefined;
  /** Filter by the object’s `decidedByName` field. */
  decidedByName?: StringFilter | null | undefined;
  /** Filter by the object’s `decisionReason` field. */
  decisionReason?: StringFilter | null | undefined;
  /** Filter by the object’s `entryNo` field. */
  entryNo?: BigIntFilter | null | undefined;
  /** Filter by the object’s `expiresAt` field. */
  expiresAt?: DatetimeFilter | null | undefined;
  /** Filter by the object’s `gamingDay` field. */
  gamingDay?: DateFilter | null | undefined;
  /** Filter by the object’s `kind` field. */
  kind?: StringFilter | null | undefined;
  /** Negates the expression. */
  not?: ApprovalFilter | null | undefined;
  /** Checks for any expressions in this list. */
  or?: Array<ApprovalFilter> | null | undefined;
  /** Filter by the object’s `playerId` field. */
  playerId?: UuidFilter | null | undefined;
  /** Filter by the object’s `playerName` field. */
  playerName?: StringFilter | null | undefined;
  /** Filter by the object’s `points` field. */
  points?: BigIntFilter | null | undefined;
  /** Filter by the object’s `ratingSlipId` field. */
  ratingSlipId?: UuidFilter | null | undefined;
  /** Filter by the object’s `reason` field. */
  reason?: StringFilter | null | undefined;
  /** Filter by the object’s `requestedAt` field. */
  requestedAt?: DatetimeFilter | null | undefined;
  /** Filter by the object’s `requestedBy` field. */
  requestedBy?: UuidFilter | null | undefined;
  /** Filter by the object’s `requestedByName` field. */
  requestedByName?: StringFilter | null | undefined;
  /** Filter by the object’s `rewardRequestId` field. */
  rewardRequestId?: UuidFilter | null | undefined;
  /** Filter by the object’s `status` field. */
  status?: StringFilter | null | undefined;
  /** Filter by the object’s `tier` field. */
  tier?: StringFilter | null | undefined;
};

/** Methods to use when ordering `Approval`. */
export type ApprovalOrderBy =
  | 'CARD_NO_ASC'
  | 'CARD_NO_DESC'
  | 'CURRENT_BALANCE_ASC'
  | 'CURRENT_BALANCE_DESC'
  | 'DECIDABLE_ASC'
  | 'DECIDABLE_DESC'
  | 'DECIDED_AT_ASC'
  | 'DECIDED_AT_DESC'
  | 'DECIDED_BY_ASC'
  | 'DECIDED_BY_DESC'
  | 'DECIDED_BY_NAME_ASC'
  | 'DECIDED_BY_NAME_DESC'
  | 'DECISION_REASON_ASC'
  | 'DECISION_REASON_DESC'
  | 'ENTRY_NO_ASC'
  | 'ENTRY_NO_DESC'
  | 'EXPIRES_AT_ASC'
  | 'EXPIRES_AT_DESC'
  | 'GAMING_DAY_ASC'
  | 'GAMING_DAY_DESC'
  | 'KIND_ASC'
  | 'KIND_DESC'
  | 'NATURAL'
  | 'PLAYER_ID_ASC'
  | 'PLAYER_ID_DESC'
  | 'PLAYER_NAME_ASC'
  | 'PLAYER_NAME_DESC'
  | 'POINTS_ASC'
  | 'POINTS_DESC'
  | 'PRIMARY_KEY_ASC'
  | 'PRIMARY_KEY_DESC'
  | 'RATING_SLIP_ID_ASC'
  | 'RATING_SLIP_ID_DESC'
  | 'REASON_ASC'
  | 'REASON_DESC'
  | 'REQUESTED_AT_ASC'
  | 'REQUESTED_AT_DESC'
  | 'REQUESTED_BY_ASC'
  | 'REQUESTED_BY_DESC'
  | 'REQUESTED_BY_NAME_ASC'
  | 'REQUESTED_BY_NAME_DESC'
  | 'REWARD_REQUEST_ID_ASC'
  | 'REWARD_REQUEST_ID_DESC'
  | 'STATUS_ASC'
  | 'STATUS_DESC'
  | 'TIER_ASC'
  | 'TIER_DESC';

/** A filter to be used against BigFloat fields. All fields are combined with a logical ‘and.’ */
export type BigFloatFilter = {
  /** Not equal to the specified value, treating null like an ordinary value. */
  distinctFrom?: string | null | undefined;
  /** Equal to the specified value. */
  equalTo?: string | null | undefined;
  /** Greater than the specified value. */
  greaterThan?: string | null | undefined;
  /** Greater than or equal to the specified value. */
  greaterThanOrEqualTo?: string | null | undefined;
  /** Included in the specified list. */
  in?: Array<string> | null | undefined;
  /** Is null (if `true` is specified) or is not null (if `false` is specified). */
  isNull?: boolean | null | undefined;
  /** Less than the specified value. */
  lessThan?: string | null | undefined;
  /** Less than or equal to the specified value. */
  lessThanOrEqualTo?: string | null | undefined;
  /** Equal to the specified value, treating null like an ordinary value. */
  notDistinctFrom?: string | null | undefined;
  /** Not equal to the specified value. */
  notEqualTo?: string | null | undefined;
  /** Not included in the specified list. */
  notIn?: Array<string> | null | undefined;
};

/** A filter to be used against BigInt fields. All fields are combined with a logical ‘and.’ */
export type BigIntFilter = {
  /** Not equal to the specified value, treating null like an ordinary value. */
  distinctFrom?: string | null | undefined;
  /** Equal to the specified value. */
  equalTo?: string | null | undefined;
  /** Greater than the specified value. */
  greaterThan?: string | null | undefined;
  /** Greater than or equal to the specified value. */
  greaterThanOrEqualTo?: string | null | undefined;
  /** Included in the specified list. */
  in?: Array<string> | null | undefined;
  /** Is null (if `true` is specified) or is not null (if `false` is specified). */
  isNull?: boolean | null | undefined;
  /** Less than the specified value. */
  lessThan?: string | null | undefined;
  /** Less than or equal to the specified value. */
  lessThanOrEqualTo?: string | null | undefined;
  /** Equal to the specified value, treating null like an ordinary value. */
  notDistinctFrom?: string | null | undefined;
  /** Not equal to the specified value. */
  notEqualTo?: string | null | undefined;
  /** Not included in the specified list. */
  notIn?: Array<string> | null | undefined;
};

/** A filter to be used against Boolean fields. All fields are combined with a logical ‘and.’ */
export type BooleanFilter = {
  /** Not equal to the specified value, treating null like an ordinary value. */
  distinctFrom?: boolean | null | undefined;
  /** Equal to the specified value. */
  equalTo?: boolean | null | undefined;
  /** Greater than the specified value. */
  greaterThan?: boolean | null | undefined;
  /** Greater than or equal to the specified value. */
  greaterThanOrEqualTo?: boolean | null | undefined;
  /** Included in the specified list. */
  in?: Array<boolean> | null | undefined;
  /** Is null (if `true` is specified) or is not null (if `false` is specified). */
  isNull?: boolean | null | undefined;
  /** Less than the specified value. */
  lessThan?: boolean | null | undefined;
  /** Less than or equal to the specified value. */
  lessThanOrEqualTo?: boolean | null | undefined;
  /** Equal to the specified value, treating null like an ordinary value. */
  notDistinctFrom?: boolean | null | undefined;
  /** Not equal to the specified value. */
  notEqualTo?: boolean | null | undefined;
  /** Not included in the specified list. */
  notIn?: Array<boolean> | null | undefined;
};

/** A filter to be used against `CtrCaseSummary` object types. All fields are combined with a logical ‘and.’ */
export type CtrCaseSummaryFilter = {
  /** Filter by the object’s `acknowledgeable` field. */
  acknowledgeable?: BooleanFilter | null | undefined;
  /** Filter by the object’s `amendmentDue` field. */
  amendmentDue?: BooleanFilter | null | undefined;
  /** Checks for all expressions in this list. */
  and?: Array<CtrCaseSummaryFilter> | null | undefined;
  /** Filter by the object’s `bsaId` field. */
  bsaId?: StringFilter | null | undefined;
  /** Filter by the object’s `cardNo` field. */
  cardNo?: StringFilter | null | undefined;
  /** Filter by the object’s `caseId` field. */
  caseId?: UuidFilter | null | undefined;
  /** Filter by the object’s `cashIn` field. */
  cashIn?: BigFloatFilter | null | undefined;
  /** Filter by the object’s `cashOut` field. */
  cashOut?: BigFloatFilter | null | undefined;
  /** Filter by the object’s `closedReason` field. */
  closedReason?: StringFilter | null | undefined;
  /** Filter by the object’s `ctrThreshold` field. */
  ctrThreshold?: BigFloatFilter | null | undefined;
  /** Filter by the object’s `daysLeft` field. */
  daysLeft?: IntFilter | null | undefined;
  /** Filter by the object’s `description` field. */
  description?: StringFilter | null | undefined;
  /** Filter by the object’s `dueOn` field. */
  dueOn?: DateFilter | null | undefined;
  /** Filter by the object’s `exportable` field. */
  exportable?: BooleanFilter | null | undefined;
  /** Filter by the object’s `exported` field. */
  exported?: BooleanFilter | null | undefined;
  /** Filter by the object’s `fileable` field. */
  fileable?: BooleanFilter | null | undefined;
  /** Filter by the object’s `filedAt` field. */
  filedAt?: DatetimeFilter | null | undefined;
  /** Filter by the object’s `filedBy` field. */
  filedBy?: UuidFilter | null | undefined;
  /** Filter by the object’s `filedCashIn` field. */
  filedCashIn?: BigFloatFilter | null | undefined;
  /** Filter by the object’s `filedCashOut` field. */
  filedCashOut?: BigFloatFilter | null | undefined;
  /** Filter by the object’s `filedVersion` field. */
  filedVersion?: IntFilter | null | undefined;
  /** Filter by the object’s `gamingDay` field. */
  gamingDay?: DateFilter | null | undefined;
  /** Filter by the object’s `mergedIntoCaseId` field. */
  mergedIntoCaseId?: UuidFilter | null | undefined;
  /** Filter by the object’s `name` field. */
  name?: StringFilter | null | undefined;
  /** Filter by the object’s `nextVersion` field. */
  nextVersion?: IntFilter | null | undefined;
  /** Negates the expression. */
  not?: CtrCaseSummaryFilter | null | undefined;
  /** Filter by the object’s `openedAt` field. */
  openedAt?: DatetimeFilter | null | undefined;
  /** Filter by the object’s `openedByEntryId` field. */
  openedByEntryId?: UuidFilter | null | undefined;
  /** Checks for any expressions in this list. */
  or?: Array<CtrCaseSummaryFilter> | null | undefined;
  /** Filter by the object’s `overdue` field. */
  overdue?: BooleanFilter | null | undefined;
  /** Filter by the object’s `patronId` field. */
  patronId?: UuidFilter | null | undefined;
  /** Filter by the object’s `playerId` field. */
  playerId?: UuidFilter | null | undefined;
  /** Filter by the object’s `preparable` field. */
  preparable?: BooleanFilter | null | undefined;
  /** Filter by the object’s `state` field. */
  state?: StringFilter | null | undefined;
  /** Filter by the object’s `stateChangedAt` field. */
  stateChangedAt?: DatetimeFilter | null | undefined;
  /** Filter by the object’s `unfiled` field. */
  unfiled?: BooleanFilter | null | undefined;
  /** Filter by the object’s `waiting` field. */
  waiting?: BooleanFilter | null | undefined;
};

/** A filter to be used against Date fields. All fields are combined with a logical ‘and.’ */
export type DateFilter = {
  /** Not equal to the specified value, treating null like an ordinary value. */
  distinctFrom?: string | null | undefined;
  /** Equal to the specified value. */
  equalTo?: string | null | undefined;
  /** Greater than the specified value. */
  greaterThan?: string | null | undefined;
  /** Greater than or equal to the specified value. */
  greaterThanOrEqualTo?: string | null | undefined;
  /** Included in the specified list. */
  in?: Array<string> | null | undefined;
  /** Is null (if `true` is specified) or is not null (if `false` is specified). */
  isNull?: boolean | null | undefined;
  /** Less than the specified value. */
  lessThan?: string | null | undefined;
  /** Less than or equal to the specified value. */
  lessThanOrEqualTo?: string | null | undefined;
  /** Equal to the specified value, treating null like an ordinary value. */
  notDistinctFrom?: string | null | undefined;
  /** Not equal to the specified value. */
  notEqualTo?: string | null | undefined;
  /** Not included in the specified list. */
  notIn?: Array<string> | null | undefined;
};

/** A filter to be used against Datetime fields. All fields are combined with a logical ‘and.’ */
export type DatetimeFilter = {
  /** Not equal to the specified value, treating null like an ordinary value. */
  distinctFrom?: string | null | undefined;
  /** Equal to the specified value. */
  equalTo?: string | null | undefined;
  /** Greater than the specified value. */
  greaterThan?: string | null | undefined;
  /** Greater than or equal to the specified value. */
  greaterThanOrEqualTo?: string | null | undefined;
  /** Included in the specified list. */
  in?: Array<string> | null | undefined;
  /** Is null (if `true` is specified) or is not null (if `false` is specified). */
  isNull?: boolean | null | undefined;
  /** Less than the specified value. */
  lessThan?: string | null | undefined;
  /** Less than or equal to the specified value. */
  lessThanOrEqualTo?: string | null | undefined;
  /** Equal to the specified value, treating null like an ordinary value. */
  notDistinctFrom?: string | null | undefined;
  /** Not equal to the specified value. */
  notEqualTo?: string | null | undefined;
  /** Not included in the specified list. */
  notIn?: Array<string> | null | undefined;
};

/** A filter to be used against Int fields. All fields are combined with a logical ‘and.’ */
export type IntFilter = {
  /** Not equal to the specified value, treating null like an ordinary value. */
  distinctFrom?: number | null | undefined;
  /** Equal to the specified value. */
  equalTo?: number | null | undefined;
  /** Greater than the specified value. */
  greaterThan?: number | null | undefined;
  /** Greater than or equal to the specified value. */
  greaterThanOrEqualTo?: number | null | undefined;
  /** Included in the specified list. */
  in?: Array<number> | null | undefined;
  /** Is null (if `true` is specified) or is not null (if `false` is specified). */
  isNull?: boolean | null | undefined;
  /** Less than the specified value. */
  lessThan?: number | null | undefined;
  /** Less than or equal to the specified value. */
  lessThanOrEqualTo?: number | null | undefined;
  /** Equal to the specified value, treating null like an ordinary value. */
  notDistinctFrom?: number | null | undefined;
  /** Not equal to the specified value. */
  notEqualTo?: number | null | undefined;
  /** Not included in the specified list. */
  notIn?: Array<number> | null | undefined;
};

/** A filter to be used against `LoyaltyLedger` object types. All fields are combined with a logical ‘and.’ */
export type LoyaltyLedgerFilter = {
  /** Checks for all expressions in this list. */
  and?: Array<LoyaltyLedgerFilter> | null | undefined;
  /** Filter by the object’s `correlationId` field. */
  correlationId?: StringFilter | null | undefined;
  /** Filter by the object’s `entryNo` field. */
  entryNo?: BigIntFilter | null | undefined;
  /** Filter by the object’s `gamingDay` field. */
  gamingDay?: DateFilter | null | undefined;
  /** Filter by the object’s `idempotencyKey` field. */
  idempotencyKey?: StringFilter | null | undefined;
  /** Negates the expression. */
  not?: LoyaltyLedgerFilter | null | undefined;
  /** Checks for any expressions in this list. */
  or?: Array<LoyaltyLedgerFilter> | null | undefined;
  /** Filter by the object’s `playerId` field. */
  playerId?: UuidFilter | null | undefined;
  /** Filter by the object’s `transactionType` field. */
  transactionType?: TransactionTypeFilter | null | undefined;
};

/** A filter to be used against `MtlLog` object types. All fields are combined with a logical ‘and.’ */
export type MtlLogFilter = {
  /** Filter by the object’s `agentName` field. */
  agentName?: StringFilter | null | undefined;
  /** Filter by the object’s `agentPatronId` field. */
  agentPatronId?: UuidFilter | null | undefined;
  /** Filter by the object’s `amount` field. */
  amount?: BigFloatFilter | null | undefined;
  /** Checks for all expressions in this list. */
  and?: Array<MtlLogFilter> | null | undefined;
  /** Filter by the object’s `area` field. */
  area?: StringFilter | null | undefined;
  /** Filter by the object’s `badge` field. */
  badge?: StringFilter | null | undefined;
  /** Filter by the object’s `cardNo` field. */
  cardNo?: StringFilter | null | undefined;
  /** Filter by the object’s `cashIn` field. */
  cashIn?: BigFloatFilter | null | undefined;
  /** Filter by the object’s `cashInAfter` field. */
  cashInAfter?: BigFloatFilter | null | undefined;
  /** Filter by the object’s `cashInBefore` field. */
  cashInBefore?: BigFloatFilter | null | undefined;
  /** Filter by the object’s `cashOut` field. */
  cashOut?: BigFloatFilter | null | undefined;
  /** Filter by the object’s `cashOutAfter` field. */
  cashOutAfter?: BigFloatFilter | null | undefined;
  /** Filter by the object’s `cashOutBefore` field. */
  cashOutBefore?: BigFloatFilter | null | undefined;
  /** Filter by the object’s `correctable` field. */
  correctable?: BooleanFilter | null | undefined;
  /** Filter by the object’s `correctionNo` field. */
  correctionNo?: IntFilter | null | undefined;
  /** Filter by the object’s `correctsEntryId` field. */
  correctsEntryId?: UuidFilter | null | undefined;
  /** Filter by the object’s `correlationId` field. */
  correlationId?: StringFilter | null | undefined;
  /** Filter by the object’s `createdAt` field. */
  createdAt?: DatetimeFilter | null | undefined;
  /** Filter by the object’s `description` field. */
  description?: StringFilter | null | undefined;
  /** Filter by the object’s `direction` field. */
  direction?: StringFilter | null | undefined;
  /** Filter by the object’s `entryId` field. */
  entryId?: UuidFilter | null | undefined;
  /** Filter by the object’s `entryRole` field. */
  entryRole?: StringFilter | null | undefined;
  /** Filter by the object’s `foreignCurrency` field. */
  foreignCurrency?: StringFilter | null | undefined;
  /** Filter by the object’s `gamingDay` field. */
  gamingDay?: DateFilter | null | undefined;
  /** Filter by the object’s `idempotencyKey` field. */
  idempotencyKey?: StringFilter | null | undefined;
  /** Filter by the object’s `isLive` field. */
  isLive?: BooleanFilter | null | undefined;
  /** Filter by the object’s `kind` field. */
  kind?: StringFilter | null | undefined;
  /** Filter by the object’s `kindLabel` field. */
  kindLabel?: StringFilter | null | undefined;
  /** Filter by the object’s `licenceNo` field. */
  licenceNo?: StringFilter | null | undefined;
  /** Negates the expression. */
  not?: MtlLogFilter | null | undefined;
  /** Filter by the object’s `note` field. */
  note?: StringFilter | null | undefined;
  /** Filter by the object’s `occurredAt` field. */
  occurredAt?: DatetimeFilter | null | undefined;
  /** Checks for any expressions in this list. */
  or?: Array<MtlLogFilter> | null | undefined;
  /** Filter by the object’s `patronId` field. */
  patronId?: UuidFilter | null | undefined;
  /** Filter by the object’s `personId` field. */
  personId?: UuidFilter | null | undefined;
  /** Filter by the object’s `personName` field. */
  personName?: StringFilter | null | undefined;
  /** Filter by the object’s `playerId` field. */
  playerId?: UuidFilter | null | undefined;
  /** Filter by the object’s `ratingSlipId` field. */
  ratingSlipId?: UuidFilter | null | undefined;
  /** Filter by the object’s `reason` field. */
  reason?: StringFilter | null | undefined;
  /** Filter by the object’s `staffId` field. */
  staffId?: UuidFilter | null | undefined;
  /** Filter by the object’s `staffName` field. */
  staffName?: StringFilter | null | undefined;
  /** Filter by the object’s `tableId` field. */
  tableId?: UuidFilter | null | undefined;
  /** Filter by the object’s `tableLabel` field. */
  tableLabel?: StringFilter | null | undefined;
  /** Filter by the object’s `tender` field. */
  tender?: StringFilter | null | undefined;
  /** Filter by the object’s `visitId` field. */
  visitId?: UuidFilter | null | undefined;
  /** Filter by the object’s `windowNo` field. */
  windowNo?: StringFilter | null | undefined;
};

/** A filter to be used against `PatronDay` object types. All fields are combined with a logical ‘and.’ */
export type PatronDayFilter = {
  /** Filter by the object’s `amendmentDue` field. */
  amendmentDue?: BooleanFilter | null | undefined;
  /** Checks for all expressions in this list. */
  and?: Array<PatronDayFilter> | null | undefined;
  /** Filter by the object’s `areas` field. */
  areas?: StringListFilter | null | undefined;
  /** Filter by the object’s `badgeIn` field. */
  badgeIn?: StringFilter | null | undefined;
  /** Filter by the object’s `badgeOut` field. */
  badgeOut?: StringFilter | null | undefined;
  /** Filter by the object’s `cardNo` field. */
  cardNo?: StringFilter | null | undefined;
  /** Filter by the object’s `caseId` field. */
  caseId?: UuidFilter | null | undefined;
  /** Filter by the object’s `caseState` field. */
  caseState?: StringFilter | null | undefined;
  /** Filter by the object’s `cashIn` field. */
  cashIn?: BigFloatFilter | null | undefined;
  /** Filter by the object’s `cashOut` field. */
  cashOut?: BigFloatFilter | null | undefined;
  /** Filter by the object’s `description` field. */
  description?: StringFilter | null | undefined;
  /** Filter by the object’s `dueOn` field. */
  dueOn?: DateFilter | null | undefined;
  /** Filter by the object’s `entriesIn` field. */
  entriesIn?: IntFilter | null | undefined;
  /** Filter by the object’s `entriesOut` field. */
  entriesOut?: IntFilter | null | undefined;
  /** Filter by the object’s `gamingDay` field. */
  gamingDay?: DateFilter | null | undefined;
  /** Filter by the object’s `name` field. */
  name?: StringFilter | null | undefined;
  /** Negates the expression. */
  not?: PatronDayFilter | null | undefined;
  /** Checks for any expressions in this list. */
  or?: Array<PatronDayFilter> | null | undefined;
  /** Filter by the object’s `patronId` field. */
  patronId?: UuidFilter | null | undefined;
  /** Filter by the object’s `playerId` field. */
  playerId?: UuidFilter | null | undefined;
  /** Filter by the object’s `updatedAt` field. */
  updatedAt?: DatetimeFilter | null | undefined;
};

/** Methods to use when ordering `PatronDay`. */
export type PatronDayOrderBy =
  | 'AMENDMENT_DUE_ASC'
  | 'AMENDMENT_DUE_DESC'
  | 'BADGE_IN_ASC'
  | 'BADGE_IN_DESC'
  | 'BADGE_OUT_ASC'
  | 'BADGE_OUT_DESC'
  | 'CARD_NO_ASC'
  | 'CARD_NO_DESC'
  | 'CASE_ID_ASC'
  | 'CASE_ID_DESC'
  | 'CASE_STATE_ASC'
  | 'CASE_STATE_DESC'
  | 'CASH_IN_ASC'
  | 'CASH_IN_DESC'
  | 'CASH_OUT_ASC'
  | 'CASH_OUT_DESC'
  | 'DESCRIPTION_ASC'
  | 'DESCRIPTION_DESC'
  | 'DUE_ON_ASC'
  | 'DUE_ON_DESC'
  | 'ENTRIES_IN_ASC'
  | 'ENTRIES_IN_DESC'
  | 'ENTRIES_OUT_ASC'
  | 'ENTRIES_OUT_DESC'
  | 'GAMING_DAY_ASC'
  | 'GAMING_DAY_DESC'
  | 'NAME_ASC'
  | 'NAME_DESC'
  | 'NATURAL'
  | 'PATRON_ID_ASC'
  | 'PATRON_ID_DESC'
  | 'PLAYER_ID_ASC'
  | 'PLAYER_ID_DESC'
  | 'PRIMARY_KEY_ASC'
  | 'PRIMARY_KEY_DESC'
  | 'UPDATED_AT_ASC'
  | 'UPDATED_AT_DESC';

/** A filter to be used against String fields. All fields are combined with a logical ‘and.’ */
export type StringFilter = {
  /** Not equal to the specified value, treating null like an ordinary value. */
  distinctFrom?: string | null | undefined;
  /** Not equal to the specified value, treating null like an ordinary value (case-insensitive). */
  distinctFromInsensitive?: string | null | undefined;
  /** Ends with the specified string (case-sensitive). */
  endsWith?: string | null | undefined;
  /** Ends with the specified string (case-insensitive). */
  endsWithInsensitive?: string | null | undefined;
  /** Equal to the specified value. */
  equalTo?: string | null | undefined;
  /** Equal to the specified value (case-insensitive). */
  equalToInsensitive?: string | null | undefined;
  /** Greater than the specified value. */
  greaterThan?: string | null | undefined;
  /** Greater than the specified value (case-insensitive). */
  greaterThanInsensitive?: string | null | undefined;
  /** Greater than or equal to the specified value. */
  greaterThanOrEqualTo?: string | null | undefined;
  /** Greater than or equal to the specified value (case-insensitive). */
  greaterThanOrEqualToInsensitive?: string | null | undefined;
  /** Included in the specified list. */
  in?: Array<string> | null | undefined;
  /** Included in the specified list (case-insensitive). */
  inInsensitive?: Array<string> | null | undefined;
  /** Contains the specified string (case-sensitive). */
  includes?: string | null | undefined;
  /** Contains the specified string (case-insensitive). */
  includesInsensitive?: string | null | undefined;
  /** Is null (if `true` is specified) or is not null (if `false` is specified). */
  isNull?: boolean | null | undefined;
  /** Less than the specified value. */
  lessThan?: string | null | undefined;
  /** Less than the specified value (case-insensitive). */
  lessThanInsensitive?: string | null | undefined;
  /** Less than or equal to the specified value. */
  lessThanOrEqualTo?: string | null | undefined;
  /** Less than or equal to the specified value (case-insensitive). */
  lessThanOrEqualToInsensitive?: string | null | undefined;
  /** Matches the specified pattern (case-sensitive). An underscore (_) matches any single character; a percent sign (%) matches any sequence of zero or more characters. */
  like?: string | null | undefined;
  /** Matches the specified pattern (case-insensitive). An underscore (_) matches any single character; a percent sign (%) matches any sequence of zero or more characters. */
  likeInsensitive?: string | null | undefined;
  /** Equal to the specified value, treating null like an ordinary value. */
  notDistinctFrom?: string | null | undefined;
  /** Equal to the specified value, treating null like an ordinary value (case-insensitive). */
  notDistinctFromInsensitive?: string | null | undefined;
  /** Does not end with the specified string (case-sensitive). */
  notEndsWith?: string | null | undefined;
  /** Does not end with the specified string (case-insensitive). */
  notEndsWithInsensitive?: string | null | undefined;
  /** Not equal to the specified value. */
  notEqualTo?: string | null | undefined;
  /** Not equal to the specified value (case-insensitive). */
  notEqualToInsensitive?: string | null | undefined;
  /** Not included in the specified list. */
  notIn?: Array<string> | null | undefined;
  /** Not included in the specified list (case-insensitive). */
  notInInsensitive?: Array<string> | null | undefined;
  /** Does not contain the specified string (case-sensitive). */
  notIncludes?: string | null | undefined;
  /** Does not contain the specified string (case-insensitive). */
  notIncludesInsensitive?: string | null | undefined;
  /** Does not match the specified pattern (case-sensitive). An underscore (_) matches any single character; a percent sign (%) matches any sequence of zero or more characters. */
  notLike?: string | null | undefined;
  /** Does not match the specified pattern (case-insensitive). An underscore (_) matches any single character; a percent sign (%) matches any sequence of zero or more characters. */
  notLikeInsensitive?: string | null | undefined;
  /** Does not start with the specified string (case-sensitive). */
  notStartsWith?: string | null | undefined;
  /** Does not start with the specified string (case-insensitive). */
  notStartsWithInsensitive?: string | null | undefined;
  /** Starts with the specified string (case-sensitive). */
  startsWith?: string | null | undefined;
  /** Starts with the specified string (case-insensitive). */
  startsWithInsensitive?: string | null | undefined;
};

/** A filter to be used against String List fields. All fields are combined with a logical ‘and.’ */
export type StringListFilter = {
  /** Any array item is equal to the specified value. */
  anyEqualTo?: string | null | undefined;
  /** Any array item is greater than the specified value. */
  anyGreaterThan?: string | null | undefined;
  /** Any array item is greater than or equal to the specified value. */
  anyGreaterThanOrEqualTo?: string | null | undefined;
  /** Any array item is less than the specified value. */
  anyLessThan?: string | null | undefined;
  /** Any array item is less than or equal to the specified value. */
  anyLessThanOrEqualTo?: string | null | undefined;
  /** Any array item is not equal to the specified value. */
  anyNotEqualTo?: string | null | undefined;
  /** Contained by the specified list of values. */
  containedBy?: Array<string | null | undefined> | null | undefined;
  /** Contains the specified list of values. */
  contains?: Array<string | null | undefined> | null | undefined;
  /** Not equal to the specified value, treating null like an ordinary value. */
  distinctFrom?: Array<string | null | undefined> | null | undefined;
  /** Equal to the specified value. */
  equalTo?: Array<string | null | undefined> | null | undefined;
  /** Greater than the specified value. */
  greaterThan?: Array<string | null | undefined> | null | undefined;
  /** Greater than or equal to the specified value. */
  greaterThanOrEqualTo?: Array<string | null | undefined> | null | undefined;
  /** Is null (if `true` is specified) or is not null (if `false` is specified). */
  isNull?: boolean | null | undefined;
  /** Less than the specified value. */
  lessThan?: Array<string | null | undefined> | null | undefined;
  /** Less than or equal to the specified value. */
  lessThanOrEqualTo?: Array<string | null | undefined> | null | undefined;
  /** Equal to the specified value, treating null like an ordinary value. */
  notDistinctFrom?: Array<string | null | undefined> | null | undefined;
  /** Not equal to the specified value. */
  notEqualTo?: Array<string | null | undefined> | null | undefined;
  /** Overlaps the specified list of values. */
  overlaps?: Array<string | null | undefined> | null | undefined;
};

/** A filter to be used against TransactionType fields. All fields are combined with a logical ‘and.’ */
export type TransactionTypeFilter = {
  /** Not equal to the specified value, treating null like an ordinary value. */
  distinctFrom?: string | null | undefined;
  /** Not equal to the specified value, treating null like an ordinary value (case-insensitive). */
  distinctFromInsensitive?: string | null | undefined;
  /** Ends with the specified string (case-sensitive). */
  endsWith?: string | null | undefined;
  /** Ends with the specified string (case-insensitive). */
  endsWithInsensitive?: string | null | undefined;
  /** Equal to the specified value. */
  equalTo?: string | null | undefined;
  /** Equal to the specified value (case-insensitive). */
  equalToInsensitive?: string | null | undefined;
  /** Greater than the specified value. */
  greaterThan?: string | null | undefined;
  /** Greater than the specified value (case-insensitive). */
  greaterThanInsensitive?: string | null | undefined;
  /** Greater than or equal to the specified value. */
  greaterThanOrEqualTo?: string | null | undefined;
  /** Greater than or equal to the specified value (case-insensitive). */
  greaterThanOrEqualToInsensitive?: string | null | undefined;
  /** Included in the specified list. */
  in?: Array<string> | null | undefined;
  /** Included in the specified list (case-insensitive). */
  inInsensitive?: Array<string> | null | undefined;
  /** Contains the specified string (case-sensitive). */
  includes?: string | null | undefined;
  /** Contains the specified string (case-insensitive). */
  includesInsensitive?: string | null | undefined;
  /** Is null (if `true` is specified) or is not null (if `false` is specified). */
  isNull?: boolean | null | undefined;
  /** Less than the specified value. */
  lessThan?: string | null | undefined;
  /** Less than the specified value (case-insensitive). */
  lessThanInsensitive?: string | null | undefined;
  /** Less than or equal to the specified value. */
  lessThanOrEqualTo?: string | null | undefined;
  /** Less than or equal to the specified value (case-insensitive). */
  lessThanOrEqualToInsensitive?: string | null | undefined;
  /** Matches the specified pattern (case-sensitive). An underscore (_) matches any single character; a percent sign (%) matches any sequence of zero or more characters. */
  like?: string | null | undefined;
  /** Matches the specified pattern (case-insensitive). An underscore (_) matches any single character; a percent sign (%) matches any sequence of zero or more characters. */
  likeInsensitive?: string | null | undefined;
  /** Equal to the specified value, treating null like an ordinary value. */
  notDistinctFrom?: string | null | undefined;
  /** Equal to the specified value, treating null like an ordinary value (case-insensitive). */
  notDistinctFromInsensitive?: string | null | undefined;
  /** Does not end with the specified string (case-sensitive). */
  notEndsWith?: string | null | undefined;
  /** Does not end with the specified string (case-insensitive). */
  notEndsWithInsensitive?: string | null | undefined;
  /** Not equal to the specified value. */
  notEqualTo?: string | null | undefined;
  /** Not equal to the specified value (case-insensitive). */
  notEqualToInsensitive?: string | null | undefined;
  /** Not included in the specified list. */
  notIn?: Array<string> | null | undefined;
  /** Not included in the specified list (case-insensitive). */
  notInInsensitive?: Array<string> | null | undefined;
  /** Does not contain the specified string (case-sensitive). */
  notIncludes?: string | null | undefined;
  /** Does not contain the specified string (case-insensitive). */
  notIncludesInsensitive?: string | null | undefined;
  /** Does not match the specified pattern (case-sensitive). An underscore (_) matches any single character; a percent sign (%) matches any sequence of zero or more characters. */
  notLike?: string | null | undefined;
  /** Does not match the specified pattern (case-insensitive). An underscore (_) matches any single character; a percent sign (%) matches any sequence of zero or more characters. */
  notLikeInsensitive?: string | null | undefined;
  /** Does not start with the specified string (case-sensitive). */
  notStartsWith?: string | null | undefined;
  /** Does not start with the specified string (case-insensitive). */
  notStartsWithInsensitive?: string | null | undefined;
  /** Starts with the specified string (case-sensitive). */
  startsWith?: string | null | undefined;
  /** Starts with the specified string (case-insensitive). */
  startsWithInsensitive?: string | null | undefined;
};

/** A filter to be used against UUID fields. All fields are combined with a logical ‘and.’ */
export type UuidFilter = {
  /** Not equal to the specified value, treating null like an ordinary value. */
  distinctFrom?: string | null | undefined;
  /** Equal to the specified value. */
  equalTo?: string | null | undefined;
  /** Greater than the specified value. */
  greaterThan?: string | null | undefined;
  /** Greater than or equal to the specified value. */
  greaterThanOrEqualTo?: string | null | undefined;
  /** Included in the specified list. */
  in?: Array<string> | null | undefined;
  /** Is null (if `true` is specified) or is not null (if `false` is specified). */
  isNull?: boolean | null | undefined;
  /** Less than the specified value. */
  lessThan?: string | null | undefined;
  /** Less than or equal to the specified value. */
  lessThanOrEqualTo?: string | null | undefined;
  /** Equal to the specified value, treating null like an ordinary value. */
  notDistinctFrom?: string | null | undefined;
  /** Not equal to the specified value. */
  notEqualTo?: string | null | undefined;
  /** Not included in the specified list. */
  notIn?: Array<string> | null | undefined;
};

export type AlertsQueryVariables = Exact<{
  open: boolean;
  offset: number;
}>;


export type AlertsQuery = { complianceAlerts: { totalCount: number, nodes: Array<{ alertId: string, rule: string, direction: string, gamingDay: string, amount: string, createdAt: string, resolvedAt: string | null, resolvedBy: string | null, resolution: string | null, resolvable: boolean | null, patronId: string, patron: { patronId: string, playerId: string | null, knownName: string | null, description: string | null, sex: string | null, apparentAge: string | null, height: string | null, build: string | null, hair: string | null, clothing: string | null, seat: string | null, player: { playerId: string, cardNo: string, firstName: string, lastName: string } | null } | null }> } | null };

export type AlertsLiveSubscriptionVariables = Exact<{
  open: boolean;
  offset: number;
}>;


export type AlertsLiveSubscription = { complianceChanged: { query: { complianceAlerts: { totalCount: number, nodes: Array<{ alertId: string, rule: string, direction: string, gamingDay: string, amount: string, createdAt: string, resolvedAt: string | null, resolvedBy: string | null, resolution: string | null, resolvable: boolean | null, patronId: string, patron: { patronId: string, playerId: string | null, knownName: string | null, description: string | null, sex: string | null, apparentAge: string | null, height: string | null, build: string | null, hair: string | null, clothing: string | null, seat: string | null, player: { playerId: string, cardNo: string, firstName: string, lastName: string } | null } | null }> } | null, me: { gamingDay: string | null } | null } } | null };

export type AlertQueueFragment = { complianceAlerts: { totalCount: number, nodes: Array<{ alertId: string, rule: string, direction: string, gamingDay: string, amount: string, createdAt: string, resolvedAt: string | null, resolvedBy: string | null, resolution: string | null, resolvable: boolean | null, patronId: string, patron: { patronId: string, playerId: string | null, knownName: string | null, description: string | null, sex: string | null, apparentAge: string | null, height: string | null, build: string | null, hair: string | null, clothing: string | null, seat: string | null, player: { playerId: string, cardNo: string, firstName: string, lastName: string } | null } | null }> } | null };

export type AlertFragment = { alertId: string, rule: string, direction: string, gamingDay: string, amount: string, createdAt: string, resolvedAt: string | null, resolvedBy: string | null, resolution: string | null, resolvable: boolean | null, patronId: string, patron: { patronId: string, playerId: string | null, knownName: string | null, description: string | null, sex: string | null, apparentAge: string | null, height: string | null, build: string | null, hair: string | null, clothing: string | null, seat: string | null, player: { playerId: string, cardNo: string, firstName: string, lastName: string } | null } | null };

export type ResolveAlertMutationVariables = Exact<{
  alertId: string;
  note: string;
}>;


export type ResolveAlertMutation = { resolveAlert: { alertResult: { replayed: boolean | null, complianceAlert: { alertId: string, rule: string, direction: string, gamingDay: string, amount: string, createdAt: string, resolvedAt: string | null, resolvedBy: string | null, resolution: string | null, resolvable: boolean | null, patronId: string, patron: { patronId: string, playerId: string | null, knownName: string | null, description: string | null, sex: string | null, apparentAge: string | null, height: string | null, build: string | null, hair: string | null, clothing: string | null, seat: string | null, player: { playerId: string, cardNo: string, firstName: string, lastName: string } | null } | null } | null } | null } | null };

export type ApprovalsQueryVariables = Exact<{
  filter: ApprovalFilter;
  orderBy: Array<ApprovalOrderBy> | ApprovalOrderBy;
  offset: number;
}>;


export type ApprovalsQuery = { approvals: { totalCount: number, nodes: Array<{ rewardRequestId: string, kind: string | null, playerId: string | null, playerName: string | null, cardNo: string | null, points: string | null, reason: string | null, status: string | null, requestedBy: string | null, decidable: boolean | null, requestedByName: string | null, requestedAt: string | null, expiresAt: string | null, decidedBy: string | null, decidedByName: string | null, decidedAt: string | null, decisionReason: string | null, entryNo: string | null, currentBalance: string | null, tier: string | null }> } | null };

export type ApprovalsLiveSubscriptionVariables = Exact<{
  filter: ApprovalFilter;
  orderBy: Array<ApprovalOrderBy> | ApprovalOrderBy;
  offset: number;
}>;


export type ApprovalsLiveSubscription = { pitBoardChanged: { query: { approvals: { totalCount: number, nodes: Array<{ rewardRequestId: string, kind: string | null, playerId: string | null, playerName: string | null, cardNo: string | null, points: string | null, reason: string | null, status: string | null, requestedBy: string | null, decidable: boolean | null, requestedByName: string | null, requestedAt: string | null, expiresAt: string | null, decidedBy: string | null, decidedByName: string | null, decidedAt: string | null, decisionReason: string | null, entryNo: string | null, currentBalance: string | null, tier: string | null }> } | null, me: { gamingDay: string | null } | null } } | null };

export type ApprovalQueueFragment = { approvals: { totalCount: number, nodes: Array<{ rewardRequestId: string, kind: string | null, playerId: string | null, playerName: string | null, cardNo: string | null, points: string | null, reason: string | null, status: string | null, requestedBy: string | null, decidable: boolean | null, requestedByName: string | null, requestedAt: string | null, expiresAt: string | null, decidedBy: string | null, decidedByName: string | null, decidedAt: string | null, decisionReason: string | null, entryNo: string | null, currentBalance: string | null, tier: string | null }> } | null };

export type ApprovalFragment = { rewardRequestId: string, kind: string | null, playerId: string | null, playerName: string | null, cardNo: string | null, points: string | null, reason: string | null, status: string | null, requestedBy: string | null, decidable: boolean | null, requestedByName: string | null, requestedAt: string | null, expiresAt: string | null, decidedBy: string | null, decidedByName: string | null, decidedAt: string | null, decisionReason: string | null, entryNo: string | null, currentBalance: string | null, tier: string | null };

export type ApproveRewardMutationVariables = Exact<{
  requestId: string;
}>;


export type ApproveRewardMutation = { approveReward: { ledgerResult: { replayed: boolean | null, currentBalance: string | null, tier: string | null, tierProgress: number | null, ledgerEntry: { playerId: string, entryNo: string, transactionType: string, pointsChange: string, balanceAfter: string, tierBefore: string, tierAfter: string, ratingSlipId: string | null, reversesEntryNo: string | null, reversedBy: string | null, reversible: boolean | null, reason: string | null, staffId: string | null, correlationId: string, occurredAt: string, player: { playerId: string, lastEntryNo: string, currentBalance: string, lifetimePoints: string, tier: string, tierProgress: number, nextTier: { tier: string | null, points: string | null } | null } | null } | null, rewardRequest: { rewardRequestId: string, points: string, status: string } | null } | null } | null };

export type DeclineRewardMutationVariables = Exact<{
  requestId: string;
  reason: string;
}>;


export type DeclineRewardMutation = { declineReward: { ledgerResult: { replayed: boolean | null, currentBalance: string | null, tier: string | null, tierProgress: number | null, ledgerEntry: { playerId: string, entryNo: string, transactionType: string, pointsChange: string, balanceAfter: string, tierBefore: string, tierAfter: string, ratingSlipId: string | null, reversesEntryNo: string | null, reversedBy: string | null, reversible: boolean | null, reason: string | null, staffId: string | null, correlationId: string, occurredAt: string, player: { playerId: string, lastEntryNo: string, currentBalance: string, lifetimePoints: string, tier: string, tierProgress: number, nextTier: { tier: string | null, points: string | null } | null } | null } | null, rewardRequest: { rewardRequestId: string, points: string, status: string } | null } | null } | null };

export type ComplianceDayQueryVariables = Exact<{
  gamingDay: string;
  filter: PatronDayFilter;
  orderBy: Array<PatronDayOrderBy> | PatronDayOrderBy;
  first: number;
  offset: number;
}>;


export type ComplianceDayQuery = { signOffStanding: string | null, patronDays: { totalCount: number, nodes: Array<{ patronId: string, gamingDay: string, playerId: string | null, cardNo: string | null, name: string | null, description: string | null, cashIn: string | null, cashOut: string | null, entriesIn: number | null, entriesOut: number | null, badgeIn: string | null, badgeOut: string | null, areas: Array<string | null> | null, caseId: string | null, caseState: string | null, dueOn: string | null, amendmentDue: boolean | null }> } | null, gamingDaySummary: { gamingDay: string, persons: number | null, cashIn: string | null, cashOut: string | null, reportable: number | null, near: number | null, watch: number | null, openAlerts: number | null } | null, gamingDaySignOff: { gamingDay: string, note: string | null, signedOffAt: string, signedOffBy: string } | null, blockingCases: { nodes: Array<{ caseId: string, name: string | null, description: string | null, gamingDay: string | null, state: string | null, unfiled: boolean | null, dueOn: string | null, daysLeft: number | null, overdue: boolean | null, amendmentDue: boolean | null }> } | null, casesToFile: { totalCount: number, nodes: Array<{ caseId: string, name: string | null, description: string | null, gamingDay: string | null, state: string | null, unfiled: boolean | null, dueOn: string | null, daysLeft: number | null, overdue: boolean | null, amendmentDue: boolean | null }> } | null };

export type ComplianceDayLiveSubscriptionVariables = Exact<{
  gamingDay: string;
  filter: PatronDayFilter;
  orderBy: Array<PatronDayOrderBy> | PatronDayOrderBy;
  first: number;
  offset: number;
}>;


export type ComplianceDayLiveSubscription = { complianceChanged: { query: { signOffStanding: string | null, patronDays: { totalCount: number, nodes: Array<{ patronId: string, gamingDay: string, playerId: string | null, cardNo: string | null, name: string | null, description: string | null, cashIn: string | null, cashOut: string | null, entriesIn: number | null, entriesOut: number | null, badgeIn: string | null, badgeOut: string | null, areas: Array<string | null> | null, caseId: string | null, caseState: string | null, dueOn: string | null, amendmentDue: boolean | null }> } | null, gamingDaySummary: { gamingDay: string, persons: number | null, cashIn: string | null, cashOut: string | null, reportable: number | null, near: number | null, watch: number | null, openAlerts: number | null } | null, gamingDaySignOff: { gamingDay: string, note: string | null, signedOffAt: string, signedOffBy: string } | null, blockingCases: { nodes: Array<{ caseId: string, name: string | null, description: string | null, gamingDay: string | null, state: string | null, unfiled: boolean | null, dueOn: string | null, daysLeft: number | null, overdue: boolean | null, amendmentDue: boolean | null }> } | null, casesToFile: { totalCount: number, nodes: Array<{ caseId: string, name: string | null, description: string | null, gamingDay: string | null, state: string | null, unfiled: boolean | null, dueOn: string | null, daysLeft: number | null, overdue: boolean | null, amendmentDue: boolean | null }> } | null, me: { gamingDay: string | null } | null } } | null };

export type ComplianceDayFragment = { signOffStanding: string | null, patronDays: { totalCount: number, nodes: Array<{ patronId: string, gamingDay: string, playerId: string | null, cardNo: string | null, name: string | null, description: string | null, cashIn: string | null, cashOut: string | null, entriesIn: number | null, entriesOut: number | null, badgeIn: string | null, badgeOut: string | null, areas: Array<string | null> | null, caseId: string | null, caseState: string | null, dueOn: string | null, amendmentDue: boolean | null }> } | null, gamingDaySummary: { gamingDay: string, persons: number | null, cashIn: string | null, cashOut: string | null, reportable: number | null, near: number | null, watch: number | null, openAlerts: number | null } | null, gamingDaySignOff: { gamingDay: string, note: string | null, signedOffAt: string, signedOffBy: string } | null, blockingCases: { nodes: Array<{ caseId: string, name: string | null, description: string | null, gamingDay: string | null, state: string | null, unfiled: boolean | null, dueOn: string | null, daysLeft: number | null, overdue: boolean | null, amendmentDue: boolean | null }> } | null, casesToFile: { totalCount: number, nodes: Array<{ caseId: string, name: string | null, description: string | null, gamingDay: string | null, state: string | null, unfiled: boolean | null, dueOn: string | null, daysLeft: number | null, overdue: boolean | null, amendmentDue: boolean | null }> } | null };

export type PatronDayRowFragment = { patronId: string, gamingDay: string, playerId: string | null, cardNo: string | null, name: string | null, description: string | null, cashIn: string | null, cashOut: string | null, entriesIn: number | null, entriesOut: number | null, badgeIn: string | null, badgeOut: string | null, areas: Array<string | null> | null, caseId: string | null, caseState: string | null, dueOn: string | null, amendmentDue: boolean | null };

export type DaySummaryFragment = { gamingDay: string, persons: number | null, cashIn: string | null, cashOut: string | null, reportable: number | null, near: number | null, watch: number | null, openAlerts: number | null };

export type DaySignOffFragment = { gamingDay: string, note: string | null, signedOffAt: string, signedOffBy: string };

export type CaseLineFragment = { caseId: string, name: string | null, description: string | null, gamingDay: string | null, state: string | null, unfiled: boolean | null, dueOn: string | null, daysLeft: number | null, overdue: boolean | null, amendmentDue: boolean | null };

export type DueNoticesQueryVariables = Exact<{
  caseIds: Array<string> | string;
}>;


export type DueNoticesQuery = { near: { nodes: Array<{ caseId: string, notice: string, createdAt: string }> } | null, overdue: { nodes: Array<{ caseId: string, notice: string, createdAt: string }> } | null };

export type DueNoticeFragment = { caseId: string, notice: string, createdAt: string };

export type PatronDaysPageQueryVariables = Exact<{
  filter: PatronDayFilter;
  orderBy: Array<PatronDayOrderBy> | PatronDayOrderBy;
  first: number;
  offset: number;
}>;


export type PatronDaysPageQuery = { patronDays: { nodes: Array<{ patronId: string, gamingDay: string, playerId: string | null, cardNo: string | null, name: string | null, description: string | null, cashIn: string | null, cashOut: string | null, entriesIn: number | null, entriesOut: number | null, badgeIn: string | null, badgeOut: string | null, areas: Array<string | null> | null, caseId: string | null, caseState: string | null, dueOn: string | null, amendmentDue: boolean | null }>, pageInfo: { hasNextPage: boolean } } | null };

export type PersonDayQueryVariables = Exact<{
  patronId: string;
  gamingDay: string;
}>;


export type PersonDayQuery = { patron: { patronId: string, playerId: string | null, knownName: string | null, description: string | null, sex: string | null, apparentAge: string | null, height: string | null, build: string | null, hair: string | null, clothing: string | null, seat: string | null, player: { playerId: string, cardNo: string, firstName: string, lastName: string } | null } | null, patronDay: { patronId: string, gamingDay: string, playerId: string | null, cardNo: string | null, name: string | null, description: string | null, cashIn: string | null, cashOut: string | null, entriesIn: number | null, entriesOut: number | null, badgeIn: string | null, badgeOut: string | null, areas: Array<string | null> | null, caseId: string | null, caseState: string | null, dueOn: string | null, amendmentDue: boolean | null } | null, mtlLogs: { totalCount: number, nodes: Array<{ entryId: string, correctable: boolean | null, patronId: string | null, personName: string | null, entryRole: string | null, correctsEntryId: string | null, isLive: boolean | null, direction: string | null, kind: string | null, kindLabel: string | null, area: string | null, tableLabel: string | null, windowNo: string | null, tender: string | null, amount: string | null, foreignCurrency: string | null, agentName: string | null, badge: string | null, reason: string | null, note: string | null, staffName: string | null, occurredAt: string | null, cashInBefore: string | null, cashInAfter: string | null, cashOutBefore: string | null, cashOutAfter: string | null }> } | null, linkedAs: { nodes: Array<{ linkId: string, playerPatronId: string }> } | null, links: { nodes: Array<{ linkId: string, unknownPatronId: string, playerPatronId: string, note: string | null, linkedBy: string, linkedAt: string, undoneAt: string | null, undoneBy: string | null, undoNote: string | null, unknownPatron: { patronId: string, playerId: string | null, knownName: string | null, description: string | null, sex: string | null, apparentAge: string | null, height: string | null, build: string | null, hair: string | null, clothing: string | null, seat: string | null, player: { playerId: string, cardNo: string, firstName: string, lastName: string } | null } | null }> } | null };

export type PersonDayLiveSubscriptionVariables = Exact<{
  patronId: string;
  gamingDay: string;
}>;


export type PersonDayLiveSubscription = { complianceChanged: { query: { patron: { patronId: string, playerId: string | null, knownName: string | null, description: string | null, sex: string | null, apparentAge: string | null, height: string | null, build: string | null, hair: string | null, clothing: string | null, seat: string | null, player: { playerId: string, cardNo: string, firstName: string, lastName: string } | null } | null, patronDay: { patronId: string, gamingDay: string, playerId: string | null, cardNo: string | null, name: string | null, description: string | null, cashIn: string | null, cashOut: string | null, entriesIn: number | null, entriesOut: number | null, badgeIn: string | null, badgeOut: string | null, areas: Array<string | null> | null, caseId: string | null, caseState: string | null, dueOn: string | null, amendmentDue: boolean | null } | null, mtlLogs: { totalCount: number, nodes: Array<{ entryId: string, correctable: boolean | null, patronId: string | null, personName: string | null, entryRole: string | null, correctsEntryId: string | null, isLive: boolean | null, direction: string | null, kind: string | null, kindLabel: string | null, area: string | null, tableLabel: string | null, windowNo: string | null, tender: string | null, amount: string | null, foreignCurrency: string | null, agentName: string | null, badge: string | null, reason: string | null, note: string | null, staffName: string | null, occurredAt: string | null, cashInBefore: string | null, cashInAfter: string | null, cashOutBefore: string | null, cashOutAfter: string | null }> } | null, linkedAs: { nodes: Array<{ linkId: string, playerPatronId: string }> } | null, links: { nodes: Array<{ linkId: string, unknownPatronId: string, playerPatronId: string, note: string | null, linkedBy: string, linkedAt: string, undoneAt: string | null, undoneBy: string | null, undoNote: string | null, unknownPatron: { patronId: string, playerId: string | null, knownName: string | null, description: string | null, sex: string | null, apparentAge: string | null, height: string | null, build: string | null, hair: string | null, clothing: string | null, seat: string | null, player: { playerId: string, cardNo: string, firstName: string, lastName: string } | null } | null }> } | null } } | null };

export type PersonDayFragment = { patron: { patronId: string, playerId: string | null, knownName: string | null, description: string | null, sex: string | null, apparentAge: string | null, height: string | null, build: string | null, hair: string | null, clothing: string | null, seat: string | null, player: { playerId: string, cardNo: string, firstName: string, lastName: string } | null } | null, patronDay: { patronId: string, gamingDay: string, playerId: string | null, cardNo: string | null, name: string | null, description: string | null, cashIn: string | null, cashOut: string | null, entriesIn: number | null, entriesOut: number | null, badgeIn: string | null, badgeOut: string | null, areas: Array<string | null> | null, caseId: string | null, caseState: string | null, dueOn: string | null, amendmentDue: boolean | null } | null, mtlLogs: { totalCount: number, nodes: Array<{ entryId: string, correctable: boolean | null, patronId: string | null, personName: string | null, entryRole: string | null, correctsEntryId: string | null, isLive: boolean | null, direction: string | null, kind: string | null, kindLabel: string | null, area: string | null, tableLabel: string | null, windowNo: string | null, tender: string | null, amount: string | null, foreignCurrency: string | null, agentName: string | null, badge: string | null, reason: string | null, note: string | null, staffName: string | null, occurredAt: string | null, cashInBefore: string | null, cashInAfter: string | null, cashOutBefore: string | null, cashOutAfter: string | null }> } | null, linkedAs: { nodes: Array<{ linkId: string, playerPatronId: string }> } | null, links: { nodes: Array<{ linkId: string, unknownPatronId: string, playerPatronId: string, note: string | null, linkedBy: string, linkedAt: string, undoneAt: string | null, undoneBy: string | null, undoNote: string | null, unknownPatron: { patronId: string, playerId: string | null, knownName: string | null, description: string | null, sex: string | null, apparentAge: string | null, height: string | null, build: string | null, hair: string | null, clothing: string | null, seat: string | null, player: { playerId: string, cardNo: string, firstName: string, lastName: string } | null } | null }> } | null };

export type LinksOfPersonFragment = { linkedAs: { nodes: Array<{ linkId: string, playerPatronId: string }> } | null, links: { nodes: Array<{ linkId: string, unknownPatronId: string, playerPatronId: string, note: string | null, linkedBy: string, linkedAt: string, undoneAt: string | null, undoneBy: string | null, undoNote: string | null, unknownPatron: { patronId: string, playerId: string | null, knownName: string | null, description: string | null, sex: string | null, apparentAge: string | null, height: string | null, build: string | null, hair: string | null, clothing: string | null, seat: string | null, player: { playerId: string, cardNo: string, firstName: string, lastName: string } | null } | null }> } | null };

export type PersonFragment = { patronId: string, playerId: string | null, knownName: string | null, description: string | null, sex: string | null, apparentAge: string | null, height: string | null, build: string | null, hair: string | null, clothing: string | null, seat: string | null, player: { playerId: string, cardNo: string, firstName: string, lastName: string } | null };

export type PatronLinkFragment = { linkId: string, unknownPatronId: string, playerPatronId: string, note: string | null, linkedBy: string, linkedAt: string, undoneAt: string | null, undoneBy: string | null, undoNote: string | null, unknownPatron: { patronId: string, playerId: string | null, knownName: string | null, description: string | null, sex: string | null, apparentAge: string | null, height: string | null, build: string | null, hair: string | null, clothing: string | null, seat: string | null, player: { playerId: string, cardNo: string, firstName: string, lastName: string } | null } | null };

export type SignOffGamingDayMutationVariables = Exact<{
  gamingDay: string;
  note?: string | null | undefined;
}>;


export type SignOffGamingDayMutation = { signOffGamingDay: { signOffResult: { replayed: boolean | null, gamingDaySignOff: { gamingDay: string, note: string | null, signedOffAt: string, signedOffBy: string } | null } | null } | null };

export type IdentifyPatronMutationVariables = Exact<{
  patronId: string;
  playerId: string;
  note?: string | null | undefined;
  idempotencyKey: string;
}>;


export type IdentifyPatronMutation = { identifyPatron: { identificationResult: { replayed: boolean | null, patronLink: { linkId: string, unknownPatronId: string, playerPatronId: string, note: string | null, linkedBy: string, linkedAt: string, undoneAt: string | null, undoneBy: string | null, undoNote: string | null, unknownPatron: { patronId: string, playerId: string | null, knownName: string | null, description: string | null, sex: string | null, apparentAge: string | null, height: string | null, build: string | null, hair: string | null, clothing: string | null, seat: string | null, player: { playerId: string, cardNo: string, firstName: string, lastName: string } | null } | null } | null } | null } | null };

export type UndoIdentificationMutationVariables = Exact<{
  patronId: string;
  note: string;
  idempotencyKey: string;
}>;


export type UndoIdentificationMutation = { undoIdentification: { identificationResult: { replayed: boolean | null, patronLink: { linkId: string, unknownPatronId: string, playerPatronId: string, note: string | null, linkedBy: string, linkedAt: string, undoneAt: string | null, undoneBy: string | null, undoNote: string | null, unknownPatron: { patronId: string, playerId: string | null, knownName: string | null, description: string | null, sex: string | null, apparentAge: string | null, height: string | null, build: string | null, hair: string | null, clothing: string | null, seat: string | null, player: { playerId: string, cardNo: string, firstName: string, lastName: string } | null } | null } | null } | null } | null };

export type MtlAreasQueryVariables = Exact<{ [key: string]: never; }>;


export type MtlAreasQuery = { mtlAreas: { nodes: Array<{ area: string, label: string, sortNo: number }> } | null };

export type DaysToFileQueryVariables = Exact<{
  gamingDay: string;
}>;


export type DaysToFileQuery = { daysToFile: { firstDay: string | null, lastDay: string | null } | null };

export type CaseQueryVariables = Exact<{
  caseId: string;
}>;


export type CaseQuery = { ctrCaseSummary: { caseId: string, patronId: string | null, playerId: string | null, cardNo: string | null, name: string | null, description: string | null, gamingDay: string | null, cashIn: string | null, cashOut: string | null, state: string | null, closedReason: string | null, dueOn: string | null, daysLeft: number | null, overdue: boolean | null, amendmentDue: boolean | null, nextVersion: number | null, unfiled: boolean | null, exported: boolean | null, filedAt: string | null, filedBy: string | null, filedCashIn: string | null, filedCashOut: string | null, bsaId: string | null, mergedIntoCaseId: string | null, openedAt: string | null, preparable: boolean | null, exportable: boolean | null, fileable: boolean | null, acknowledgeable: boolean | null } | null, ctrFilings: { nodes: Array<{ caseId: string, version: number, cashIn: string, cashOut: string, amendsBsaId: string | null, filedAt: string, filedBy: string }> } | null, mtlAuditNotes: { nodes: Array<{ noteId: string, note: string, staffId: string, createdAt: string }> } | null };

export type CaseLiveSubscriptionVariables = Exact<{
  caseId: string;
}>;


export type CaseLiveSubscription = { complianceChanged: { query: { ctrCaseSummary: { caseId: string, patronId: string | null, playerId: string | null, cardNo: string | null, name: string | null, description: string | null, gamingDay: string | null, cashIn: string | null, cashOut: string | null, state: string | null, closedReason: string | null, dueOn: string | null, daysLeft: number | null, overdue: boolean | null, amendmentDue: boolean | null, nextVersion: number | null, unfiled: boolean | null, exported: boolean | null, filedAt: string | null, filedBy: string | null, filedCashIn: string | null, filedCashOut: string | null, bsaId: string | null, mergedIntoCaseId: string | null, openedAt: string | null, preparable: boolean | null, exportable: boolean | null, fileable: boolean | null, acknowledgeable: boolean | null } | null, ctrFilings: { nodes: Array<{ caseId: string, version: number, cashIn: string, cashOut: string, amendsBsaId: string | null, filedAt: string, filedBy: string }> } | null, mtlAuditNotes: { nodes: Array<{ noteId: string, note: string, staffId: string, createdAt: string }> } | null } } | null };

export type CasePageFragment = { ctrCaseSummary: { caseId: string, patronId: string | null, playerId: string | null, cardNo: string | null, name: string | null, description: string | null, gamingDay: string | null, cashIn: string | null, cashOut: string | null, state: string | null, closedReason: string | null, dueOn: string | null, daysLeft: number | null, overdue: boolean | null, amendmentDue: boolean | null, nextVersion: number | null, unfiled: boolean | null, exported: boolean | null, filedAt: string | null, filedBy: string | null, filedCashIn: string | null, filedCashOut: string | null, bsaId: string | null, mergedIntoCaseId: string | null, openedAt: string | null, preparable: boolean | null, exportable: boolean | null, fileable: boolean | null, acknowledgeable: boolean | null } | null, ctrFilings: { nodes: Array<{ caseId: string, version: number, cashIn: string, cashOut: string, amendsBsaId: string | null, filedAt: string, filedBy: string }> } | null, mtlAuditNotes: { nodes: Array<{ noteId: string, note: string, staffId: string, createdAt: string }> } | null };

export type CaseFragment = { caseId: string, patronId: string | null, playerId: string | null, cardNo: string | null, name: string | null, description: string | null, gamingDay: string | null, cashIn: string | null, cashOut: string | null, state: string | null, closedReason: string | null, dueOn: string | null, daysLeft: number | null, overdue: boolean | null, amendmentDue: boolean | null, nextVersion: number | null, unfiled: boolean | null, exported: boolean | null, filedAt: string | null, filedBy: string | null, filedCashIn: string | null, filedCashOut: string | null, bsaId: string | null, mergedIntoCaseId: string | null, openedAt: string | null, preparable: boolean | null, exportable: boolean | null, fileable: boolean | null, acknowledgeable: boolean | null };

export type FilingFragment = { caseId: string, version: number, cashIn: string, cashOut: string, amendsBsaId: string | null, filedAt: string, filedBy: string };

export type CaseNoteFragment = { noteId: string, note: string, staffId: string, createdAt: string };

export type TimelineEntryFragment = { entryId: string, correctable: boolean | null, patronId: string | null, personName: string | null, entryRole: string | null, correctsEntryId: string | null, isLive: boolean | null, direction: string | null, kind: string | null, kindLabel: string | null, area: string | null, tableLabel: string | null, windowNo: string | null, tender: string | null, amount: string | null, foreignCurrency: string | null, agentName: string | null, badge: string | null, reason: string | null, note: string | null, staffName: string | null, occurredAt: string | null, cashInBefore: string | null, cashInAfter: string | null, cashOutBefore: string | null, cashOutAfter: string | null };

export type IdentificationQueryVariables = Exact<{
  patronId: string;
}>;


export type IdentificationQuery = { identification: { patronId: string | null, version: number | null, lastName: string | null, firstName: string | null, middleName: string | null, suffix: string | null, gender: string | null, birthDate: string | null, occupation: string | null, street: string | null, city: string | null, state: string | null, postalCode: string | null, country: string | null, taxpayerKind: string | null, taxpayerNumber: string | null, taxpayerUnknown: boolean | null, idType: string | null, idTypeOther: string | null, idNumber: string | null, idState: string | null, idCountry: string | null, missing: Array<string | null> | null, savedBy: string | null, savedAt: string | null } | null };

export type IdentifiedPersonFragment = { patronId: string | null, version: number | null, lastName: string | null, firstName: string | null, middleName: string | null, suffix: string | null, gender: string | null, birthDate: string | null, occupation: string | null, street: string | null, city: string | null, state: string | null, postalCode: string | null, country: string | null, taxpayerKind: string | null, taxpayerNumber: string | null, taxpayerUnknown: boolean | null, idType: string | null, idTypeOther: string | null, idNumber: string | null, idState: string | null, idCountry: string | null, missing: Array<string | null> | null, savedBy: string | null, savedAt: string | null };

export type SaveIdentificationMutationVariables = Exact<{
  patronId: string;
  idempotencyKey: string;
  lastName?: string | null | undefined;
  firstName?: string | null | undefined;
  middleName?: string | null | undefined;
  suffix?: string | null | undefined;
  gender?: string | null | undefined;
  birthDate?: string | null | undefined;
  occupation?: string | null | undefined;
  street?: string | null | undefined;
  city?: string | null | undefined;
  state?: string | null | undefined;
  postalCode?: string | null | undefined;
  country?: string | null | undefined;
  taxpayerKind?: string | null | undefined;
  taxpayerNumber?: string | null | undefined;
  taxpayerUnknown?: boolean | null | undefined;
  idType?: string | null | undefined;
  idTypeOther?: string | null | undefined;
  idNumber?: string | null | undefined;
  idState?: string | null | undefined;
  idCountry?: string | null | undefined;
}>;


export type SaveIdentificationMutation = { saveIdentification: { savedIdentification: { patronId: string | null, version: number | null, missing: Array<string | null> | null, replayed: boolean | null } | null } | null };

export type AddAuditNoteMutationVariables = Exact<{
  caseId: string;
  note: string;
  idempotencyKey: string;
}>;


export type AddAuditNoteMutation = { addAuditNote: { auditNoteResult: { replayed: boolean | null, mtlAuditNote: { noteId: string, note: string, staffId: string, createdAt: string } | null } | null } | null };

export type PrepareCtrMutationVariables = Exact<{
  caseId: string;
}>;


export type PrepareCtrMutation = { prepareCtr: { ctrCaseResult: { replayed: boolean | null, ctrCase: { caseId: string, state: string, amendmentDue: boolean, bsaId: string | null } | null } | null } | null };

export type FileCtrMutationVariables = Exact<{
  caseId: string;
  version: number;
}>;


export type FileCtrMutation = { fileCtr: { ctrCaseResult: { replayed: boolean | null, ctrCase: { caseId: string, state: string, amendmentDue: boolean, bsaId: string | null } | null } | null } | null };

export type AcknowledgeCtrMutationVariables = Exact<{
  caseId: string;
  bsaId: string;
}>;


export type AcknowledgeCtrMutation = { acknowledgeCtr: { ctrCaseResult: { replayed: boolean | null, ctrCase: { caseId: string, state: string, amendmentDue: boolean, bsaId: string | null } | null } | null } | null };

export type CaseStepFragment = { replayed: boolean | null, ctrCase: { caseId: string, state: string, amendmentDue: boolean, bsaId: string | null } | null };

export type LiabilityQueryVariables = Exact<{
  firstDay?: string | null | undefined;
  lastDay?: string | null | undefined;
}>;


export type LiabilityQuery = { liabilitySummary: { gamingDay: string | null, players: number | null, points: string | null, costPerPoint: string | null, breakageRate: string | null, pointsValidDays: number | null, cost: string | null, breakage: string | null, expectedCost: string | null, expiringPoints: string | null, ties: boolean | null } | null, liability: { nodes: Array<{ tier: string | null, tierRank: number | null, ageFromDays: number | null, ageToDays: number | null, players: number | null, points: string | null, cost: string | null, breakage: string | null, expectedCost: string | null }> } | null, liabilityRollForward: { nodes: Array<{ gamingDay: string | null, opening: string | null, earned: string | null, earnedByPlay: string | null, earnedAsReward: string | null, earnedInPromotions: string | null, redeemed: string | null, expired: string | null, adjusted: string | null, ofItReversals: string | null, closing: string | null }> } | null };

export type LiabilityLineFragment = { tier: string | null, tierRank: number | null, ageFromDays: number | null, ageToDays: number | null, players: number | null, points: string | null, cost: string | null, breakage: string | null, expectedCost: string | null };

export type LiabilityDayFragment = { gamingDay: string | null, opening: string | null, earned: string | null, earnedByPlay: string | null, earnedAsReward: string | null, earnedInPromotions: string | null, redeemed: string | null, expired: string | null, adjusted: string | null, ofItReversals: string | null, closing: string | null };

export type ExpiryNoticesQueryVariables = Exact<{
  first: number;
  offset: number;
}>;


export type ExpiryNoticesQuery = { expiryNotices: { totalCount: number, nodes: Array<{ playerId: string | null, playerName: string | null, cardNo: string | null, tier: string | null, currentBalance: string | null, expiresOn: string | null, points: string | null }>, pageInfo: { hasNextPage: boolean } } | null };

export type CashDeskQueryVariables = Exact<{ [key: string]: never; }>;


export type CashDeskQuery = { mtlKinds: { nodes: Array<{ kind: string, label: string, direction: string, needsNote: boolean, sortNo: number }> } | null, mtlAreas: { nodes: Array<{ area: string, label: string, sortNo: number }> } | null, mtlTenders: { nodes: Array<{ tender: string, label: string, sortNo: number }> } | null, gamingTables: { nodes: Array<{ tableId: string, label: string, active: boolean }> } | null };

export type CashKindFragment = { kind: string, label: string, direction: string, needsNote: boolean, sortNo: number };

export type CashAreaFragment = { area: string, label: string, sortNo: number };

export type CashTenderFragment = { tender: string, label: string, sortNo: number };

export type FindPatronsQueryVariables = Exact<{
  search: string;
}>;


export type FindPatronsQuery = { findPatrons: { nodes: Array<{ patronId: string | null, playerId: string | null, cardNo: string | null, name: string | null, birthDate: string | null, description: string | null, describedAt: string | null, identifiedAs: string | null }> } | null };

export type FoundPatronFragment = { patronId: string | null, playerId: string | null, cardNo: string | null, name: string | null, birthDate: string | null, description: string | null, describedAt: string | null, identifiedAs: string | null };

export type CashPlayerQueryVariables = Exact<{
  playerId: string;
}>;


export type CashPlayerQuery = { player: { playerId: string, cardNo: string, firstName: string, lastName: string, birthDate: string | null } | null };

export type DescribePatronMutationVariables = Exact<{
  description?: string | null | undefined;
  knownName?: string | null | undefined;
  sex?: string | null | undefined;
  apparentAge?: string | null | undefined;
  height?: string | null | undefined;
  build?: string | null | undefined;
  hair?: string | null | undefined;
  clothing?: string | null | undefined;
  seat?: string | null | undefined;
  idempotencyKey: string;
}>;


export type DescribePatronMutation = { describePatron: { patronResult: { replayed: boolean | null, patron: { patronId: string, knownName: string | null, description: string | null, sex: string | null, apparentAge: string | null, height: string | null, build: string | null, hair: string | null, clothing: string | null, seat: string | null } | null } | null } | null };

export type DescribedPatronFragment = { patronId: string, knownName: string | null, description: string | null, sex: string | null, apparentAge: string | null, height: string | null, build: string | null, hair: string | null, clothing: string | null, seat: string | null };

export type RecordMtlEntryMutationVariables = Exact<{
  patronId?: string | null | undefined;
  playerId?: string | null | undefined;
  direction: string;
  kind: string;
  area: string;
  tender: string;
  amount: string;
  idempotencyKey: string;
  occurredAt?: string | null | undefined;
  tableId?: string | null | undefined;
  windowNo?: string | null | undefined;
  agentForPlayerId?: string | null | undefined;
  foreignCurrency?: string | null | undefined;
  note?: string | null | undefined;
  confirmDuplicate?: boolean | null | undefined;
}>;


export type RecordMtlEntryMutation = { recordMtlEntry: { mtlResult: { replayed: boolean | null, identificationNeeded: boolean | null, recordedAmount: string | null, mtlEntry: { entryId: string, patronId: string, direction: string, kind: string, tender: string, amount: string, gamingDay: string, occurredAt: string, correlationId: string } | null } | null } | null };

export type LeavesTableMutationVariables = Exact<{
  patronId?: string | null | undefined;
  playerId?: string | null | undefined;
  tableId: string;
  occurredAt?: string | null | undefined;
  idempotencyKey: string;
}>;


export type LeavesTableMutation = { leavesTable: { departureResult: { endedAmount: string | null, replayed: boolean | null } | null } | null };

export type RecordedCashFragment = { replayed: boolean | null, identificationNeeded: boolean | null, recordedAmount: string | null, mtlEntry: { entryId: string, patronId: string, direction: string, kind: string, tender: string, amount: string, gamingDay: string, occurredAt: string, correlationId: string } | null };

export type WrittenEntryFragment = { entryId: string, patronId: string, direction: string, kind: string, tender: string, amount: string, gamingDay: string, occurredAt: string, correlationId: string };

export type GamingDayLiveSubscriptionVariables = Exact<{ [key: string]: never; }>;


export type GamingDayLiveSubscription = { pitBoardChanged: { query: { me: { gamingDay: string | null } | null } } | null };

export type MtlLogDayQueryVariables = Exact<{
  filter: MtlLogFilter;
  first: number;
  offset: number;
}>;


export type MtlLogDayQuery = { mtlLogs: { totalCount: number, nodes: Array<{ entryId: string, personId: string | null, personName: string | null, cardNo: string | null, description: string | null, agentName: string | null, entryRole: string | null, correctionNo: number | null, isLive: boolean | null, correctable: boolean | null, direction: string | null, kind: string | null, kindLabel: string | null, area: string | null, tableLabel: string | null, windowNo: string | null, tender: string | null, amount: string | null, foreignCurrency: string | null, badge: string | null, cashInBefore: string | null, cashInAfter: string | null, cashOutBefore: string | null, cashOutAfter: string | null, staffId: string | null, staffName: string | null, reason: string | null, note: string | null, gamingDay: string | null, occurredAt: string | null, createdAt: string | null, correlationId: string | null }> } | null };

export type MtlLogLiveSubscriptionVariables = Exact<{
  filter: MtlLogFilter;
  first: number;
  offset: number;
}>;


export type MtlLogLiveSubscription = { complianceChanged: { query: { mtlLogs: { totalCount: number, nodes: Array<{ entryId: string, personId: string | null, personName: string | null, cardNo: string | null, description: string | null, agentName: string | null, entryRole: string | null, correctionNo: number | null, isLive: boolean | null, correctable: boolean | null, direction: string | null, kind: string | null, kindLabel: string | null, area: string | null, tableLabel: string | null, windowNo: string | null, tender: string | null, amount: string | null, foreignCurrency: string | null, badge: string | null, cashInBefore: string | null, cashInAfter: string | null, cashOutBefore: string | null, cashOutAfter: string | null, staffId: string | null, staffName: string | null, reason: string | null, note: string | null, gamingDay: string | null, occurredAt: string | null, createdAt: string | null, correlationId: string | null }> } | null, me: { gamingDay: string | null } | null } } | null };

export type MtlLogPageQueryVariables = Exact<{
  filter: MtlLogFilter;
  first: number;
  offset: number;
}>;


export type MtlLogPageQuery = { mtlLogs: { nodes: Array<{ entryId: string, personId: string | null, personName: string | null, cardNo: string | null, description: string | null, agentName: string | null, entryRole: string | null, correctionNo: number | null, isLive: boolean | null, correctable: boolean | null, direction: string | null, kind: string | null, kindLabel: string | null, area: string | null, tableLabel: string | null, windowNo: string | null, tender: string | null, amount: string | null, foreignCurrency: string | null, badge: string | null, cashInBefore: string | null, cashInAfter: string | null, cashOutBefore: string | null, cashOutAfter: string | null, staffId: string | null, staffName: string | null, reason: string | null, note: string | null, gamingDay: string | null, occurredAt: string | null, createdAt: string | null, correlationId: string | null }>, pageInfo: { hasNextPage: boolean } } | null };

export type LogOfDayFragment = { mtlLogs: { totalCount: number, nodes: Array<{ entryId: string, personId: string | null, personName: string | null, cardNo: string | null, description: string | null, agentName: string | null, entryRole: string | null, correctionNo: number | null, isLive: boolean | null, correctable: boolean | null, direction: string | null, kind: string | null, kindLabel: string | null, area: string | null, tableLabel: string | null, windowNo: string | null, tender: string | null, amount: string | null, foreignCurrency: string | null, badge: string | null, cashInBefore: string | null, cashInAfter: string | null, cashOutBefore: string | null, cashOutAfter: string | null, staffId: string | null, staffName: string | null, reason: string | null, note: string | null, gamingDay: string | null, occurredAt: string | null, createdAt: string | null, correlationId: string | null }> } | null };

export type LoggedEntryFragment = { entryId: string, personId: string | null, personName: string | null, cardNo: string | null, description: string | null, agentName: string | null, entryRole: string | null, correctionNo: number | null, isLive: boolean | null, correctable: boolean | null, direction: string | null, kind: string | null, kindLabel: string | null, area: string | null, tableLabel: string | null, windowNo: string | null, tender: string | null, amount: string | null, foreignCurrency: string | null, badge: string | null, cashInBefore: string | null, cashInAfter: string | null, cashOutBefore: string | null, cashOutAfter: string | null, staffId: string | null, staffName: string | null, reason: string | null, note: string | null, gamingDay: string | null, occurredAt: string | null, createdAt: string | null, correlationId: string | null };

export type MtlLogEntryQueryVariables = Exact<{
  entryId: string;
}>;


export type MtlLogEntryQuery = { mtlEntry: { entryId: string, correctsEntryId: string | null } | null };

export type MtlLogChainQueryVariables = Exact<{
  originalId: string;
}>;


export type MtlLogChainQuery = { mtlLogs: { nodes: Array<{ entryId: string, personId: string | null, personName: string | null, cardNo: string | null, description: string | null, agentName: string | null, entryRole: string | null, correctionNo: number | null, isLive: boolean | null, correctable: boolean | null, direction: string | null, kind: string | null, kindLabel: string | null, area: string | null, tableLabel: string | null, windowNo: string | null, tender: string | null, amount: string | null, foreignCurrency: string | null, badge: string | null, cashInBefore: string | null, cashInAfter: string | null, cashOutBefore: string | null, cashOutAfter: string | null, staffId: string | null, staffName: string | null, reason: string | null, note: string | null, gamingDay: string | null, occurredAt: string | null, createdAt: string | null, correlationId: string | null }> } | null, mtlEntry: { entryId: string, mtlEntriesByCorrectsEntryId: { nodes: Array<{ entryId: string, mtlAuditNotes: { nodes: Array<{ noteId: string, note: string, staffId: string, createdAt: string }> } }> }, mtlAuditNotes: { nodes: Array<{ noteId: string, note: string, staffId: string, createdAt: string }> } } | null };

export type MtlLogChainLiveSubscriptionVariables = Exact<{
  originalId: string;
}>;


export type MtlLogChainLiveSubscription = { complianceChanged: { query: { mtlLogs: { nodes: Array<{ entryId: string, personId: string | null, personName: string | null, cardNo: string | null, description: string | null, agentName: string | null, entryRole: string | null, correctionNo: number | null, isLive: boolean | null, correctable: boolean | null, direction: string | null, kind: string | null, kindLabel: string | null, area: string | null, tableLabel: string | null, windowNo: string | null, tender: string | null, amount: string | null, foreignCurrency: string | null, badge: string | null, cashInBefore: string | null, cashInAfter: string | null, cashOutBefore: string | null, cashOutAfter: string | null, staffId: string | null, staffName: string | null, reason: string | null, note: string | null, gamingDay: string | null, occurredAt: string | null, createdAt: string | null, correlationId: string | null }> } | null, mtlEntry: { entryId: string, mtlEntriesByCorrectsEntryId: { nodes: Array<{ entryId: string, mtlAuditNotes: { nodes: Array<{ noteId: string, note: string, staffId: string, createdAt: string }> } }> }, mtlAuditNotes: { nodes: Array<{ noteId: string, note: string, staffId: string, createdAt: string }> } } | null } } | null };

export type EntryChainFragment = { mtlLogs: { nodes: Array<{ entryId: string, personId: string | null, personName: string | null, cardNo: string | null, description: string | null, agentName: string | null, entryRole: string | null, correctionNo: number | null, isLive: boolean | null, correctable: boolean | null, direction: string | null, kind: string | null, kindLabel: string | null, area: string | null, tableLabel: string | null, windowNo: string | null, tender: string | null, amount: string | null, foreignCurrency: string | null, badge: string | null, cashInBefore: string | null, cashInAfter: string | null, cashOutBefore: string | null, cashOutAfter: string | null, staffId: string | null, staffName: string | null, reason: string | null, note: string | null, gamingDay: string | null, occurredAt: string | null, createdAt: string | null, correlationId: string | null }> } | null, mtlEntry: { entryId: string, mtlEntriesByCorrectsEntryId: { nodes: Array<{ entryId: string, mtlAuditNotes: { nodes: Array<{ noteId: string, note: string, staffId: string, createdAt: string }> } }> }, mtlAuditNotes: { nodes: Array<{ noteId: string, note: string, staffId: string, createdAt: string }> } } | null };

export type NotedEntryFragment = { entryId: string, mtlAuditNotes: { nodes: Array<{ noteId: string, note: string, staffId: string, createdAt: string }> } };

export type EntryNoteFragment = { noteId: string, note: string, staffId: string, createdAt: string };

export type AddEntryNoteMutationVariables = Exact<{
  entryId: string;
  note: string;
  idempotencyKey: string;
}>;


export type AddEntryNoteMutation = { addAuditNote: { auditNoteResult: { replayed: boolean | null, mtlAuditNote: { noteId: string, note: string, staffId: string, createdAt: string } | null } | null } | null };

export type CorrectMtlEntryMutationVariables = Exact<{
  entryId: string;
  amount: string;
  reason: string;
  idempotencyKey: string;
}>;


export type CorrectMtlEntryMutation = { correctMtlEntry: { correctionResult: { replayed: boolean | null, identificationNeeded: boolean | null, offsetEntry: { entryId: string, patronId: string, direction: string, kind: string, tender: string, amount: string, gamingDay: string, occurredAt: string, correlationId: string } | null, mtlEntry: { entryId: string, patronId: string, direction: string, kind: string, tender: string, amount: string, gamingDay: string, occurredAt: string, correlationId: string } | null } | null } | null };

export type CorrectedCashFragment = { replayed: boolean | null, identificationNeeded: boolean | null, offsetEntry: { entryId: string, patronId: string, direction: string, kind: string, tender: string, amount: string, gamingDay: string, occurredAt: string, correlationId: string } | null, mtlEntry: { entryId: string, patronId: string, direction: string, kind: string, tender: string, amount: string, gamingDay: string, occurredAt: string, correlationId: string } | null };

export type ReconciliationRunsQueryVariables = Exact<{
  offset: number;
  atLeast: number;
}>;


export type ReconciliationRunsQuery = { reconciliationRuns: { totalCount: number, nodes: Array<{ reconciliationRunId: string, startedAt: string, finishedAt: string, cause: string, staffId: string | null, players: string, entries: string, cashEntries: string, driftFound: number, correlationId: string }> } | null };

export type RunLineFragment = { reconciliationRunId: string, startedAt: string, finishedAt: string, cause: string, staffId: string | null, players: string, entries: string, cashEntries: string, driftFound: number, correlationId: string };

export type DriftQueryVariables = Exact<{
  reconciliationRunId: string;
  offset: number;
}>;


export type DriftQuery = { reconciliationDrifts: { totalCount: number, nodes: Array<{ reconciliationRunId: string, driftNo: number, subject: string, playerId: string | null, patronId: string | null, gamingDay: string | null, entryNo: string | null, entryId: string | null, what: string, expected: string | null, actual: string | null }> } | null };

export type ReconcileMutationVariables = Exact<{ [key: string]: never; }>;


export type ReconcileMutation = { reconcile: { reconciliationResult: { driftFound: number | null, reconciliationRun: { reconciliationRunId: string, startedAt: string, finishedAt: string, cause: string, staffId: string | null, players: string, entries: string, cashEntries: string, driftFound: number, correlationId: string } | null } | null } | null };

export type RebuildLoyaltyMutationVariables = Exact<{
  dryRun: boolean;
}>;


export type RebuildLoyaltyMutation = { rebuildLoyalty: { loyaltyRebuild: { dryRun: boolean | null, players: number | null, differences: Array<{ playerId: string | null, entryNo: string | null, what: string | null, expected: string | null, actual: string | null } | null> | null } | null } | null };

export type RebuildTotalsMutationVariables = Exact<{
  dryRun: boolean;
}>;


export type RebuildTotalsMutation = { rebuildTotals: { totalsRebuild: { dryRun: boolean | null, days: number | null, differences: Array<{ playerId: string | null, patronId: string | null, gamingDay: string | null, entryId: string | null, what: string | null, expected: string | null, actual: string | null } | null> | null } | null } | null };

export type JobsQueryVariables = Exact<{ [key: string]: never; }>;


export type JobsQuery = { jobs: { totalCount: number, nodes: Array<{ retryable: boolean | null, jobId: string | null, task: string | null, state: string | null, attempts: number | null, maxAttempts: number | null, queuedAt: string | null, runAt: string | null, lastError: string | null, correlationId: string | null }> } | null };

export type JobLineFragment = { retryable: boolean | null, jobId: string | null, task: string | null, state: string | null, attempts: number | null, maxAttempts: number | null, queuedAt: string | null, runAt: string | null, lastError: string | null, correlationId: string | null };

export type RetryJobMutationVariables = Exact<{
  jobId: string;
  idempotencyKey: string;
}>;


export type RetryJobMutation = { retryJob: { retriedJob: { jobId: string | null, replayed: boolean | null } | null } | null };

export type ImportsQueryVariables = Exact<{
  offset: number;
}>;


export type ImportsQuery = { importBatches: { totalCount: number, nodes: Array<{ retryable: boolean | null, undoable: boolean | null, importBatchId: string, folder: string, state: string, createdAt: string, stagedAt: string | null, finishedAt: string | null, undoneAt: string | null, playersEnrolled: number, rowsToPost: string, postedThrough: string, posted: string, replayed: string, skipped: string, undone: string, playersLeft: string, undoReason: string | null, correlationId: string }> } | null };

export type ImportLineFragment = { retryable: boolean | null, undoable: boolean | null, importBatchId: string, folder: string, state: string, createdAt: string, stagedAt: string | null, finishedAt: string | null, undoneAt: string | null, playersEnrolled: number, rowsToPost: string, postedThrough: string, posted: string, replayed: string, skipped: string, undone: string, playersLeft: string, undoReason: string | null, correlationId: string };

export type QuarantineQueryVariables = Exact<{
  importBatchId: string;
  offset: number;
}>;


export type QuarantineQuery = { quarantinedRows: { totalCount: number, nodes: Array<{ importQuarantineId: string | null, file: string | null, rowNo: number | null, legacyId: string | null, reason: string | null, raw: string | null, content: unknown, retries: number | null }> } | null, importMismatches: { totalCount: number, nodes: Array<{ cardNo: string | null, claimed: string | null, imported: string | null, difference: string | null }> } | null };

export type QuarantineLineFragment = { importQuarantineId: string | null, file: string | null, rowNo: number | null, legacyId: string | null, reason: string | null, raw: string | null, content: unknown, retries: number | null };

export type RetryImportRowMutationVariables = Exact<{
  importQuarantineId: string;
  correction?: unknown;
  note?: string | null | undefined;
}>;


export type RetryImportRowMutation = { retryImportRow: { importRetry: { importQuarantineId: string, retryNo: number, outcome: string, reason: string | null } | null } | null };

export type RetryImportMutationVariables = Exact<{
  importBatchId: string;
}>;


export type RetryImportMutation = { retryImport: { importBatch: { retryable: boolean | null, undoable: boolean | null, importBatchId: string, folder: string, state: string, createdAt: string, stagedAt: string | null, finishedAt: string | null, undoneAt: string | null, playersEnrolled: number, rowsToPost: string, postedThrough: string, posted: string, replayed: string, skipped: string, undone: string, playersLeft: string, undoReason: string | null, correlationId: string } | null } | null };

export type RollBackImportMutationVariables = Exact<{
  importBatchId: string;
  reason: string;
}>;


export type RollBackImportMutation = { rollBackImport: { importBatch: { retryable: boolean | null, undoable: boolean | null, importBatchId: string, folder: string, state: string, createdAt: string, stagedAt: string | null, finishedAt: string | null, undoneAt: string | null, playersEnrolled: number, rowsToPost: string, postedThrough: string, posted: string, replayed: string, skipped: string, undone: string, playersLeft: string, undoReason: string | null, correlationId: string } | null } | null };

export type SearchAuditLogQueryVariables = Exact<{
  correlationId?: string | null | undefined;
  personId?: string | null | undefined;
  playerId?: string | null | undefined;
  action?: string | null | undefined;
  since?: string | null | undefined;
  until?: string | null | undefined;
  before?: string | null | undefined;
}>;


export type SearchAuditLogQuery = { searchAuditLog: { nodes: Array<{ auditLogId: string | null, happenedAt: string | null, action: string | null, operation: string | null, code: string | null, staffId: string | null, staffName: string | null, loginName: string | null, sessionId: string | null, playerId: string | null, subjectName: string | null, correlationId: string | null, details: unknown }> } | null };

export type AuditLineFragment = { auditLogId: string | null, happenedAt: string | null, action: string | null, operation: string | null, code: string | null, staffId: string | null, staffName: string | null, loginName: string | null, sessionId: string | null, playerId: string | null, subjectName: string | null, correlationId: string | null, details: unknown };

export type TraceQueryVariables = Exact<{
  correlationId: string;
}>;


export type TraceQuery = { trace: { totalCount: number, nodes: Array<{ at: string | null, kind: string | null, what: string | null, staffId: string | null, playerId: string | null, ids: unknown }> } | null };

export type PitBoardQueryVariables = Exact<{ [key: string]: never; }>;


export type PitBoardQuery = { gamingTables: { nodes: Array<{ tableId: string, label: string, pit: string, gameCode: string, seats: number, active: boolean, ratingSlips: { nodes: Array<{ ratingSlipId: string, tableId: string, seatNo: number, state: string, currentBet: string, playedSeconds: string, lastEventAt: string, player: { playerId: string, firstName: string, lastName: string, playerLoyalty: { playerId: string, tier: string } | null } | null }> } }> } | null };

export type PitBoardLiveSubscriptionVariables = Exact<{ [key: string]: never; }>;


export type PitBoardLiveSubscription = { pitBoardChanged: { query: { gamingTables: { nodes: Array<{ tableId: string, label: string, pit: string, gameCode: string, seats: number, active: boolean, ratingSlips: { nodes: Array<{ ratingSlipId: string, tableId: string, seatNo: number, state: string, currentBet: string, playedSeconds: string, lastEventAt: string, player: { playerId: string, firstName: string, lastName: string, playerLoyalty: { playerId: string, tier: string } | null } | null }> } }> } | null, me: { gamingDay: string | null } | null } } | null };

export type FloorFragment = { gamingTables: { nodes: Array<{ tableId: string, label: string, pit: string, gameCode: string, seats: number, active: boolean, ratingSlips: { nodes: Array<{ ratingSlipId: string, tableId: string, seatNo: number, state: string, currentBet: string, playedSeconds: string, lastEventAt: string, player: { playerId: string, firstName: string, lastName: string, playerLoyalty: { playerId: string, tier: string } | null } | null }> } }> } | null };

export type BoardTableFragment = { tableId: string, label: string, pit: string, gameCode: string, seats: number, active: boolean, ratingSlips: { nodes: Array<{ ratingSlipId: string, tableId: string, seatNo: number, state: string, currentBet: string, playedSeconds: string, lastEventAt: string, player: { playerId: string, firstName: string, lastName: string, playerLoyalty: { playerId: string, tier: string } | null } | null }> } };

export type BoardSlipFragment = { ratingSlipId: string, tableId: string, seatNo: number, state: string, currentBet: string, playedSeconds: string, lastEventAt: string, player: { playerId: string, firstName: string, lastName: string, playerLoyalty: { playerId: string, tier: string } | null } | null };

export type GamesQueryVariables = Exact<{ [key: string]: never; }>;


export type GamesQuery = { gameSettings: { nodes: Array<{ gameSettingsId: string, code: string, name: string }> } | null };

export type RunningPlayQueryVariables = Exact<{
  offset: number;
}>;


export type RunningPlayQuery = { runningPlay: { nodes: Array<{ ratingSlipId: string | null, averageBet: string | null, theoreticalWin: string | null, attention: string | null }>, pageInfo: { hasNextPage: boolean } } | null, runningPlayByPit: { nodes: Array<{ pit: string | null, theoreticalWin: string | null }> } | null };

export type SlipSoFarFragment = { ratingSlipId: string | null, averageBet: string | null, theoreticalWin: string | null, attention: string | null };

export type PitSoFarFragment = { pit: string | null, theoreticalWin: string | null };

export type PlayerQueryVariables = Exact<{
  playerId: string;
}>;


export type PlayerQuery = { player: { playerId: string, cardNo: string, firstName: string, lastName: string, birthDate: string | null, enrolledAt: string, playerLoyalty: { lastEntryNo: string, playerId: string, currentBalance: string, lifetimePoints: string, tier: string, tierProgress: number, nextTier: { tier: string | null, points: string | null } | null } | null, visits: { nodes: Array<{ visitId: string, openedAt: string, gamingDay: string }> }, ratingSlips: { nodes: Array<{ ratingSlipId: string, playerId: string, tableId: string, seatNo: number, state: string, currentBet: string, playedSeconds: string, lastEventAt: string, openedAt: string, closedAt: string | null, accumulatedSeconds: number | null, averageBet: string | null, table: { tableId: string, label: string, pit: string } | null, gameSettings: { gameSettingsId: string, name: string } | null, player: { playerId: string, firstName: string, lastName: string, cardNo: string, playerLoyalty: { playerId: string, currentBalance: string, lifetimePoints: string, tier: string, tierProgress: number, nextTier: { tier: string | null, points: string | null } | null } | null } | null }> } } | null };

export type PlayerLiveSubscriptionVariables = Exact<{
  playerId: string;
}>;


export type PlayerLiveSubscription = { pitBoardChanged: { query: { player: { playerId: string, cardNo: string, firstName: string, lastName: string, birthDate: string | null, enrolledAt: string, playerLoyalty: { lastEntryNo: string, playerId: string, currentBalance: string, lifetimePoints: string, tier: string, tierProgress: number, nextTier: { tier: string | null, points: string | null } | null } | null, visits: { nodes: Array<{ visitId: string, openedAt: string, gamingDay: string }> }, ratingSlips: { nodes: Array<{ ratingSlipId: string, playerId: string, tableId: string, seatNo: number, state: string, currentBet: string, playedSeconds: string, lastEventAt: string, openedAt: string, closedAt: string | null, accumulatedSeconds: number | null, averageBet: string | null, table: { tableId: string, label: string, pit: string } | null, gameSettings: { gameSettingsId: string, name: string } | null, player: { playerId: string, firstName: string, lastName: string, cardNo: string, playerLoyalty: { playerId: string, currentBalance: string, lifetimePoints: string, tier: string, tierProgress: number, nextTier: { tier: string | null, points: string | null } | null } | null } | null }> } } | null, me: { gamingDay: string | null } | null } } | null };

export type PlayerOverviewFragment = { playerId: string, cardNo: string, firstName: string, lastName: string, birthDate: string | null, enrolledAt: string, playerLoyalty: { lastEntryNo: string, playerId: string, currentBalance: string, lifetimePoints: string, tier: string, tierProgress: number, nextTier: { tier: string | null, points: string | null } | null } | null, visits: { nodes: Array<{ visitId: string, openedAt: string, gamingDay: string }> }, ratingSlips: { nodes: Array<{ ratingSlipId: string, playerId: string, tableId: string, seatNo: number, state: string, currentBet: string, playedSeconds: string, lastEventAt: string, openedAt: string, closedAt: string | null, accumulatedSeconds: number | null, averageBet: string | null, table: { tableId: string, label: string, pit: string } | null, gameSettings: { gameSettingsId: string, name: string } | null, player: { playerId: string, firstName: string, lastName: string, cardNo: string, playerLoyalty: { playerId: string, currentBalance: string, lifetimePoints: string, tier: string, tierProgress: number, nextTier: { tier: string | null, points: string | null } | null } | null } | null }> } };

export type LedgerQueryVariables = Exact<{
  playerId: string;
  first: number;
  after?: string | null | undefined;
  filter?: LoyaltyLedgerFilter | null | undefined;
}>;


export type LedgerQuery = { playerLoyalty: { playerId: string, loyaltyLedgers: { nodes: Array<{ playerId: string, entryNo: string, transactionType: string, pointsChange: string, balanceAfter: string, tierBefore: string, tierAfter: string, ratingSlipId: string | null, reversesEntryNo: string | null, reversedBy: string | null, reversible: boolean | null, reason: string | null, staffId: string | null, correlationId: string, occurredAt: string }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } } | null };

export type LedgerLineFragment = { playerId: string, entryNo: string, transactionType: string, pointsChange: string, balanceAfter: string, tierBefore: string, tierAfter: string, ratingSlipId: string | null, reversesEntryNo: string | null, reversedBy: string | null, reversible: boolean | null, reason: string | null, staffId: string | null, correlationId: string, occurredAt: string };

export type RewardTermsQueryVariables = Exact<{ [key: string]: never; }>;


export type RewardTermsQuery = { rewardTerms: { maxPoints: string | null, minReasonLength: number | null, rewardsPerMinute: number | null, approvalThreshold: string | null, rewardsLeft: number | null, retryAfterSeconds: number | null } | null };

export type RewardStandingQueryVariables = Exact<{
  points: string;
}>;


export type RewardStandingQuery = { rewardStanding: string | null };

export type StaffNamesQueryVariables = Exact<{ [key: string]: never; }>;


export type StaffNamesQuery = { staffs: { nodes: Array<{ staffId: string, displayName: string }> } | null };

export type ManualRewardMutationVariables = Exact<{
  playerId: string;
  points: string;
  reason: string;
  idempotencyKey: string;
  ratingSlipId?: string | null | undefined;
}>;


export type ManualRewardMutation = { manualReward: { ledgerResult: { replayed: boolean | null, currentBalance: string | null, tier: string | null, tierProgress: number | null, ledgerEntry: { playerId: string, entryNo: string, transactionType: string, pointsChange: string, balanceAfter: string, tierBefore: string, tierAfter: string, ratingSlipId: string | null, reversesEntryNo: string | null, reversedBy: string | null, reversible: boolean | null, reason: string | null, staffId: string | null, correlationId: string, occurredAt: string, player: { playerId: string, lastEntryNo: string, currentBalance: string, lifetimePoints: string, tier: string, tierProgress: number, nextTier: { tier: string | null, points: string | null } | null } | null } | null, rewardRequest: { rewardRequestId: string, points: string, status: string } | null } | null } | null };

export type RedeemMutationVariables = Exact<{
  playerId: string;
  points: string;
  reason: string;
  idempotencyKey: string;
  cashAmount?: string | null | undefined;
}>;


export type RedeemMutation = { redeem: { ledgerResult: { replayed: boolean | null, currentBalance: string | null, tier: string | null, tierProgress: number | null, ledgerEntry: { playerId: string, entryNo: string, transactionType: string, pointsChange: string, balanceAfter: string, tierBefore: string, tierAfter: string, ratingSlipId: string | null, reversesEntryNo: string | null, reversedBy: string | null, reversible: boolean | null, reason: string | null, staffId: string | null, correlationId: string, occurredAt: string, player: { playerId: string, lastEntryNo: string, currentBalance: string, lifetimePoints: string, tier: string, tierProgress: number, nextTier: { tier: string | null, points: string | null } | null } | null } | null, rewardRequest: { rewardRequestId: string, points: string, status: string } | null } | null } | null };

export type ReverseEntryMutationVariables = Exact<{
  playerId: string;
  entryNo: string;
  reason: string;
  idempotencyKey: string;
}>;


export type ReverseEntryMutation = { reverseEntry: { ledgerResult: { replayed: boolean | null, currentBalance: string | null, tier: string | null, tierProgress: number | null, ledgerEntry: { playerId: string, entryNo: string, transactionType: string, pointsChange: string, balanceAfter: string, tierBefore: string, tierAfter: string, ratingSlipId: string | null, reversesEntryNo: string | null, reversedBy: string | null, reversible: boolean | null, reason: string | null, staffId: string | null, correlationId: string, occurredAt: string, player: { playerId: string, lastEntryNo: string, currentBalance: string, lifetimePoints: string, tier: string, tierProgress: number, nextTier: { tier: string | null, points: string | null } | null } | null } | null, rewardRequest: { rewardRequestId: string, points: string, status: string } | null } | null } | null };

export type LedgerOutcomeFragment = { replayed: boolean | null, currentBalance: string | null, tier: string | null, tierProgress: number | null, ledgerEntry: { playerId: string, entryNo: string, transactionType: string, pointsChange: string, balanceAfter: string, tierBefore: string, tierAfter: string, ratingSlipId: string | null, reversesEntryNo: string | null, reversedBy: string | null, reversible: boolean | null, reason: string | null, staffId: string | null, correlationId: string, occurredAt: string, player: { playerId: string, lastEntryNo: string, currentBalance: string, lifetimePoints: string, tier: string, tierProgress: number, nextTier: { tier: string | null, points: string | null } | null } | null } | null, rewardRequest: { rewardRequestId: string, points: string, status: string } | null };

export type AdjustPointsMutationVariables = Exact<{
  playerId: string;
  pointsChange: string;
  reason: string;
  idempotencyKey: string;
}>;


export type AdjustPointsMutation = { adjustPoints: { ledgerResult: { replayed: boolean | null, currentBalance: string | null, tier: string | null, tierProgress: number | null, ledgerEntry: { playerId: string, entryNo: string, transactionType: string, pointsChange: string, balanceAfter: string, tierBefore: string, tierAfter: string, ratingSlipId: string | null, reversesEntryNo: string | null, reversedBy: string | null, reversible: boolean | null, reason: string | null, staffId: string | null, correlationId: string, occurredAt: string, player: { playerId: string, lastEntryNo: string, currentBalance: string, lifetimePoints: string, tier: string, tierProgress: number, nextTier: { tier: string | null, points: string | null } | null } | null } | null, rewardRequest: { rewardRequestId: string, points: string, status: string } | null } | null } | null };

export type ExplainEntryQueryVariables = Exact<{
  playerId: string;
  entryNo: string;
}>;


export type ExplainEntryQuery = { explainEntry: { summary: string | null, recalculatedPoints: string | null, agrees: boolean | null, steps: Array<{ stepNo: number | null, step: string | null, figure: string | null, how: string | null } | null> | null } | null };

export type PlayerTimelineQueryVariables = Exact<{
  playerId: string;
}>;


export type PlayerTimelineQuery = { player: { playerId: string, visits: { nodes: Array<{ visitId: string, openedAt: string, closedAt: string | null, gamingDay: string, ratingSlips: { nodes: Array<{ ratingSlipId: string, seatNo: number, state: string, table: { tableId: string, label: string } | null, ratingSlipEvents: { nodes: Array<{ ratingSlipId: string, eventNo: number, eventType: string, averageBet: string, running: boolean, occurredAt: string }> } }> } }> } } | null };

export type VisitPlayFragment = { visitId: string, openedAt: string, closedAt: string | null, gamingDay: string, ratingSlips: { nodes: Array<{ ratingSlipId: string, seatNo: number, state: string, table: { tableId: string, label: string } | null, ratingSlipEvents: { nodes: Array<{ ratingSlipId: string, eventNo: number, eventType: string, averageBet: string, running: boolean, occurredAt: string }> } }> } };

export type SlipPlayFragment = { ratingSlipId: string, seatNo: number, state: string, table: { tableId: string, label: string } | null, ratingSlipEvents: { nodes: Array<{ ratingSlipId: string, eventNo: number, eventType: string, averageBet: string, running: boolean, occurredAt: string }> } };

export type SlipEventFragment = { ratingSlipId: string, eventNo: number, eventType: string, averageBet: string, running: boolean, occurredAt: string };

export type PlayerNotesQueryVariables = Exact<{
  playerId: string;
}>;


export type PlayerNotesQuery = { player: { playerId: string, playerNotes: { nodes: Array<{ playerNoteId: string, note: string, staffId: string, createdAt: string }> } } | null };

export type PlayerNoteLineFragment = { playerNoteId: string, note: string, staffId: string, createdAt: string };

export type AddPlayerNoteMutationVariables = Exact<{
  playerId: string;
  note: string;
  idempotencyKey: string;
}>;


export type AddPlayerNoteMutation = { addPlayerNote: { playerNoteResult: { replayed: boolean | null, playerNote: { playerNoteId: string, note: string, staffId: string, createdAt: string } | null } | null } | null };

export type PlayerSearchQueryVariables = Exact<{
  search: string;
}>;


export type PlayerSearchQuery = { findPlayers: { nodes: Array<{ playerId: string, cardNo: string, firstName: string, lastName: string, birthDate: string | null, playerLoyalty: { playerId: string, tier: string, currentBalance: string } | null, ratingSlips: { nodes: Array<{ ratingSlipId: string, seatNo: number, state: string, table: { tableId: string, label: string } | null }> } }> } | null };

export type FoundPlayerFragment = { playerId: string, cardNo: string, firstName: string, lastName: string, birthDate: string | null, playerLoyalty: { playerId: string, tier: string, currentBalance: string } | null, ratingSlips: { nodes: Array<{ ratingSlipId: string, seatNo: number, state: string, table: { tableId: string, label: string } | null }> } };

export type PromotionsQueryVariables = Exact<{
  offset: number;
}>;


export type PromotionsQuery = { promotions: { totalCount: number, nodes: Array<{ promotionId: string, name: string, state: string | null, publishable: boolean | null, endable: boolean | null, startsAt: string, endsAt: string, multiplier: string, budget: string, pointsAwarded: string, slipsAwarded: number, gameCodes: Array<string | null> | null, tableIds: Array<string | null> | null, tiers: Array<string | null> | null, createdBy: string, createdAt: string, publishedBy: string | null, publishedAt: string | null, endedBy: string | null, endedAt: string | null, endReason: string | null }> } | null };

export type PromotionsLiveSubscriptionVariables = Exact<{
  offset: number;
}>;


export type PromotionsLiveSubscription = { pitBoardChanged: { query: { promotions: { totalCount: number, nodes: Array<{ promotionId: string, name: string, state: string | null, publishable: boolean | null, endable: boolean | null, startsAt: string, endsAt: string, multiplier: string, budget: string, pointsAwarded: string, slipsAwarded: number, gameCodes: Array<string | null> | null, tableIds: Array<string | null> | null, tiers: Array<string | null> | null, createdBy: string, createdAt: string, publishedBy: string | null, publishedAt: string | null, endedBy: string | null, endedAt: string | null, endReason: string | null }> } | null, me: { gamingDay: string | null } | null } } | null };

export type CampaignsFragment = { promotions: { totalCount: number, nodes: Array<{ promotionId: string, name: string, state: string | null, publishable: boolean | null, endable: boolean | null, startsAt: string, endsAt: string, multiplier: string, budget: string, pointsAwarded: string, slipsAwarded: number, gameCodes: Array<string | null> | null, tableIds: Array<string | null> | null, tiers: Array<string | null> | null, createdBy: string, createdAt: string, publishedBy: string | null, publishedAt: string | null, endedBy: string | null, endedAt: string | null, endReason: string | null }> } | null };

export type PromotionFragment = { promotionId: string, name: string, state: string | null, publishable: boolean | null, endable: boolean | null, startsAt: string, endsAt: string, multiplier: string, budget: string, pointsAwarded: string, slipsAwarded: number, gameCodes: Array<string | null> | null, tableIds: Array<string | null> | null, tiers: Array<string | null> | null, createdBy: string, createdAt: string, publishedBy: string | null, publishedAt: string | null, endedBy: string | null, endedAt: string | null, endReason: string | null };

export type PromotionScopeQueryVariables = Exact<{ [key: string]: never; }>;


export type PromotionScopeQuery = { games: { nodes: Array<{ gameSettingsId: string, code: string, name: string }> } | null, tables: { nodes: Array<{ tableId: string, label: string }> } | null, tiersInForce: { nodes: Array<{ effectiveFrom: string, tier: string, thresholdPoints: string, multiplier: string, loyaltyDraftId: string | null }> } | null };

export type CreatePromotionMutationVariables = Exact<{
  name: string;
  startsAt: string;
  endsAt: string;
  multiplier: string;
  budget: string;
  gameCodes?: Array<string | null | undefined> | string | null | undefined;
  tableIds?: Array<string | null | undefined> | string | null | undefined;
  tiers?: Array<string | null | undefined> | string | null | undefined;
  idempotencyKey: string;
}>;


export type CreatePromotionMutation = { createPromotion: { promotionResult: { replayed: boolean | null, promotion: { promotionId: string, name: string, state: string | null, publishable: boolean | null, endable: boolean | null, startsAt: string, endsAt: string, multiplier: string, budget: string, pointsAwarded: string, slipsAwarded: number, gameCodes: Array<string | null> | null, tableIds: Array<string | null> | null, tiers: Array<string | null> | null, createdBy: string, createdAt: string, publishedBy: string | null, publishedAt: string | null, endedBy: string | null, endedAt: string | null, endReason: string | null } | null } | null } | null };

export type PublishPromotionMutationVariables = Exact<{
  promotionId: string;
}>;


export type PublishPromotionMutation = { publishPromotion: { promotionResult: { replayed: boolean | null, promotion: { promotionId: string, name: string, state: string | null, publishable: boolean | null, endable: boolean | null, startsAt: string, endsAt: string, multiplier: string, budget: string, pointsAwarded: string, slipsAwarded: number, gameCodes: Array<string | null> | null, tableIds: Array<string | null> | null, tiers: Array<string | null> | null, createdBy: string, createdAt: string, publishedBy: string | null, publishedAt: string | null, endedBy: string | null, endedAt: string | null, endReason: string | null } | null } | null } | null };

export type EndPromotionMutationVariables = Exact<{
  promotionId: string;
  reason: string;
}>;


export type EndPromotionMutation = { endPromotion: { promotionResult: { replayed: boolean | null, promotion: { promotionId: string, name: string, state: string | null, publishable: boolean | null, endable: boolean | null, startsAt: string, endsAt: string, multiplier: string, budget: string, pointsAwarded: string, slipsAwarded: number, gameCodes: Array<string | null> | null, tableIds: Array<string | null> | null, tiers: Array<string | null> | null, createdBy: string, createdAt: string, publishedBy: string | null, publishedAt: string | null, endedBy: string | null, endedAt: string | null, endReason: string | null } | null } | null } | null };

export type PointsReportQueryVariables = Exact<{
  firstDay?: string | null | undefined;
  lastDay?: string | null | undefined;
}>;


export type PointsReportQuery = { liabilityRollForward: { nodes: Array<{ gamingDay: string | null, opening: string | null, earned: string | null, earnedByPlay: string | null, earnedAsReward: string | null, earnedInPromotions: string | null, redeemed: string | null, expired: string | null, adjusted: string | null, ofItReversals: string | null, closing: string | null }> } | null };

export type WinReportQueryVariables = Exact<{
  firstDay?: string | null | undefined;
  lastDay?: string | null | undefined;
}>;


export type WinReportQuery = { byGame: { nodes: Array<{ place: number | null, code: string | null, label: string | null, slips: number | null, playedSeconds: string | null, averageBet: string | null, theoreticalWin: string | null }> } | null, byTable: { nodes: Array<{ place: number | null, code: string | null, label: string | null, slips: number | null, playedSeconds: string | null, averageBet: string | null, theoreticalWin: string | null }> } | null, byHour: { nodes: Array<{ place: number | null, code: string | null, label: string | null, slips: number | null, playedSeconds: string | null, averageBet: string | null, theoreticalWin: string | null }> } | null };

export type WinLineFragment = { place: number | null, code: string | null, label: string | null, slips: number | null, playedSeconds: string | null, averageBet: string | null, theoreticalWin: string | null };

export type TiersReportQueryVariables = Exact<{
  firstDay?: string | null | undefined;
  lastDay?: string | null | undefined;
}>;


export type TiersReportQuery = { tierDistribution: { nodes: Array<{ place: number | null, tier: string | null, thresholdPoints: string | null, multiplier: string | null, players: number | null, points: string | null }> } | null, tierMovements: { nodes: Array<{ gamingDay: string | null, tierBefore: string | null, tierAfter: string | null, upwards: boolean | null, players: number | null, sameWay: number | null }> } | null };

export type TierShareFragment = { place: number | null, tier: string | null, thresholdPoints: string | null, multiplier: string | null, players: number | null, points: string | null };

export type TierMovementFragment = { gamingDay: string | null, tierBefore: string | null, tierAfter: string | null, upwards: boolean | null, players: number | null, sameWay: number | null };

export type CashReportQueryVariables = Exact<{
  gamingDay?: string | null | undefined;
}>;


export type CashReportQuery = { cashByHour: { nodes: Array<{ beginsAt: string | null, cashIn: string | null, cashOut: string | null, entriesIn: number | null, entriesOut: number | null, overFloorIn: number | null, overFloorOut: number | null, logFloor: string | null }> } | null };

export type CashHourFragment = { beginsAt: string | null, cashIn: string | null, cashOut: string | null, entriesIn: number | null, entriesOut: number | null, overFloorIn: number | null, overFloorOut: number | null, logFloor: string | null };

export type RulesQueryVariables = Exact<{
  offset: number;
}>;


export type RulesQuery = { policyInForce: { nodes: Array<{ loyaltyPolicyId: string, name: string, version: number, effectiveFrom: string | null, roundDecisions: boolean, applyTierMultiplier: boolean, seatBonusRate: string, fullTableSeats: number, volumeBonus: string, rounding: string, rewardLimit: string, rewardReasonLength: number, rewardsPerMinute: number, approvalThreshold: string, staffDayLimit: string | null, playerDayLimit: string | null, requestHours: number, pointsValidDays: number | null, costPerPoint: string, breakageRate: string, loyaltyDraft: { loyaltyDraftId: string, note: string, draftedBy: string, decidedBy: string | null } | null }> } | null, policies: { nodes: Array<{ loyaltyPolicyId: string, name: string, version: number, effectiveFrom: string | null, roundDecisions: boolean, applyTierMultiplier: boolean, seatBonusRate: string, fullTableSeats: number, volumeBonus: string, rounding: string, rewardLimit: string, rewardReasonLength: number, rewardsPerMinute: number, approvalThreshold: string, staffDayLimit: string | null, playerDayLimit: string | null, requestHours: number, pointsValidDays: number | null, costPerPoint: string, breakageRate: string, loyaltyDraft: { loyaltyDraftId: string, note: string, draftedBy: string, decidedBy: string | null } | null }> } | null, tiersInForce: { nodes: Array<{ effectiveFrom: string, tier: string, thresholdPoints: string, multiplier: string, loyaltyDraftId: string | null }> } | null, openDrafts: { totalCount: number, nodes: Array<{ loyaltyDraftId: string, policy: unknown, tiers: unknown, effectiveFrom: string | null, note: string, status: string, draftedBy: string, draftedAt: string, decidedBy: string | null, decidedAt: string | null, decisionReason: string | null, publishable: boolean | null, withdrawable: boolean | null }> } | null, decidedDrafts: { totalCount: number, nodes: Array<{ loyaltyDraftId: string, policy: unknown, tiers: unknown, effectiveFrom: string | null, note: string, status: string, draftedBy: string, draftedAt: string, decidedBy: string | null, decidedAt: string | null, decisionReason: string | null, publishable: boolean | null, withdrawable: boolean | null }> } | null };

export type NewDraftQueryVariables = Exact<{ [key: string]: never; }>;


export type NewDraftQuery = { policyInForce: { nodes: Array<{ loyaltyPolicyId: string, name: string, version: number, effectiveFrom: string | null, roundDecisions: boolean, applyTierMultiplier: boolean, seatBonusRate: string, fullTableSeats: number, volumeBonus: string, rounding: string, rewardLimit: string, rewardReasonLength: number, rewardsPerMinute: number, approvalThreshold: string, staffDayLimit: string | null, playerDayLimit: string | null, requestHours: number, pointsValidDays: number | null, costPerPoint: string, breakageRate: string, loyaltyDraft: { loyaltyDraftId: string, note: string, draftedBy: string, decidedBy: string | null } | null }> } | null, draftBases: { nodes: Array<{ loyaltyPolicyId: string, name: string, version: number, effectiveFrom: string | null, roundDecisions: boolean, applyTierMultiplier: boolean, seatBonusRate: string, fullTableSeats: number, volumeBonus: string, rounding: string, rewardLimit: string, rewardReasonLength: number, rewardsPerMinute: number, approvalThreshold: string, staffDayLimit: string | null, playerDayLimit: string | null, requestHours: number, pointsValidDays: number | null, costPerPoint: string, breakageRate: string, loyaltyDraft: { loyaltyDraftId: string, note: string, draftedBy: string, decidedBy: string | null } | null }> } | null, tiersInForce: { nodes: Array<{ effectiveFrom: string, tier: string, thresholdPoints: string, multiplier: string, loyaltyDraftId: string | null }> } | null };

export type RulesDraftQueryVariables = Exact<{
  loyaltyDraftId: string;
}>;


export type RulesDraftQuery = { loyaltyDraft: { loyaltyDraftId: string, policy: unknown, tiers: unknown, effectiveFrom: string | null, note: string, status: string, draftedBy: string, draftedAt: string, decidedBy: string | null, decidedAt: string | null, decisionReason: string | null, publishable: boolean | null, withdrawable: boolean | null } | null, policyInForce: { nodes: Array<{ loyaltyPolicyId: string, name: string, version: number, effectiveFrom: string | null, roundDecisions: boolean, applyTierMultiplier: boolean, seatBonusRate: string, fullTableSeats: number, volumeBonus: string, rounding: string, rewardLimit: string, rewardReasonLength: number, rewardsPerMinute: number, approvalThreshold: string, staffDayLimit: string | null, playerDayLimit: string | null, requestHours: number, pointsValidDays: number | null, costPerPoint: string, breakageRate: string, loyaltyDraft: { loyaltyDraftId: string, note: string, draftedBy: string, decidedBy: string | null } | null }> } | null, tiersInForce: { nodes: Array<{ effectiveFrom: string, tier: string, thresholdPoints: string, multiplier: string, loyaltyDraftId: string | null }> } | null };

export type RulesPreviewQueryVariables = Exact<{
  firstDay: string;
  lastDay: string;
  loyaltyDraftId?: string | null | undefined;
}>;


export type RulesPreviewQuery = { previewRules: { firstDay: string | null, lastDay: string | null, slips: string | null, awarded: string | null, previewed: string | null, lines: Array<{ game: string | null, gameName: string | null, tier: string | null, slips: string | null, awarded: string | null, previewed: string | null } | null> | null } | null };

export type PolicyFragment = { loyaltyPolicyId: string, name: string, version: number, effectiveFrom: string | null, roundDecisions: boolean, applyTierMultiplier: boolean, seatBonusRate: string, fullTableSeats: number, volumeBonus: string, rounding: string, rewardLimit: string, rewardReasonLength: number, rewardsPerMinute: number, approvalThreshold: string, staffDayLimit: string | null, playerDayLimit: string | null, requestHours: number, pointsValidDays: number | null, costPerPoint: string, breakageRate: string, loyaltyDraft: { loyaltyDraftId: string, note: string, draftedBy: string, decidedBy: string | null } | null };

export type TierOfVersionFragment = { effectiveFrom: string, tier: string, thresholdPoints: string, multiplier: string, loyaltyDraftId: string | null };

export type DraftFragment = { loyaltyDraftId: string, policy: unknown, tiers: unknown, effectiveFrom: string | null, note: string, status: string, draftedBy: string, draftedAt: string, decidedBy: string | null, decidedAt: string | null, decisionReason: string | null, publishable: boolean | null, withdrawable: boolean | null };

export type DraftRulesMutationVariables = Exact<{
  note: string;
  policy?: unknown;
  tiers?: unknown;
  effectiveFrom?: string | null | undefined;
  idempotencyKey: string;
}>;


export type DraftRulesMutation = { draftRules: { draftResult: { replayed: boolean | null, loyaltyDraft: { loyaltyDraftId: string, policy: unknown, tiers: unknown, effectiveFrom: string | null, note: string, status: string, draftedBy: string, draftedAt: string, decidedBy: string | null, decidedAt: string | null, decisionReason: string | null, publishable: boolean | null, withdrawable: boolean | null } | null } | null } | null };

export type PublishDraftMutationVariables = Exact<{
  loyaltyDraftId: string;
}>;


export type PublishDraftMutation = { publishDraft: { draftResult: { replayed: boolean | null, loyaltyDraft: { loyaltyDraftId: string, policy: unknown, tiers: unknown, effectiveFrom: string | null, note: string, status: string, draftedBy: string, draftedAt: string, decidedBy: string | null, decidedAt: string | null, decisionReason: string | null, publishable: boolean | null, withdrawable: boolean | null } | null } | null } | null };

export type WithdrawDraftMutationVariables = Exact<{
  loyaltyDraftId: string;
  reason: string;
}>;


export type WithdrawDraftMutation = { withdrawDraft: { draftResult: { replayed: boolean | null, loyaltyDraft: { loyaltyDraftId: string, policy: unknown, tiers: unknown, effectiveFrom: string | null, note: string, status: string, draftedBy: string, draftedAt: string, decidedBy: string | null, decidedAt: string | null, decisionReason: string | null, publishable: boolean | null, withdrawable: boolean | null } | null } | null } | null };

export type MeQueryVariables = Exact<{ [key: string]: never; }>;


export type MeQuery = { me: { staffId: string | null, username: string | null, displayName: string | null, role: string | null, capabilities: Array<string | null> | null, casinoId: number | null, casinoCode: string | null, casinoName: string | null, timezone: string | null, gamingDay: string | null, sessionIdleSeconds: number | null } | null };

export type TodayFragment = { me: { gamingDay: string | null } | null };

export type PaletteTablesQueryVariables = Exact<{ [key: string]: never; }>;


export type PaletteTablesQuery = { gamingTables: { nodes: Array<{ tableId: string, label: string, pit: string }> } | null };

export type PaletteCasesQueryVariables = Exact<{
  filter: CtrCaseSummaryFilter;
}>;


export type PaletteCasesQuery = { ctrCaseSummaries: { nodes: Array<{ caseId: string, name: string | null, gamingDay: string | null, state: string | null }> } | null };

export type SlipQueryVariables = Exact<{
  ratingSlipId: string;
}>;


export type SlipQuery = { ratingSlip: { ratingSlipId: string, playerId: string, tableId: string, seatNo: number, state: string, currentBet: string, playedSeconds: string, lastEventAt: string, openedAt: string, closedAt: string | null, accumulatedSeconds: number | null, averageBet: string | null, table: { tableId: string, label: string, pit: string } | null, gameSettings: { gameSettingsId: string, name: string } | null, player: { playerId: string, firstName: string, lastName: string, cardNo: string, playerLoyalty: { playerId: string, currentBalance: string, lifetimePoints: string, tier: string, tierProgress: number, nextTier: { tier: string | null, points: string | null } | null } | null } | null } | null };

export type PausedSinceQueryVariables = Exact<{
  ratingSlipId: string;
}>;


export type PausedSinceQuery = { ratingSlip: { ratingSlipId: string, ratingSlipEvents: { nodes: Array<{ ratingSlipId: string, eventNo: number, eventType: string, occurredAt: string }> } } | null };

export type SlipDetailsFragment = { ratingSlipId: string, playerId: string, tableId: string, seatNo: number, state: string, currentBet: string, playedSeconds: string, lastEventAt: string, openedAt: string, closedAt: string | null, accumulatedSeconds: number | null, averageBet: string | null, table: { tableId: string, label: string, pit: string } | null, gameSettings: { gameSettingsId: string, name: string } | null, player: { playerId: string, firstName: string, lastName: string, cardNo: string, playerLoyalty: { playerId: string, currentBalance: string, lifetimePoints: string, tier: string, tierProgress: number, nextTier: { tier: string | null, points: string | null } | null } | null } | null };

export type LoyaltyStandingFragment = { playerId: string, currentBalance: string, lifetimePoints: string, tier: string, tierProgress: number, nextTier: { tier: string | null, points: string | null } | null };

export type OpenVisitMutationVariables = Exact<{
  playerId: string;
  idempotencyKey: string;
}>;


export type OpenVisitMutation = { openVisit: { visitResult: { replayed: boolean | null, visit: { visitId: string, playerId: string, openedAt: string, closedAt: string | null } | null } | null } | null };

export type StartRatingSlipMutationVariables = Exact<{
  visitId: string;
  tableId: string;
  seatNo: number;
  averageBet: string;
  idempotencyKey: string;
}>;


export type StartRatingSlipMutation = { startRatingSlip: { slipResult: { replayed: boolean | null, ratingSlip: { ratingSlipId: string, playerId: string, tableId: string, seatNo: number, state: string, currentBet: string, playedSeconds: string, lastEventAt: string, openedAt: string, closedAt: string | null, accumulatedSeconds: number | null, averageBet: string | null, table: { tableId: string, label: string, pit: string } | null, gameSettings: { gameSettingsId: string, name: string } | null, player: { playerId: string, firstName: string, lastName: string, cardNo: string, playerLoyalty: { playerId: string, currentBalance: string, lifetimePoints: string, tier: string, tierProgress: number, nextTier: { tier: string | null, points: string | null } | null } | null } | null } | null } | null } | null };

export type RecordBetMutationVariables = Exact<{
  ratingSlipId: string;
  averageBet: string;
  idempotencyKey: string;
}>;


export type RecordBetMutation = { recordBet: { slipResult: { replayed: boolean | null, ratingSlip: { ratingSlipId: string, playerId: string, tableId: string, seatNo: number, state: string, currentBet: string, playedSeconds: string, lastEventAt: string, openedAt: string, closedAt: string | null, accumulatedSeconds: number | null, averageBet: string | null, table: { tableId: string, label: string, pit: string } | null, gameSettings: { gameSettingsId: string, name: string } | null, player: { playerId: string, firstName: string, lastName: string, cardNo: string, playerLoyalty: { playerId: string, currentBalance: string, lifetimePoints: string, tier: string, tierProgress: number, nextTier: { tier: string | null, points: string | null } | null } | null } | null } | null } | null } | null };

export type PauseRatingSlipMutationVariables = Exact<{
  ratingSlipId: string;
  idempotencyKey: string;
}>;


export type PauseRatingSlipMutation = { pauseRatingSlip: { slipResult: { replayed: boolean | null, ratingSlip: { ratingSlipId: string, playerId: string, tableId: string, seatNo: number, state: string, currentBet: string, playedSeconds: string, lastEventAt: string, openedAt: string, closedAt: string | null, accumulatedSeconds: number | null, averageBet: string | null, table: { tableId: string, label: string, pit: string } | null, gameSettings: { gameSettingsId: string, name: string } | null, player: { playerId: string, firstName: string, lastName: string, cardNo: string, playerLoyalty: { playerId: string, currentBalance: string, lifetimePoints: string, tier: string, tierProgress: number, nextTier: { tier: string | null, points: string | null } | null } | null } | null } | null } | null } | null };

export type ResumeRatingSlipMutationVariables = Exact<{
  ratingSlipId: string;
  idempotencyKey: string;
}>;


export type ResumeRatingSlipMutation = { resumeRatingSlip: { slipResult: { replayed: boolean | null, ratingSlip: { ratingSlipId: string, playerId: string, tableId: string, seatNo: number, state: string, currentBet: string, playedSeconds: string, lastEventAt: string, openedAt: string, closedAt: string | null, accumulatedSeconds: number | null, averageBet: string | null, table: { tableId: string, label: string, pit: string } | null, gameSettings: { gameSettingsId: string, name: string } | null, player: { playerId: string, firstName: string, lastName: string, cardNo: string, playerLoyalty: { playerId: string, currentBalance: string, lifetimePoints: string, tier: string, tierProgress: number, nextTier: { tier: string | null, points: string | null } | null } | null } | null } | null } | null } | null };

export type MovePlayerMutationVariables = Exact<{
  ratingSlipId: string;
  tableId: string;
  seatNo: number;
  averageBet: string;
  idempotencyKey: string;
}>;


export type MovePlayerMutation = { movePlayer: { slipResult: { replayed: boolean | null, ratingSlip: { ratingSlipId: string, playerId: string, tableId: string, seatNo: number, state: string, currentBet: string, playedSeconds: string, lastEventAt: string, openedAt: string, closedAt: string | null, accumulatedSeconds: number | null, averageBet: string | null, table: { tableId: string, label: string, pit: string } | null, gameSettings: { gameSettingsId: string, name: string } | null, player: { playerId: string, firstName: string, lastName: string, cardNo: string, playerLoyalty: { playerId: string, currentBalance: string, lifetimePoints: string, tier: string, tierProgress: number, nextTier: { tier: string | null, points: string | null } | null } | null } | null } | null, completion: { outcome: string | null, replayed: boolean | null, points: string | null, theoreticalWin: string | null, currentBalance: string | null, lifetimePoints: string | null, tier: string | null, tierProgress: number | null, correlationId: string | null, ledgerEntry: { playerId: string, entryNo: string, player: { playerId: string, lastEntryNo: string, currentBalance: string, lifetimePoints: string, tier: string, tierProgress: number, nextTier: { tier: string | null, points: string | null } | null } | null } | null, ratingSlip: { ratingSlipId: string, playerId: string, tableId: string, seatNo: number, state: string, currentBet: string, playedSeconds: string, lastEventAt: string, openedAt: string, closedAt: string | null, accumulatedSeconds: number | null, averageBet: string | null, table: { tableId: string, label: string, pit: string } | null, gameSettings: { gameSettingsId: string, name: string } | null, player: { playerId: string, firstName: string, lastName: string, cardNo: string, playerLoyalty: { playerId: string, currentBalance: string, lifetimePoints: string, tier: string, tierProgress: number, nextTier: { tier: string | null, points: string | null } | null } | null } | null } | null } | null } | null } | null };

export type CompleteRatingSlipMutationVariables = Exact<{
  ratingSlipId: string;
}>;


export type CompleteRatingSlipMutation = { completeRatingSlip: { ratingSlipCompletion: { outcome: string | null, replayed: boolean | null, points: string | null, theoreticalWin: string | null, currentBalance: string | null, lifetimePoints: string | null, tier: string | null, tierProgress: number | null, correlationId: string | null, ledgerEntry: { playerId: string, entryNo: string, player: { playerId: string, lastEntryNo: string, currentBalance: string, lifetimePoints: string, tier: string, tierProgress: number, nextTier: { tier: string | null, points: string | null } | null } | null } | null, ratingSlip: { ratingSlipId: string, playerId: string, tableId: string, seatNo: number, state: string, currentBet: string, playedSeconds: string, lastEventAt: string, openedAt: string, closedAt: string | null, accumulatedSeconds: number | null, averageBet: string | null, table: { tableId: string, label: string, pit: string } | null, gameSettings: { gameSettingsId: string, name: string } | null, player: { playerId: string, firstName: string, lastName: string, cardNo: string, playerLoyalty: { playerId: string, currentBalance: string, lifetimePoints: string, tier: string, tierProgress: number, nextTier: { tier: string | null, points: string | null } | null } | null } | null } | null } | null } | null };

export type SlipPromotionsQueryVariables = Exact<{
  ratingSlipId: string;
}>;


export type SlipPromotionsQuery = { promotionAwards: { nodes: Array<{ playerId: string, entryNo: string, points: string, promotion: { promotionId: string, name: string } | null }> } | null };

export type RecoverSlipLoyaltyMutationVariables = Exact<{
  ratingSlipId: string;
}>;


export type RecoverSlipLoyaltyMutation = { recoverSlipLoyalty: { slipOutcome: { outcome: string | null, replayed: boolean | null, points: string | null, theoreticalWin: string | null, currentBalance: string | null, lifetimePoints: string | null, tier: string | null, tierProgress: number | null, correlationId: string | null, ledgerEntry: { playerId: string, entryNo: string, player: { playerId: string, lastEntryNo: string, currentBalance: string, lifetimePoints: string, tier: string, tierProgress: number, nextTier: { tier: string | null, points: string | null } | null } | null } | null } | null } | null };

export type PostedEntryFragment = { playerId: string, entryNo: string, player: { playerId: string, lastEntryNo: string, currentBalance: string, lifetimePoints: string, tier: string, tierProgress: number, nextTier: { tier: string | null, points: string | null } | null } | null };

export type SlipCompletionFragment = { outcome: string | null, replayed: boolean | null, points: string | null, theoreticalWin: string | null, currentBalance: string | null, lifetimePoints: string | null, tier: string | null, tierProgress: number | null, correlationId: string | null, ledgerEntry: { playerId: string, entryNo: string, player: { playerId: string, lastEntryNo: string, currentBalance: string, lifetimePoints: string, tier: string, tierProgress: number, nextTier: { tier: string | null, points: string | null } | null } | null } | null, ratingSlip: { ratingSlipId: string, playerId: string, tableId: string, seatNo: number, state: string, currentBet: string, playedSeconds: string, lastEventAt: string, openedAt: string, closedAt: string | null, accumulatedSeconds: number | null, averageBet: string | null, table: { tableId: string, label: string, pit: string } | null, gameSettings: { gameSettingsId: string, name: string } | null, player: { playerId: string, firstName: string, lastName: string, cardNo: string, playerLoyalty: { playerId: string, currentBalance: string, lifetimePoints: string, tier: string, tierProgress: number, nextTier: { tier: string | null, points: string | null } | null } | null } | null } | null };

export type StaffAccountFragment = { staffId: string | null, username: string | null, displayName: string | null, role: string | null, licenceNo: string | null, active: boolean | null, added: Array<string | null> | null, withdrawn: Array<string | null> | null, hasPassword: boolean | null, mustChangePassword: boolean | null, lockedUntil: string | null, lastSignedInAt: string | null, openSessions: number | null, roleSince: string | null, addedAt: string | null, signsIn: boolean | null, changeable: boolean | null };

export type AccessLineFragment = { staffId: string | null, username: string | null, displayName: string | null, role: string | null, active: boolean | null, capability: string | null, source: string | null, held: boolean | null, reason: string | null, givenByName: string | null, since: string | null };

export type StaffAccountsQueryVariables = Exact<{
  search: string;
  offset: number;
}>;


export type StaffAccountsQuery = { staffAccounts: { totalCount: number, nodes: Array<{ staffId: string | null, username: string | null, displayName: string | null, role: string | null, licenceNo: string | null, active: boolean | null, added: Array<string | null> | null, withdrawn: Array<string | null> | null, hasPassword: boolean | null, mustChangePassword: boolean | null, lockedUntil: string | null, lastSignedInAt: string | null, openSessions: number | null, roleSince: string | null, addedAt: string | null, signsIn: boolean | null, changeable: boolean | null }> } | null };

export type StaffPersonQueryVariables = Exact<{
  personId: string;
}>;


export type StaffPersonQuery = { staffAccounts: { nodes: Array<{ staffId: string | null, username: string | null, displayName: string | null, role: string | null, licenceNo: string | null, active: boolean | null, added: Array<string | null> | null, withdrawn: Array<string | null> | null, hasPassword: boolean | null, mustChangePassword: boolean | null, lockedUntil: string | null, lastSignedInAt: string | null, openSessions: number | null, roleSince: string | null, addedAt: string | null, signsIn: boolean | null, changeable: boolean | null }> } | null, accessReview: { nodes: Array<{ staffId: string | null, username: string | null, displayName: string | null, role: string | null, active: boolean | null, capability: string | null, source: string | null, held: boolean | null, reason: string | null, givenByName: string | null, since: string | null }> } | null };

export type AssignableQueryVariables = Exact<{ [key: string]: never; }>;


export type AssignableQuery = { assignable: { roles: Array<string | null> | null, capabilities: Array<string | null> | null } | null };

export type AccessReviewQueryVariables = Exact<{
  capability?: string | null | undefined;
  first: number;
  offset: number;
}>;


export type AccessReviewQuery = { accessReview: { totalCount: number, pageInfo: { hasNextPage: boolean }, nodes: Array<{ staffId: string | null, username: string | null, displayName: string | null, role: string | null, active: boolean | null, capability: string | null, source: string | null, held: boolean | null, reason: string | null, givenByName: string | null, since: string | null }> } | null };

export type AddPersonMutationVariables = Exact<{
  username: string;
  displayName: string;
  role: string;
  licenceNo?: string | null | undefined;
  idempotencyKey: string;
}>;


export type AddPersonMutation = { addPerson: { staffResult: { replayed: boolean | null, staff: { staffId: string, displayName: string, signsIn: boolean | null, active: boolean } | null } | null } | null };

export type StaffChangeFragment = { replayed: boolean | null, staff: { staffId: string, displayName: string, signsIn: boolean | null, active: boolean } | null };

export type ChangeRoleMutationVariables = Exact<{
  personId: string;
  role: string;
  reason: string;
}>;


export type ChangeRoleMutation = { changeRole: { staffResult: { replayed: boolean | null, staff: { staffId: string, displayName: string, signsIn: boolean | null, active: boolean } | null } | null } | null };

export type AddCapabilityMutationVariables = Exact<{
  personId: string;
  capability: string;
  reason: string;
}>;


export type AddCapabilityMutation = { addCapability: { staffResult: { replayed: boolean | null, staff: { staffId: string, displayName: string, signsIn: boolean | null, active: boolean } | null } | null } | null };

export type WithdrawCapabilityMutationVariables = Exact<{
  personId: string;
  capability: string;
  reason: string;
}>;


export type WithdrawCapabilityMutation = { withdrawCapability: { staffResult: { replayed: boolean | null, staff: { staffId: string, displayName: string, signsIn: boolean | null, active: boolean } | null } | null } | null };

export type DeactivatePersonMutationVariables = Exact<{
  personId: string;
  reason: string;
}>;


export type DeactivatePersonMutation = { deactivatePerson: { staffResult: { replayed: boolean | null, staff: { staffId: string, displayName: string, signsIn: boolean | null, active: boolean } | null } | null } | null };

export type ReactivatePersonMutationVariables = Exact<{
  personId: string;
  reason: string;
}>;


export type ReactivatePersonMutation = { reactivatePerson: { staffResult: { replayed: boolean | null, staff: { staffId: string, displayName: string, signsIn: boolean | null, active: boolean } | null } | null } | null };

export type UnlockAccountMutationVariables = Exact<{
  personId: string;
}>;


export type UnlockAccountMutation = { unlockAccount: { staffResult: { replayed: boolean | null, staff: { staffId: string, displayName: string, signsIn: boolean | null, active: boolean } | null } | null } | null };

export type RevokeSessionsMutationVariables = Exact<{
  personId: string;
}>;


export type RevokeSessionsMutation = { revokeSessions: { staffResult: { replayed: boolean | null, staff: { staffId: string, displayName: string, signsIn: boolean | null, active: boolean } | null } | null } | null };

export type PlayerStatementQueryVariables = Exact<{
  playerId: string;
  firstDay: string;
  lastDay: string;
}>;


export type PlayerStatementQuery = { playerStatement: { playerId: string | null, playerName: string | null, cardNo: string | null, casinoName: string | null, firstDay: string | null, lastDay: string | null, openingBalance: string | null, earned: string | null, redeemed: string | null, expired: string | null, adjusted: string | null, closingBalance: string | null, tier: string | null, madeAt: string | null, lines: Array<{ entryNo: string | null, gamingDay: string | null, occurredAt: string | null, transactionType: string | null, description: string | null, pointsChange: string | null, balance: string | null } | null> | null } | null };

export type VerifyChainQueryVariables = Exact<{
  playerId?: string | null | undefined;
}>;


export type VerifyChainQuery = { verifyChain: { players: string | null, entries: string | null, intact: boolean | null, problemsFound: string | null, problems: Array<{ playerId: string | null, entryNo: string | null, problem: string | null, detail: string | null } | null> | null } | null };

export type VerifySealsQueryVariables = Exact<{
  file?: unknown;
}>;


export type VerifySealsQuery = { verifySeals: { seals: string | null, intact: boolean | null, problemsFound: string | null, problems: Array<{ gamingDay: string | null, playerId: string | null, entryNo: string | null, problem: string | null, detail: string | null } | null> | null } | null };

export type ExportSealsQueryVariables = Exact<{
  withPlayers: boolean;
}>;


export type ExportSealsQuery = { exportSeals: unknown };

export type SealsQueryVariables = Exact<{
  offset: number;
}>;


export type SealsQuery = { ledgerSeals: { totalCount: number, nodes: Array<{ gamingDay: string, sealedAt: string, players: string, entries: string, seal: string, sealedBy: string | null }> } | null };

export type PlayerNamesQueryVariables = Exact<{
  playerIds: Array<string> | string;
}>;


export type PlayerNamesQuery = { players: { nodes: Array<{ playerId: string, firstName: string, lastName: string }> } | null };

export type SealLedgerMutationVariables = Exact<{
  gamingDay?: string | null | undefined;
}>;


export type SealLedgerMutation = { sealLedger: { sealResult: { replayed: boolean | null, ledgerSeal: { gamingDay: string, sealedAt: string, players: string, entries: string, seal: string, sealedBy: string | null } | null } | null } | null };

export * from "./hooks/alerts.ts";
export * from "./hooks/approvals.ts";
export * from "./hooks/compliance.ts";
export * from "./hooks/ctr-case.ts";
export * from "./hooks/liability.ts";
export * from "./hooks/me.ts";
export * from "./hooks/mtl-entry.ts";
export * from "./hooks/mtl-log.ts";
export * from "./hooks/operations.ts";
export * from "./hooks/palette.ts";
export * from "./hooks/pit-board.ts";
export * from "./hooks/player.ts";
export * from "./hooks/player-search.ts";
export * from "./hooks/promotions.ts";
export * from "./hooks/reports.ts";
export * from "./hooks/rules.ts";
export * from "./hooks/slip.ts";
export * from "./hooks/staff-admin.ts";
export * from "./hooks/statement.ts";
export * from "./hooks/verification.ts";
