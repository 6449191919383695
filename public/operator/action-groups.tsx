import { operatorWords } from '../shared/strings/operator.ts';
import { KeyButton } from './key-button.tsx';
import type { Operator } from './model.ts';
import { ACTION_IDS, aspectOf, type Group, GROUPS, PALETTE } from './palette.ts';
import { mayAspect } from './permits.ts';

/** Every action, with its key on it. */
export function ActionGroups({ operator }: { readonly operator: Operator }) {
  return (
    <>
      {GROUPS.map((group) => (
        <ActionGroup key={group} operator={operator} group={group} />
      ))}
    </>
  );
}

function ActionGroup({ operator, group }: { readonly operator: Operator; readonly group: Group }) {
  const permits = operator.state.permits.value;
  const title = `group-${group}`;
  return (
    <section class={`action-group ${group}`} aria-labelledby={title}>
      <h2 class="group-title" id={title}>
        {operatorWords.groups[group]}
      </h2>
      <div class="action-buttons">
        {ACTION_IDS.filter((id) => PALETTE[id].group === group).map((id) => (
          <KeyButton
            key={id}
            operator={operator}
            command={id}
            class="action"
            barred={mayAspect(permits, aspectOf(id)) ? null : operatorWords.notYours}
          />
        ))}
      </div>
    </section>
  );
}
