/** Changes with anything that changes a document's bytes: fonts, layout, words. */
export const RENDERER_VERSION = '2';
