/**
 * The colours of a page on paper and by day, and at night, as custom properties. State colours were computed for colour-blind
 * eyes (ux.md §7.2) and are for marks, bars and lines; text always has the text colour.
 */
export const LIGHT = `  --page: #fff; --card: #f6f7f9; --line: #d5dae1; --text: #1a1f26; --faint: #57606c; --track: #e4e8ed;
  --healthy: #0085d1; --watch: #b08000; --risk: #9b2410; --spent: #3d0b20; --unjudged: #6a717b;
  --late: #1a1f26; --plain: #8c96a3; --banner: #fff3c4; --banner-text: #3a2c00;
`

export const DARK = `  --page: #0f1419; --card: #182028; --line: #333d48; --text: #e6eaf0; --faint: #a3adb9; --track: #28323c;
  --healthy: #2b8ff5; --watch: #f3dc91; --risk: #e8502a; --spent: #f986d2; --unjudged: #6a717a;
  --late: #e6eaf0; --plain: #66727f; --banner: #4a3a00; --banner-text: #fff3c4;
`
