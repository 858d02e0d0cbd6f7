import type { cacheExchange, UpdateResolver } from "@urql/exchange-graphcache";

type Config = NonNullable<Parameters<typeof cacheExchange>[0]>;

const by =
  (...fields: string[]) =>
  (data: Record<string, unknown>): string | null => {
    const values = fields.map((field) => data[field]);
    return values.every((value) => value !== undefined && value !== null) ? values.join(":") : null;
  };
const embedded = () => null;

/** Fields of the root query that are read again when they are looked at. */
const readAgain =
  (...names: string[]): UpdateResolver =>
  (_result, _args, cache) => {
    for (const { fieldName, arguments: args } of cache.inspectFields("Query")) {
      if (names.includes(fieldName)) cache.invalidate("Query", fieldName, args);
    }
  };
const cashChanged = readAgain("patron", "patronDay", "patronDays", "mtlLogs", "patronLinks", "ctrCaseSummaries");
const pointsApproved = readAgain("approvals");
const rulesChanged = readAgain("loyaltyDrafts", "loyaltyPolicies", "loyaltyTiers", "previewRules");
const staffChanged = readAgain("staffAccounts", "accessReview", "staffs");
const caseChanged = readAgain("ctrCaseSummary", "ctrCaseSummaries", "ctrFilings", "patronDays");

// Rows are known by their ids within the casino; everything else lives inside what holds it.
export const cacheConfig: Config = {
  keys: {
    AccessLine: by("staffId", "capability"),
    StaffAccount: by("staffId"),
    StaffTerm: embedded,
    StaffResult: embedded,
    Approval: by("rewardRequestId"),
    AuditEntry: by("auditLogId"),
    Casino: by("code"),
    ComplianceAlert: by("alertId"),
    CtrCase: by("caseId"),
    CtrCaseSummary: by("caseId"),
    CtrDueNotice: by("caseId", "notice"),
    CtrFiling: by("caseId", "version"),
    GameSetting: by("gameSettingsId"),
    GamingTable: by("tableId"),
    GamingDaySignOff: by("gamingDay"),
    GamingDaySummary: by("gamingDay"),
    IdentifiedPerson: by("patronId"),
    ImportBatch: by("importBatchId"),
    ImportMismatch: embedded,
    ImportRetry: by("importQuarantineId", "retryNo"),
    Interval: embedded,
    Job: by("jobId"),
    LedgerSeal: by("gamingDay"),
    LoyaltyDraft: by("loyaltyDraftId"),
    LoyaltyLedger: by("playerId", "entryNo"),
    LoyaltyPolicy: by("loyaltyPolicyId"),
    LoyaltyTier: by("effectiveFrom", "tier"),
    MtlArea: by("area"),
    MtlAuditNote: by("noteId"),
    MtlEntry: by("entryId"),
    MtlKind: by("kind"),
    MtlLog: by("entryId"),
    MtlTender: by("tender"),
    Patron: by("patronId"),
    PatronDay: by("patronId", "gamingDay"),
    PatronLink: by("linkId"),
    Player: by("playerId"),
    PlayerLoyalty: by("playerId"),
    PlayerNote: by("playerNoteId"),
    Promotion: by("promotionId"),
    PromotionAward: by("playerId", "entryNo"),
    QuarantinedRow: by("importQuarantineId"),
    RatingSlip: by("ratingSlipId"),
    RatingSlipEvent: by("ratingSlipId", "eventNo"),
    ReconciliationDrift: by("reconciliationRunId", "driftNo"),
    ReconciliationRun: by("reconciliationRunId"),
    RewardRequest: by("rewardRequestId"),
    Staff: by("staffId"),
    Visit: by("visitId"),

    AlertResult: embedded,
    AuditNoteResult: embedded,
    CashHour: embedded,
    ComplianceChanged: embedded,
    ChainProblem: embedded,
    ChainVerification: embedded,
    CorrectionResult: embedded,
    CtrCaseResult: embedded,
    DepartureResult: embedded,
    DraftResult: embedded,
    Drift: embedded,
    EntryExplanation: embedded,
    ExpiryNotice: embedded,
    ExplanationStep: embedded,
    FilePeriod: embedded,
    IdentificationResult: embedded,
    LiabilityDay: embedded,
    LiabilityLine: embedded,
    LiabilityTotal: embedded,
    LoyaltyRebuild: embedded,
    LivePlay: embedded,
    MtlResult: embedded,
    NextTier: embedded,
    PageInfo: embedded,
    PatronMatch: embedded,
    PatronResult: embedded,
    PitBoardChanged: embedded,
    PitPlay: embedded,
    PlayerNoteResult: embedded,
    PreviewLine: embedded,
    PromotionResult: embedded,
    ReconciliationResult: embedded,
    RetriedJob: embedded,
    SavedIdentification: embedded,
    SignedIn: embedded,
    SignOffResult: embedded,
    RewardLimit: embedded,
    RulesPreview: embedded,
    SealProblem: embedded,
    SealResult: embedded,
    SealVerification: embedded,
    SlipResult: embedded,
    Statement: embedded,
    StatementLine: embedded,
    TierMovement: embedded,
    TierShare: embedded,
    TotalsDrift: embedded,
    TotalsRebuild: embedded,
    TraceLine: embedded,
    VisitResult: embedded,
    WinLine: embedded,
    LedgerResult: embedded,
    RatingSlipCompletion: embedded,
    SlipOutcome: embedded,
  },
  // What a command changes beyond what it returns. Events bring the same, while the line holds.
  updates: {
    Mutation: {
      acknowledgeCtr: caseChanged,
      addCapability: staffChanged,
      addPerson: staffChanged,
      changeRole: staffChanged,
      deactivatePerson: staffChanged,
      reactivatePerson: staffChanged,
      revokeSessions: staffChanged,
      unlockAccount: staffChanged,
      withdrawCapability: staffChanged,
      addAuditNote: readAgain("mtlAuditNotes"),
      adjustPoints: pointsApproved,
      approveReward: pointsApproved,
      correctMtlEntry: cashChanged,
      createPromotion: readAgain("promotions"),
      declineReward: pointsApproved,
      draftRules: rulesChanged,
      fileCtr: caseChanged,
      identifyPatron: cashChanged,
      manualReward: pointsApproved,
      prepareCtr: caseChanged,
      publishDraft: rulesChanged,
      recordMtlEntry: cashChanged,
      resolveAlert: readAgain("complianceAlerts"),
      saveIdentification: readAgain("identification"),
      sealLedger: readAgain("ledgerSeals"),
      signOffGamingDay: readAgain("gamingDaySignOff"),
      undoIdentification: cashChanged,
      withdrawDraft: rulesChanged,
    },
  },
};
