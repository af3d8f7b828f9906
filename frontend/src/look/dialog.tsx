import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";

interface DialogProps {
  title: string;
  isWide?: boolean;
  onClose: () => void;
  children: ComponentChildren;
}

/** The browser's own modal dialog: focus stays in it, Escape closes it, and focus goes back to where it was. */
export function Dialog({ title, isWide = false, onClose, children }: DialogProps) {
  const element = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const shown = element.current;
    const before = document.activeElement;
    shown?.showModal();
    return () => {
      shown?.close();
      if (before instanceof HTMLElement) before.focus();
    };
  }, []);
  return (
    <dialog ref={element} class={isWide ? "dialog wide" : "dialog"} aria-label={title} onCancel={(event) => { event.preventDefault(); onClose(); }}>
      <header>
        <h2>{title}</h2>
        <button type="button" class="button plain compact" onClick={onClose}>
          Close
        </button>
      </header>
      {children}
    </dialog>
  );
}
