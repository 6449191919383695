export type XmlNode = { readonly name: string; readonly text: string; readonly children: XmlNode[] };

/**
 * Reads the XML that has elements, text and character references, which is all that is written here. Strict: throws an
 * Error at anything else, at a tag that is not closed and at a reference to a character that XML 1.0 does not know.
 */
export function readXml(xml: string): XmlNode {
  const root: XmlNode & { text: string } = { name: '', text: '', children: [] };
  const open: { name: string; text: string; children: XmlNode[] }[] = [root];
  const head = '<?xml version="1.0" encoding="utf-8"?>';
  if (!xml.startsWith(head)) throw new Error('no XML declaration');
  for (const [token] of xml.slice(head.length).matchAll(/<[^>]*>|[^<]+/g)) {
    const last = open.at(-1);
    if (last === undefined) throw new Error('after the end');
    if (!token.startsWith('<')) last.text += textOf(token);
    else if (token.startsWith('</')) {
      if (token !== `</${last.name}>`) throw new Error(`${token} closes <${last.name}>`);
      open.pop();
    } else {
      const name = /^<([A-Za-z_]+)>$/.exec(token)?.[1];
      if (name === undefined) throw new Error(`no tag: ${token}`);
      const node = { name, text: '', children: [] };
      last.children.push(node);
      open.push(node);
    }
  }
  const [document, ...more] = root.children;
  if (open.length !== 1 || document === undefined || more.length > 0) throw new Error('not one document');
  return document;
}

function textOf(token: string): string {
  const rest = token.replaceAll(/&#\d+;/g, '');
  if (rest.includes('&') || rest.includes('>')) throw new Error(`no text: ${token}`);
  return token.replaceAll(/&#(\d+);/g, (_all, digits: string) => {
    const code = Number(digits);
    const isCharacter = code === 9 || code === 10 || code === 13 || (code >= 32 && code <= 0x10ffff);
    if (!isCharacter || (code >= 0xd800 && code <= 0xdfff) || code === 0xfffe || code === 0xffff) {
      throw new Error(`no character: ${digits}`);
    }
    return String.fromCodePoint(code);
  });
}
