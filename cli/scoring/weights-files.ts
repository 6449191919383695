import { join } from 'node:path';
import { format } from 'oxfmt';
import { PROJECT_ROOT } from '../project.ts';
import { type Fitted, VERSION } from './fit-model.ts';
import { replaceFile } from './replace-file.ts';

export const WEIGHTS_FOLDER = join(PROJECT_ROOT, 'domain', 'scoring', 'weights');

/** Writes weights and evaluation as the formatter would have them; each file is replaced whole or not at all. */
export async function writeFitted({ model, evaluation }: Fitted, folder: string): Promise<string[]> {
  const files = [
    { name: `${VERSION}.json`, value: model },
    { name: `${VERSION}.evaluation.json`, value: evaluation },
  ];
  const written: string[] = [];
  for (const { name, value } of files) {
    const { code, errors } = await format(name, JSON.stringify(value), { printWidth: 120 });
    if (errors.length > 0) throw new Error(`${name} could not be formatted.`);
    replaceFile(join(folder, name), code);
    written.push(join(folder, name));
  }
  return written;
}
