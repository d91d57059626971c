/** What went wrong with a form, said beside it and aloud; nothing while all is well. */
export function Complaint({ children }: { children: string | null }) {
  return (
    <div role="alert" className="people-complaint">
      {children}
    </div>
  );
}
