import { join } from "node:path";
import { XmlDocument } from "libxml2-wasm";

/** FinCEN's answer to the file of the cases that `openFilingHouse` prepares. */
export const acknowledgement = join(import.meta.dirname, "../../data/ctr/acknowledgement.xml");

/** Looks into a file with XPath, on its own. */
export function look(file: Buffer) {
  const document = XmlDocument.fromBuffer(file);
  const namespaces = { fc2: "www.fincen.gov/base" };
  return {
    number: (path: string) => Number(document.eval(path, namespaces)),
    texts: (path: string) => document.find(path, namespaces).map((node) => node.content),
  };
}

/** The report of a card, by the cash in that only it has. */
export function reportOf(file: Buffer, cashIn: string) {
  const { texts } = look(file);
  const report = `//fc2:Activity[fc2:CurrencyTransactionActivity/fc2:TotalCashInReceiveAmountText = '${cashIn}']`;
  return { texts: (path: string) => texts(`${report}${path}`) };
}
