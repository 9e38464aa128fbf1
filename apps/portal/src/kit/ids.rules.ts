/** Whether a text is nothing but the id of an object: a page names and links what it stands for. */
export const isId = (text: string): boolean => /^[a-z]{3}_[0-9a-hjkmnp-tv-z]{26}$/.test(text);
