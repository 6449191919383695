import { renameSync, rmSync, writeFileSync } from 'node:fs';

/**
 * Writes beside the file first and then renames, so that whoever reads finds the old file or the whole new one.
 * @throws Error naming the file, of which nothing has changed then
 */
export function replaceFile(path: string, text: string): void {
  const beside = `${path}.${process.pid}.tmp`;
  try {
    writeFileSync(beside, text);
    renameSync(beside, path);
  } catch (error) {
    rmSync(beside, { force: true });
    throw new Error(`${path} cannot be written: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    });
  }
}
