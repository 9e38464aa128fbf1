import { useId, useRef, type KeyboardEvent, type ReactNode } from 'react';

interface TabsProps<K extends string> {
  /** What the tabs are of, for who does not see them. */
  readonly label: string;
  readonly tabs: readonly { readonly key: K; readonly label: string; readonly content: ReactNode }[];
  readonly chosen: K;
  readonly onChoose: (key: K) => void;
}

/** Which tab a key leads to from the one at `at`; undefined for keys that lead to none. */
function placeAfter(key: string, at: number, count: number): number | undefined {
  const places: Readonly<Record<string, number>> = {
    ArrowRight: (at + 1) % count,
    ArrowLeft: (at + count - 1) % count,
    Home: 0,
    End: count - 1,
  };
  return places[key];
}

/**
 * Parts of a page of which one is seen (WAI-ARIA APG, tabs). antd's own put the button for what does not fit among the
 * tabs, where no button may stand; these go on in the next line. Only the chosen part is drawn, and asks for its data.
 */
export function Tabs<K extends string>({ label, tabs, chosen, onChoose }: TabsProps<K>) {
  const id = useId();
  const list = useRef<HTMLDivElement>(null);
  const at = Math.max(
    tabs.findIndex(({ key }) => key === chosen),
    0,
  );
  const go = (event: KeyboardEvent) => {
    const place = placeAfter(event.key, at, tabs.length);
    const tab = place === undefined ? undefined : tabs[place];
    if (place === undefined || tab === undefined) return;
    event.preventDefault();
    list.current?.querySelectorAll<HTMLElement>('[role="tab"]')[place]?.focus();
    onChoose(tab.key);
  };
  return (
    <>
      <div ref={list} role="tablist" tabIndex={-1} aria-label={label} className="tabs" onKeyDown={go}>
        {tabs.map((tab, index) => (
          <button
            key={tab.key}
            type="button"
            role="tab"
            id={`${id}-${tab.key}`}
            aria-selected={index === at}
            aria-controls={index === at ? `${id}-part` : undefined}
            tabIndex={index === at ? 0 : -1}
            onClick={() => onChoose(tab.key)}
          >
            {tab.label}
          </button>
        ))}
      </div>
      <div key={tabs[at]?.key} role="tabpanel" id={`${id}-part`} aria-labelledby={`${id}-${tabs[at]?.key ?? ''}`}>
        {tabs[at]?.content}
      </div>
    </>
  );
}
