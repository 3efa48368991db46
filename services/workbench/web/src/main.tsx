import 'antd/dist/reset.css';
import './kit/tokens.css';
import './kit/base.css';
import { createRoot } from 'react-dom/client';
import { App } from './app/App';
import { startWords } from './i18n';

await startWords();
createRoot(document.getElementById('root')!).render(<App />);
