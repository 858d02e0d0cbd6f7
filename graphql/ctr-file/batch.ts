import type { XmlElement } from "libxml2-wasm";
import type { Batch, Filer, Person, Report } from "./report.ts";
import { Writer } from "./writer.ts";

// Codes of the schema.
const party = { transmitter: 35, transmitterContact: 37, filer: 30, contactOffice: 8, location: 34 };
const regulator = { irs: 7 };
const organization = { casino: 1, stateLicensedCasino: 101 };
const identification = { ein: 2, tin: 4, transmitterControlCode: 28 };
const taxpayerCodes = { ssn: 1, ein: 2, foreign: 9 };
const documentCodes = { drivers_license: 5, passport: 6, alien_registration: 7, other: 999 };

/** FinCEN's word for the identifier of a report that was never acknowledged. */
const unknownDocument = "00000000000000";

/**
 * Writes a batch file. The same reports give the same bytes, apart from the filing date: nothing in
 * it comes from a clock, from chance or from the order in which the cases were opened.
 */
export function writeBatch({ filing_date, reports }: Batch): Buffer {
  const writer = new Writer("EFilingBatchXML");
  try {
    const lines = reports.flatMap((report) => report.lines);
    const parties = reports.reduce((count, report) => count + Object.keys(party).length + report.persons.length, 0);
    writer.root.setAttr("TotalAmount", String(lines.reduce((sum, { amount }) => sum + amount, 0)));
    writer.root.setAttr("PartyCount", String(parties));
    writer.root.setAttr("ActivityCount", String(reports.length));
    writer.required(writer.root, "FormTypeCode", "CTRX");

    const days = reports.map((report) => report.gaming_day).sort();
    const period: Period = { first: dateText(days[0] ?? ""), last: dateText(days.at(-1) ?? "") };
    for (const report of reports) writeReport(writer, report, dateText(filing_date), period);
    return writer.toBuffer();
  } finally {
    writer.dispose();
  }
}

interface Period {
  readonly first: string;
  readonly last: string;
}

function writeReport(writer: Writer, report: Report, filingDate: string, period: Period): void {
  const activity = writer.group(writer.root, "Activity");
  const { amends, filer } = report;
  writer.optional(activity, "EFilingPriorDocumentNumber", amends && (amends.bsa_id ?? unknownDocument));
  writer.required(activity, "FilingDateText", filingDate);

  const association = writer.group(activity, "ActivityAssociation");
  writer.required(association, "CorrectsAmendsPriorReportIndicator", indicator(amends !== null));
  writer.required(association, "FinCENDirectBackFileIndicator", null);
  writer.required(association, "InitialReportIndicator", indicator(amends === null));

  writeTransmitter(writer, activity, filer, period);
  writeFilingInstitution(writer, activity, filer);
  writeContactOffice(writer, activity, filer);
  writeLocation(writer, activity, report);
  for (const person of report.persons) writePerson(writer, activity, person);
  writeTransactions(writer, activity, report);
}

function writeTransmitter(writer: Writer, activity: XmlElement, filer: Filer, period: Period): void {
  const transmitter = writer.group(activity, "Party");
  writer.required(transmitter, "ActivityPartyTypeCode", party.transmitter);
  writePeriod(writer, transmitter, period);
  writeFullName(writer, transmitter, "L", filer.transmitter_name);
  writeAddress(writer, transmitter, {
    street: filer.transmitter_street,
    city: filer.transmitter_city,
    state: filer.transmitter_state,
    postal_code: filer.transmitter_postal_code,
    country: filer.transmitter_country,
  });
  writePhone(writer, transmitter, filer.transmitter_phone, null);
  writeNumber(writer, transmitter, filer.transmitter_tin, identification.tin);
  writeNumber(writer, transmitter, filer.transmitter_tcc, identification.transmitterControlCode);

  const contact = writer.group(activity, "Party");
  writer.required(contact, "ActivityPartyTypeCode", party.transmitterContact);
  writePeriod(writer, contact, period);
  writeFullName(writer, contact, "L", filer.transmitter_contact);
}

function writePeriod(writer: Writer, parent: XmlElement, { first, last }: Period): void {
  writer.required(parent, "EFilingCoverageBeginningDateText", first);
  writer.required(parent, "EFilingCoverageEndDateText", last);
}

function writeFilingInstitution(writer: Writer, activity: XmlElement, filer: Filer): void {
  const institution = writer.group(activity, "Party");
  writer.required(institution, "ActivityPartyTypeCode", party.filer);
  writeCasino(writer, institution, filer);
}

function writeContactOffice(writer: Writer, activity: XmlElement, filer: Filer): void {
  const office = writer.group(activity, "Party");
  writer.required(office, "ActivityPartyTypeCode", party.contactOffice);
  writeFullName(writer, office, "L", filer.contact_office);
  writePhone(writer, office, filer.contact_phone, filer.contact_extension);
}

/** Where the money changed hands: the whole of it, in the one casino. */
function writeLocation(writer: Writer, activity: XmlElement, { filer, cash_in, cash_out }: Report): void {
  const location = writer.group(activity, "Party");
  writer.required(location, "ActivityPartyTypeCode", party.location);
  writer.optional(location, "IndividualEntityCashInAmountText", cash_in);
  writer.optional(location, "IndividualEntityCashOutAmountText", cash_out);
  writeCasino(writer, location, filer);
}

function writeCasino(writer: Writer, parent: XmlElement, filer: Filer): void {
  writer.required(parent, "PrimaryRegulatorTypeCode", regulator.irs);
  writeFullName(writer, parent, "L", filer.legal_name);
  if (filer.trade_name !== null) writeFullName(writer, parent, "DBA", filer.trade_name);
  writeAddress(writer, parent, filer);
  writeNumber(writer, parent, filer.ein, identification.ein);
  const classification = writer.group(parent, "OrganizationClassificationTypeSubtype");
  writer.required(classification, "OrganizationSubtypeID", organization.stateLicensedCasino);
  writer.required(classification, "OrganizationTypeID", organization.casino);
}

function writePerson(writer: Writer, activity: XmlElement, person: Person): void {
  const element = writer.group(activity, "Party");
  writer.required(element, "ActivityPartyTypeCode", person.party);
  writer.optional(element, "FemaleGenderIndicator", indicator(person.gender === "female"));
  writer.required(element, "IndividualBirthDateText", dateText(person.birth_date));
  writer.optional(element, "IndividualEntityCashInAmountText", person.cash_in);
  writer.optional(element, "IndividualEntityCashOutAmountText", person.cash_out);
  writer.optional(element, "MaleGenderIndicator", indicator(person.gender === "male"));
  writer.optional(element, "MultipleTransactionsPersonsIndividualsIndicator", indicator(person.multiple));
  writer.optional(element, "UnknownGenderIndicator", indicator(person.gender === null));

  const name = writer.group(element, "PartyName");
  writer.required(name, "PartyNameTypeCode", "L");
  writer.required(name, "RawEntityIndividualLastName", person.last_name);
  writer.required(name, "RawIndividualFirstName", person.first_name);
  writer.optional(name, "RawIndividualMiddleName", person.middle_name);
  writer.optional(name, "RawIndividualNameSuffixText", person.suffix);

  writeAddress(writer, element, person);
  writeTaxpayer(writer, element, person);
  writeDocument(writer, element, person);
  if (person.occupation !== null) {
    const occupation = writer.group(element, "PartyOccupationBusiness");
    writer.required(occupation, "OccupationBusinessText", person.occupation);
  }
}

function writeTaxpayer(writer: Writer, parent: XmlElement, { taxpayer_number, taxpayer_kind }: Person): void {
  if (taxpayer_number !== null) {
    writeNumber(writer, parent, taxpayer_number, taxpayerCodes[taxpayer_kind ?? "ssn"]);
  } else {
    const unknown = writer.group(parent, "PartyIdentification");
    writer.required(unknown, "TINUnknownIndicator", "Y");
  }
}

function writeDocument(writer: Writer, parent: XmlElement, person: Person): void {
  const document = writer.group(parent, "PartyIdentification");
  writer.required(document, "OtherIssuerCountryText", person.id_country);
  writer.optional(document, "OtherIssuerStateText", person.id_state);
  writer.optional(document, "OtherPartyIdentificationTypeText", person.id_type_other);
  writer.required(document, "PartyIdentificationNumberText", person.id_number);
  writer.required(document, "PartyIdentificationTypeCode", documentCodes[person.id_type]);
}

function writeTransactions(writer: Writer, activity: XmlElement, report: Report): void {
  const transactions = writer.group(activity, "CurrencyTransactionActivity");
  // None of these ways of handing cash over exists at a casino's tables and cages.
  for (const name of [
    "AggregateTransactionIndicator",
    "ArmoredCarServiceIndicator",
    "ATMIndicator",
    "MailDepositShipmentIndicator",
    "NightDepositIndicator",
    "SharedBranchingIndicator",
  ]) {
    writer.required(transactions, name, null);
  }
  writer.required(transactions, "TotalCashInReceiveAmountText", report.cash_in);
  writer.required(transactions, "TotalCashOutAmountText", report.cash_out);
  writer.required(transactions, "TransactionDateText", dateText(report.gaming_day));
  for (const { line, amount, text, country } of report.lines) {
    const detail = writer.group(transactions, "CurrencyTransactionActivityDetail");
    writer.required(detail, "CurrencyTransactionActivityDetailTypeCode", line);
    writer.required(detail, "DetailTransactionAmountText", amount);
    writer.required(detail, "OtherCurrencyTransactionActivityDetailText", text);
    writer.required(detail, "OtherForeignCurrencyCountryText", country);
  }
}

function writeFullName(writer: Writer, parent: XmlElement, kind: "L" | "DBA", fullName: string): void {
  const name = writer.group(parent, "PartyName");
  writer.required(name, "PartyNameTypeCode", kind);
  writer.required(name, "RawPartyFullName", fullName);
}

interface Address {
  readonly street: string;
  readonly city: string;
  readonly state: string | null;
  readonly postal_code: string | null;
  readonly country: string;
}

function writeAddress(writer: Writer, parent: XmlElement, address: Address): void {
  const element = writer.group(parent, "Address");
  writer.required(element, "RawCityText", address.city);
  writer.required(element, "RawCountryCodeText", address.country);
  writer.optional(element, "RawStateCodeText", address.state);
  writer.required(element, "RawStreetAddress1Text", address.street);
  writer.optional(element, "RawZIPCode", address.postal_code);
}

function writePhone(writer: Writer, parent: XmlElement, number: string, extension: string | null): void {
  const phone = writer.group(parent, "PhoneNumber");
  writer.optional(phone, "PhoneNumberExtensionText", extension);
  writer.required(phone, "PhoneNumberText", number);
}

function writeNumber(writer: Writer, parent: XmlElement, number: string, kind: number): void {
  const element = writer.group(parent, "PartyIdentification");
  writer.required(element, "PartyIdentificationNumberText", number);
  writer.required(element, "PartyIdentificationTypeCode", kind);
}

/** The schema knows Y and nothing: it has no "no". */
function indicator(isSo: boolean): "Y" | null {
  return isSo ? "Y" : null;
}

/** 2026-01-31 as 20260131. */
function dateText(date: string): string {
  return date.replaceAll("-", "");
}
