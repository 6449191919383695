/** The pictures in the documents: a scene that is played for them, and every page that shows it. */
export { addressFor } from './address.ts';
export { keepReporting } from './devices.ts';
export { playScene, SCENE, type SceneOptions } from './scene.ts';
export { shoot } from './shoot.ts';
export { fileOf, type PagePictures, PICTURES, SIZES } from './table.ts';
