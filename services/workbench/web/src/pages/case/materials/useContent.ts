/** The content of a material as an address of this page, given back when nobody shows it any more; and saving it. */
import { useEffect } from 'react';
import { useQuery } from '@tanstack/react-query';
import { readMaterial, type Material } from '@/api/materials';

/** What a browser shows by itself without running anything. */
export function shows(material: Material): 'image' | 'audio' | 'text' | null {
  if (material.format === 'heic') return null;
  if (material.media_type.startsWith('image/')) return 'image';
  if (material.media_type.startsWith('audio/')) return 'audio';
  return material.format === 'text' ? 'text' : null;
}

export function useContent(caseId: string, material: Material) {
  const query = useQuery({
    queryKey: ['material', caseId, material.material_id],
    queryFn: async () => {
      const blob = await readMaterial(caseId, material.material_id);
      return { url: URL.createObjectURL(blob), text: shows(material) === 'text' ? await blob.text() : '' };
    },
    enabled: material.readable && shows(material) !== null,
    staleTime: Infinity,
    gcTime: 0,
    retry: false,
  });
  const made = query.data?.url;
  useEffect(
    () => () => {
      if (made) URL.revokeObjectURL(made);
    },
    [made],
  );
  return query;
}

export async function save(caseId: string, material: Material): Promise<void> {
  const made = URL.createObjectURL(await readMaterial(caseId, material.material_id));
  const link = document.createElement('a');
  link.href = made;
  link.download = material.name;
  link.click();
  URL.revokeObjectURL(made);
}
