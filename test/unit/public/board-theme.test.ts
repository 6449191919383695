import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contrast, readTheme, THEMES, themeProperties } from '../../../public/shared/board/theme.ts';
import { readParameters, withTokenMoved } from '../../../public/overlay/parameters.ts';

const read = (query: string) => readTheme(new URLSearchParams(query));

describe('a theme', () => {
  it('is classic unless a known one is named', () => {
    expect(read('')).toEqual({ theme: THEMES.classic, ignored: [] });
    expect(read('theme=light').theme).toEqual(THEMES.light);
    expect(read('theme=neon')).toEqual({ theme: THEMES.classic, ignored: ['theme'] });
    expect(read('theme=toString')).toEqual({ theme: THEMES.classic, ignored: ['theme'] });
  });

  it('takes colours as six hexadecimal digits, and nothing else', () => {
    expect(read('t.accent=FF8800').theme.accent).toBe('ff8800');
    expect(read('t.accent=%23ff8800').theme.accent).toBe('ff8800');
    for (const wrong of ['f80', 'orange', 'ff88001', 'url(x)', '', 'ff880g']) {
      expect(read(`t.accent=${wrong}`)).toEqual({ theme: THEMES.classic, ignored: ['t.accent'] });
    }
  });

  it('takes a radius up to 40 and a font of its list, and names what it does not know', () => {
    expect(read('t.radius=0&t.font=condensed').theme).toMatchObject({ radius: 0, font: 'condensed' });
    expect(read('t.radius=41&t.font=comic&t.shadow=1').ignored).toEqual(['t.radius', 't.font', 't.shadow']);
    expect(read('t.radius=-1').theme.radius).toBe(THEMES.classic.radius);
  });

  it('keeps its own text where it can be read, and else takes black or white', () => {
    expect(read('t.text=222222')).toMatchObject({ theme: { text: THEMES.classic.text }, ignored: ['t.text'] });
    expect(read('t.ground=ffffff').theme.text).toBe('000000');
    expect(read('t.ground=ffffff').ignored).toEqual([]);
  });

  it('can always be read, whatever is asked for', () => {
    const colour = fc.stringMatching(/^[0-9a-f]{6}$/);
    fc.assert(
      fc.property(
        fc.constantFrom('classic', 'contrast', 'light'),
        colour,
        colour,
        colour,
        colour,
        (name, ground, text, accent, red) => {
          const { theme } = read(`theme=${name}&t.ground=${ground}&t.text=${text}&t.accent=${accent}&t.red=${red}`);
          expect(contrast(theme.text, theme.ground)).toBeGreaterThanOrEqual(4.5);
          for (const token of ['accent', 'red', 'blue'] as const) {
            expect(contrast(theme[token], theme.ground)).toBeGreaterThanOrEqual(3);
          }
          const css = themeProperties(theme);
          const pairs = [
            ['--board-soft', '--board-ground'],
            ['--board-on-accent', '--board-accent'],
            ['--board-on-red', '--board-red'],
            ['--board-on-blue', '--board-blue'],
          ] as const;
          for (const [over, under] of pairs) {
            const ratio = contrast((css[over] ?? '').slice(1), (css[under] ?? '').slice(1));
            expect(ratio).toBeGreaterThanOrEqual(4.5);
          }
        },
      ),
    );
  });
});

describe('the address of an overlay', () => {
  const parameters = (query: string) => readParameters(new URLSearchParams(query));

  it('has the scorebug and the clock, transparent and without delay, unless it says otherwise', () => {
    expect(parameters('')).toEqual({
      bout: null,
      layers: ['scorebug', 'clock'],
      theme: THEMES.classic,
      background: null,
      delayMs: 0,
      ignored: [],
    });
    expect(parameters('bout=b1&layers=result,stats&bg=00FF00&delay=2500')).toMatchObject({
      bout: 'b1',
      layers: ['stats', 'result'],
      background: '00ff00',
      delayMs: 2_500,
    });
  });

  it('passes over what it does not understand and names it', () => {
    expect(parameters('layers=scorebug,flames&bg=green&delay=90000').ignored).toEqual(['layers', 'bg', 'delay']);
    expect(parameters('layers=flames').layers).toEqual(['scorebug', 'clock']);
    expect(parameters('delay=-5').delayMs).toBe(0);
    expect(parameters('layers=scorebug,scorebug').layers).toEqual(['scorebug']);
  });

  it('hands a token of the query on in the fragment, and leaves the rest as it is', () => {
    const moved = withTokenMoved(new URL('https://x.test/overlay?bout=b1&k=a.b-c_d&layers=clock'));
    expect(moved?.href).toBe('https://x.test/overlay?bout=b1&layers=clock#token=a.b-c_d');
    expect(withTokenMoved(new URL('https://x.test/overlay?bout=b1#token=t'))).toBeNull();
    expect(withTokenMoved(new URL('https://x.test/overlay?k=old#token=new'))?.href).toBe(
      'https://x.test/overlay#token=new',
    );
  });
});
