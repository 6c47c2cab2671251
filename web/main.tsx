import { render } from 'preact';
import './styles/page.css';

const root = document.getElementById('page');
if (root !== null) render(<main>Tankard preview</main>, root);
