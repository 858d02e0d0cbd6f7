/** Who files, as `compliance.filer` holds it. */
export interface Filer {
  readonly legal_name: string;
  readonly trade_name: string | null;
  readonly ein: string;
  readonly street: string;
  readonly city: string;
  readonly state: string;
  readonly postal_code: string;
  readonly country: string;
  readonly contact_office: string;
  readonly contact_phone: string;
  readonly contact_extension: string | null;
  readonly transmitter_name: string;
  readonly transmitter_tin: string;
  readonly transmitter_tcc: string;
  readonly transmitter_contact: string;
  readonly transmitter_phone: string;
  readonly transmitter_street: string;
  readonly transmitter_city: string;
  readonly transmitter_state: string;
  readonly transmitter_postal_code: string;
  readonly transmitter_country: string;
}

/** Whole dollars in each direction; null where the direction isn't reported. */
export interface Amounts {
  readonly cash_in: number | null;
  readonly cash_out: number | null;
}

/** Somebody whose money it was, or who carried it. */
export interface Person extends Amounts {
  /** 50 acting for themselves, 17 acting for another, 23 acted for. */
  readonly party: "50" | "17" | "23";
  readonly multiple: boolean;
  readonly last_name: string;
  readonly first_name: string;
  readonly middle_name: string | null;
  readonly suffix: string | null;
  readonly gender: "female" | "male" | null;
  readonly birth_date: string;
  readonly occupation: string | null;
  readonly street: string;
  readonly city: string;
  readonly state: string | null;
  readonly postal_code: string | null;
  readonly country: string;
  readonly taxpayer_kind: "ssn" | "ein" | "foreign" | null;
  readonly taxpayer_number: string | null;
  readonly id_type: "drivers_license" | "passport" | "alien_registration" | "other";
  readonly id_type_other: string | null;
  readonly id_number: string;
  readonly id_state: string | null;
  readonly id_country: string;
}

/** The sum of one line of the form, rounded up to whole dollars. */
export interface ReportLine {
  readonly line: number;
  readonly amount: number;
  /** What it was, of a line for anything else. */
  readonly text: string | null;
  /** Whose currency, of a line for foreign currency. */
  readonly country: string | null;
}

/** One currency transaction report, as `compliance._ctr_report` makes it. */
export interface Report extends Amounts {
  readonly case_id: string;
  readonly gaming_day: string;
  /** The report that this one corrects; its identifier is unknown until it was acknowledged. */
  readonly amends: { readonly bsa_id: string | null } | null;
  readonly filer: Filer;
  readonly persons: readonly Person[];
  readonly lines: readonly ReportLine[];
}

/** What `compliance.ctr_batch` gives. */
export interface Batch {
  readonly filing_date: string;
  readonly reports: readonly Report[];
}
