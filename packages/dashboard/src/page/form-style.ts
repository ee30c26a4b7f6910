/** Buttons and fields: at least 44 px high where fingers press them. */
export const FORM_STYLE = `
button, input, select, textarea { font: inherit; font-size: 0.875rem; color: var(--text); background: var(--page); border: 1px solid var(--unjudged); border-radius: 6px; padding: 5px 10px; min-height: 32px; max-width: 100%; }
button { background: var(--card); cursor: pointer; }
button:hover:not(:disabled) { border-color: var(--text); }
button.primary { background: var(--accent); border-color: var(--accent); color: var(--page); font-weight: 600; }
button:disabled { opacity: 0.6; cursor: not-allowed; }
textarea { width: 100%; min-height: 5rem; }
label { font-size: 0.875rem; min-width: 0; max-width: 100%; }
fieldset { min-width: 0; }
form.inline { display: inline; }
form.filter { display: flex; flex-wrap: wrap; gap: 8px 16px; align-items: center; margin: 8px 0; }
form.filter label { max-width: 100%; }
form.sheet { display: grid; grid-template-columns: minmax(0, 1fr); gap: 10px; max-width: 40rem; }
form.sheet label { display: grid; grid-template-columns: minmax(0, 1fr); gap: 2px; }
@media (pointer: coarse) { button, input, select { min-height: 44px; } details.sheet > summary { padding: 10px 0; } .head nav a { min-height: 44px; } }
`
