import { AUDIENCES } from '../../../domain/roles/index.ts';
import { releaseWords as words } from '../../shared/strings/supervisor-night.ts';
import { Choice } from './inputs.tsx';
import { RELEASED } from './release.ts';
import type { Release } from './wire.ts';

const OPTIONS = AUDIENCES.map((audience) => [audience, words.audience[audience]] as const);

type Props = {
  /** Before every id, as several of these may be on the page. */
  readonly at: string;
  readonly release: Release;
  readonly onChange: (release: Release) => void;
  readonly errorAt: (field: string) => string | undefined;
};

/** Who sees what, each choice with what its word means. */
export function ReleaseFields({ at, release, onChange, errorAt }: Props) {
  return (
    <>
      <div class="fields">
        {RELEASED.map((part) => (
          <Choice
            key={part}
            id={`${at}-${part}`}
            label={words.part[part]}
            value={release[part]}
            options={OPTIONS}
            hint={words.meaning[release[part]]}
            error={errorAt(`release_policy.${part}`)}
            onChange={(value) => {
              const audience = AUDIENCES.find((one) => one === value);
              if (audience !== undefined) onChange({ ...release, [part]: audience });
            }}
          />
        ))}
      </div>
      <p class="hint">{words.perRound}</p>
    </>
  );
}
