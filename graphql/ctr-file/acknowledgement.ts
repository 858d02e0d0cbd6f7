import { XmlDocument, XmlElement, XmlParseError } from "libxml2-wasm";
import { parseOptions } from "./schema.ts";

/** What FinCEN found in one report. */
export interface ReportError {
  /** FATAL, or WARN for what was accepted all the same. */
  readonly level: string | null;
  readonly code: string | null;
  readonly text: string | null;
  readonly element: string | null;
  readonly context: string | null;
}

/** What became of one report of a batch. */
export interface AcknowledgedReport {
  readonly bsaId: string | null;
  readonly errors: readonly ReportError[];
}

/** What became of a batch; its reports are in the order in which the batch has them. */
export interface Acknowledgement {
  /** Whether the batch was accepted as a whole. */
  readonly accepted: boolean;
  readonly reports: readonly AcknowledgedReport[];
  /** Errors of the batch itself. */
  readonly errors: readonly ReportError[];
}

/** The file isn't an acknowledgement. */
export class Unreadable extends Error {}

/** Reads an acknowledgement file, with or without FinCEN's namespace. */
export function readAcknowledgement(file: Uint8Array): Acknowledgement {
  let document: XmlDocument;
  try {
    document = XmlDocument.fromBuffer(file, { option: parseOptions });
  } catch (thrown) {
    if (thrown instanceof XmlParseError) throw new Unreadable("The file isn't well-formed XML.");
    throw thrown;
  }
  try {
    if (document.dtd !== null) throw new Unreadable("An acknowledgement has no document type.");
    return readBatch(document.root);
  } finally {
    document.dispose();
  }
}

function readBatch(root: XmlElement): Acknowledgement {
  const status = root.attr("StatusCode")?.value;
  const [submission, ...more] = children(root, "EFilingSubmissionXML");
  if (root.name !== "EFilingBatchXML" || !submission || more.length > 0) {
    throw new Unreadable("The file has no submission that is acknowledged; is it the batch file itself?");
  }
  const statuses = [status, submission.attr("StatusCode")?.value].filter((each) => each !== undefined);
  return {
    accepted: statuses.length > 0 && statuses.every((each) => each === "A"),
    reports: children(submission, "EFilingActivityXML").map(readReport),
    errors: [root, submission].flatMap((element) => readErrors(element)),
  };
}

function readReport(element: XmlElement): AcknowledgedReport {
  return { bsaId: textOf(element, "BSAID"), errors: readErrors(element) };
}

function readErrors(parent: XmlElement): ReportError[] {
  return [...elements(parent)]
    .filter(({ name }) => /^EFiling\w*ErrorXML$/.test(name))
    .map((element) => ({
      level: textOf(element, "ErrorLevelText"),
      code: textOf(element, "ErrorTypeCode"),
      text: textOf(element, "ErrorText"),
      element: textOf(element, "ErrorElementNameText"),
      context: textOf(element, "ErrorContextText"),
    }))
    .filter((error) => Object.values(error).some((value) => value !== null)); // an empty one says: none
}

function textOf(parent: XmlElement, name: string): string | null {
  return children(parent, name)[0]?.content.trim() || null;
}

function children(parent: XmlElement, name: string): XmlElement[] {
  return [...elements(parent)].filter((element) => element.name === name);
}

function* elements(parent: XmlElement): Generator<XmlElement> {
  for (let node = parent.firstChild; node !== null; node = node.next) {
    if (node instanceof XmlElement) yield node;
  }
}
