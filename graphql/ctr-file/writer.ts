import { XmlDocument, type XmlElement } from "libxml2-wasm";

export const namespace = "www.fincen.gov/base";
const prefix = "fc2";
const schemaLocation = `${namespace} https://www.fincen.gov/base/EFL_CTRXBatchSchema.xsd`;

/** Writes a batch file's elements and numbers those that carry a SeqNum, in the document's order. */
export class Writer {
  readonly #document: XmlDocument;
  readonly root: XmlElement;
  #sequence = 0;

  constructor(rootName: string) {
    this.#document = XmlDocument.create();
    this.root = this.#document.createRoot(rootName, namespace, prefix);
    this.root.addNsDeclaration("http://www.w3.org/2001/XMLSchema-instance", "xsi");
    this.root.setAttr("schemaLocation", schemaLocation, "xsi");
  }

  /** A numbered element that holds others. */
  group(parent: XmlElement, name: string): XmlElement {
    const element = parent.addElement(name, prefix);
    this.#sequence += 1;
    element.setAttr("SeqNum", String(this.#sequence));
    return element;
  }

  /** An element that the schema wants, empty where there is nothing to say. */
  required(parent: XmlElement, name: string, value: string | number | null): void {
    const element = parent.addElement(name, prefix);
    if (value !== null) element.addText(String(value));
  }

  /** An element that is left out where there is nothing to say. */
  optional(parent: XmlElement, name: string, value: string | number | null): void {
    if (value !== null) this.required(parent, name, value);
  }

  toBuffer(): Buffer {
    const chunks: Buffer[] = [];
    const sink = {
      write(chunk: Uint8Array) {
        chunks.push(Buffer.from(chunk)); // a copy: the library uses its memory again
        return chunk.length;
      },
      close: () => true,
    };
    this.#document.save(sink, { format: true, noEmptyTags: true, encoding: "UTF-8" });
    return Buffer.concat(chunks);
  }

  /** Documents live in the library's own memory. */
  dispose(): void {
    this.#document.dispose();
  }
}
