import { signal } from '@preact/signals';

export const isFullScreen = signal(false);

document.addEventListener('fullscreenchange', () => {
  isFullScreen.value = document.fullscreenElement !== null;
});

/** Some screens refuse (a kiosk that is full already, a phone): the board then stays as it is. */
export async function toggleFullScreen(): Promise<void> {
  try {
    if (document.fullscreenElement === null) await document.documentElement.requestFullscreen();
    else await document.exitFullscreen();
  } catch {
    isFullScreen.value = document.fullscreenElement !== null;
  }
}
