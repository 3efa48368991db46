/** The code to scan; a chunk of its own, which only those load who add an authenticator. */
import { QRCode } from 'antd';

const QR_PX = 168;

export default function ScanCode({ uri, label }: { uri: string; label: string }) {
  return (
    <span role="img" aria-label={label}>
      <span aria-hidden>
        <QRCode value={uri} type="svg" size={QR_PX} bordered={false} />
      </span>
    </span>
  );
}
