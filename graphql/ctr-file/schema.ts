import { readFileSync } from "node:fs";
import { join } from "node:path";
import {
  ParseOption,
  XmlDocument,
  type XmlLibError,
  XmlParseError,
  XmlValidateError,
  XsdValidator,
} from "libxml2-wasm";

/** A place in a file that the schema refuses. What the file says there is not repeated. */
export interface Fault {
  /** The elements that lead there, without prefixes: EFilingBatchXML/Activity[2]/Party[6]. */
  readonly path: string;
  readonly reason: string;
}

/** Nothing of a file is believed before it was read: no entities from outside, no network. */
export const parseOptions = ParseOption.XML_PARSE_NONET | ParseOption.XML_PARSE_NO_XXE;

let validator: XsdValidator | undefined;

/** The faults of a batch file, by FinCEN's own schema; none when it is valid. */
export function findFaults(file: Uint8Array): Fault[] {
  validator ??= loadValidator();
  let document: XmlDocument | undefined;
  try {
    document = XmlDocument.fromBuffer(file, { option: parseOptions });
    validator.validate(document);
    return [];
  } catch (thrown) {
    if (thrown instanceof XmlParseError || thrown instanceof XmlValidateError) return describe(thrown);
    throw thrown;
  } finally {
    document?.dispose();
  }
}

/** Reading the schema takes a while, so it is done once, and kept. */
function loadValidator(): XsdValidator {
  const schema = XmlDocument.fromBuffer(readFileSync(join(import.meta.dirname, "ctr.xsd")));
  try {
    return XsdValidator.fromDoc(schema);
  } finally {
    schema.dispose();
  }
}

function describe({ details, message }: XmlLibError): Fault[] {
  if (details.length === 0) return [{ path: "", reason: withoutValues(message) }];
  return details.map((detail) => ({
    path: (detail.xpath ?? `line ${detail.line}`).replaceAll(/^\/|\bfc2:/g, ""),
    reason: withoutValues(detail.message),
  }));
}

/** Values of the file are people's data; a reason without them is enough to find the place. */
function withoutValues(message: string): string {
  return message
    .replaceAll("{www.fincen.gov/base}", "")
    .replace(/(?<=[Vv]alue )'.*'(?= (?:is not accepted|is not an element|does not match))/s, "'…'")
    .replace(/(?<=: )'.*'(?= is not a valid value)/s, "'…'")
    .replace(/(?<=key-sequence )\['.*'\]/s, "['…']")
    .trim();
}
