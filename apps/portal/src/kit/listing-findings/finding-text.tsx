import { Told } from '../told.js';
import type { ListingFinding } from './finding.rules.js';
import { useFindingWords } from './use-finding-words.js';

/** What an automatic check found, the place it found it at, and the law it rests on. */
export function FindingText({ finding }: { readonly finding: ListingFinding }) {
  const words = useFindingWords();
  return (
    <>
      <Told text={finding.detail}>{words.finding(finding)}</Told>
      <p className="muted">
        <code>{finding.pointer}</code> {finding.article !== null && words.law(finding.article)}
      </p>
    </>
  );
}
