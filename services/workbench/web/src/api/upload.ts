/** The only place that sends a file: XMLHttpRequest, because fetch does not tell how much has left. */
import { local, noteWritten, problemIn, writeHeaders } from './client';

const TIMEOUT_MS = 150_000;

export interface Uploading {
  /** The same for every try of one file. */
  key: string;
  onProgress: (share: number) => void;
  signal: AbortSignal;
}

export function upload(path: string, file: File, { key, onProgress, signal }: Uploading): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', path);
    request.timeout = TIMEOUT_MS;
    request.setRequestHeader('Accept', 'application/json');
    request.setRequestHeader('Content-Type', 'application/octet-stream');
    request.setRequestHeader('Content-Disposition', `attachment; filename*=UTF-8''${encodeURIComponent(file.name)}`);
    for (const [name, value] of Object.entries(writeHeaders({ key }))) request.setRequestHeader(name, value);
    request.upload.addEventListener('progress', (event) => onProgress(event.total > 0 ? event.loaded / event.total : 0));
    request.addEventListener('load', () => {
      const header = (name: string) => request.getResponseHeader(name);
      if (request.status >= 400) return reject(problemIn(request.status, header, request.responseText));
      noteWritten(header('Consistency-Token'));
      return resolve();
    });
    request.addEventListener('timeout', () => reject(local(0, 'timeout', '网络较慢，没有传完；可再试一次，不会重复保存。', 'The line is slow: it did not arrive. Try again; it will not be stored twice.')));
    request.addEventListener('error', () => reject(local(0, 'offline', '网络中断，文件没有传完；恢复后再试一次，不会重复保存。', 'The network is down: the file did not arrive. Try again; it will not be stored twice.')));
    request.addEventListener('abort', () => reject(local(0, 'aborted', '已取消，文件没有保存。', 'Cancelled; the file was not stored.')));
    signal.addEventListener('abort', () => request.abort());
    request.send(file);
  });
}
