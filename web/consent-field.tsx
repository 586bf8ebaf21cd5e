interface ConsentFieldProps {
  readonly consent: boolean;
  readonly onChange: (consent: boolean) => void;
}

/** What somebody allows with what they play. */
export function ConsentField({ consent, onChange }: ConsentFieldProps) {
  return (
    <label className="check">
      <input type="checkbox" checked={consent} onChange={(event) => onChange(event.target.checked)} />
      What I play here may be used as training data, under a made-up name
    </label>
  );
}
