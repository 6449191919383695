import type { Schema } from './schema.ts';

/**
 * JSON before it is written: it may hold what JSON.stringify would never write (`1e999`, a member twice), and names of
 * things that only the run knows when it sends it.
 */
export type Tree = { readonly schema?: Schema } & (
  | { readonly kind: 'value'; readonly value: unknown }
  /** Goes out as it is. */
  | { readonly kind: 'raw'; readonly text: string }
  /** One of the values that the run has seen under this name, `pick` says which; `otherwise` where none fits. */
  | { readonly kind: 'known'; readonly name: string; readonly pick: number; readonly otherwise: Tree }
  | { readonly kind: 'list'; readonly items: readonly Tree[] }
  | { readonly kind: 'record'; readonly members: readonly Member[] }
);

export type Member = readonly [name: string, value: Tree];

/** The value that the run has under a name and that fits the schema; undefined where it has none. */
export type Known = (name: string, pick: number, schema: Schema | undefined) => unknown;

export function writeTree(tree: Tree, known: Known): string {
  switch (tree.kind) {
    case 'value':
      return JSON.stringify(tree.value) ?? 'null';
    case 'raw':
      return tree.text;
    case 'known': {
      const value = known(tree.name, tree.pick, tree.schema);
      return value === undefined ? writeTree(tree.otherwise, known) : JSON.stringify(value);
    }
    case 'list':
      return `[${tree.items.map((item) => writeTree(item, known)).join(',')}]`;
    case 'record':
      return `{${tree.members.map(([name, value]) => `${JSON.stringify(name)}:${writeTree(value, known)}`).join(',')}}`;
  }
}

/** As part of a path or a query: text without quotes. */
export function writeText(tree: Tree, known: Known): string {
  const written = writeTree(tree, known);
  try {
    const value: unknown = JSON.parse(written);
    return typeof value === 'string' ? value : written;
  } catch {
    return written;
  }
}

export type Change = (tree: Tree) => Tree;

/** A tree and everything in it, depth first: the order in which `changePlace` counts. */
export function placesOf(tree: Tree): readonly Tree[] {
  return [tree, ...childrenOf(tree).flatMap(placesOf)];
}

/** The tree with one place changed; places are numbered from 0, depth first. */
export function changePlace(tree: Tree, place: number, change: Change): Tree {
  if (place === 0) return change(tree);
  const children = childrenOf(tree);
  let first = 1;
  for (const [i, child] of children.entries()) {
    const size = placesOf(child).length;
    if (place < first + size) return withChild(tree, i, changePlace(child, place - first, change));
    first += size;
  }
  return tree;
}

function childrenOf(tree: Tree): readonly Tree[] {
  if (tree.kind === 'list') return tree.items;
  return tree.kind === 'record' ? tree.members.map(([, value]) => value) : [];
}

function withChild(tree: Tree, index: number, child: Tree): Tree {
  if (tree.kind === 'list') return { ...tree, items: tree.items.with(index, child) };
  if (tree.kind !== 'record') return tree;
  return { ...tree, members: tree.members.map(([name, value], i) => [name, i === index ? child : value] as const) };
}
