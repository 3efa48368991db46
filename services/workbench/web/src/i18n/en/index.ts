/** Every area file of this language; the file's name is the first part of the key. */
const files = import.meta.glob<Record<string, unknown>>('./*.json', { eager: true, import: 'default' });

export const words = Object.fromEntries(
  Object.entries(files).map(([path, content]) => [path.replace(/^\.\/|\.json$/g, ''), content]),
);
