import { useState } from 'preact/hooks';
import { pairingWords as words } from '../../shared/strings/supervisor-night.ts';
import { CodePanel } from './code-panel.tsx';
import { type PlaceForm, placeBody, type ShownCode, subjectOf } from './codes.ts';
import type { Desk } from './desk.ts';
import { HealthPanel } from './health-panel.tsx';
import type { Night } from './model.ts';
import { Others } from './others.tsx';
import { PlaceMaker } from './place-maker.tsx';
import type { Reports } from './reports.ts';
import { Seats } from './seats.tsx';
import { openSending } from './send.ts';
import { decodeMadeCode } from './wire.ts';

type Props = {
  readonly desk: Desk;
  readonly night: Night;
  /** The bout whose devices report. */
  readonly boutId: string | null;
  readonly reports: Reports;
  readonly reporting: readonly string[];
};

/** Who has a place tonight, by which device, and how that device is. */
export function DevicesView({ desk, night, boutId, reports, reporting }: Props) {
  const [sending] = useState(() => openSending(desk.credential));
  const { codes } = desk;
  const card = night.card.value;
  if (card === null) {
    return (
      <section class="panel">
        <p>{words.needsCard}</p>
      </section>
    );
  }

  async function give(form: PlaceForm, ttlS: number): Promise<boolean> {
    if (card === null) return false;
    const answer = await sending.send('/api/pairings', { ...placeBody(form, card.card_id), ttl_s: ttlS });
    const made = answer === null ? undefined : decodeMadeCode(answer);
    if (made === undefined) return false;
    const { role } = form;
    const seat = role === 'judge' ? form.seat.trim() : null;
    const code = { url: made.url, expiresAt: made.expires_at, role, subject: subjectOf(form), seat, place: form };
    codes.value = [code, ...codes.peek().filter((one) => one.url !== code.url)];
    await night.refresh();
    return true;
  }

  function putAway(code: ShownCode): void {
    codes.value = codes.peek().filter((one) => one.url !== code.url);
  }

  return (
    <div class="devices">
      <Seats
        desk={desk}
        night={night}
        card={card}
        sending={sending}
        reporting={reporting}
        onGive={(form) => void give(form, 3_600)}
      />
      <CodePanel
        desk={desk}
        night={night}
        codes={codes.value}
        onPutAway={putAway}
        onAgain={(code) => {
          putAway(code);
          void give(code.place, 3_600);
        }}
      />
      <PlaceMaker desk={desk} night={night} card={card} sending={sending} onGive={give} />
      <Others desk={desk} night={night} card={card} onGive={(form) => void give(form, 3_600)} />
      <HealthPanel desk={desk} night={night} boutId={boutId} reports={reports} />
    </div>
  );
}
