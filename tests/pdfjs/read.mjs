// Prints the text of each page of a PDF as a JSON array, as pdf.js extracts it.
import { readFile } from "node:fs/promises";

// Named when the module loads, used for drawing only.
for (const name of ["DOMMatrix", "ImageData", "Path2D"]) globalThis[name] ??= class {};
console.warn = () => {};
const { getDocument } = await import("pdfjs-dist/legacy/build/pdf.mjs");

const data = new Uint8Array(await readFile(process.argv[2]));
const pdf = await getDocument({ data, verbosity: 0 }).promise;
const pages = [];
for (let number = 1; number <= pdf.numPages; number += 1) {
  const content = await (await pdf.getPage(number)).getTextContent({ disableNormalization: true });
  pages.push(content.items.map((item) => item.str).join(""));
}
process.stdout.write(JSON.stringify(pages));
