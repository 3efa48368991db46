/** The areas of this language that every page needs, or most of them; the file's name is the first part of the key. */
const files = import.meta.glob<Record<string, unknown>>(['./*.json', '!./audit.json', '!./caselist.json', '!./files.json', '!./material.json', '!./operations.json', '!./overview.json', '!./print.json', '!./track.json', '!./welfare.json'], {
  eager: true,
  import: 'default',
});

export const words = Object.fromEntries(
  Object.entries(files).map(([path, content]) => [path.replace(/^\.\/|\.json$/g, ''), content]),
);
