import { render } from 'preact';
import { Page } from './components/page.tsx';
import { listenToKeys } from './keys.ts';
import { connect } from './state/connection.ts';
import { followEnvironment } from './state/environment.ts';
import { followResource } from './state/resource.ts';
import { followHash } from './state/route.ts';
import { applyTheme } from './state/theme.ts';
import { followTitle } from './state/title.ts';

applyTheme();
followHash();
followEnvironment();
followResource();
followTitle();
listenToKeys();
connect();
const root = document.getElementById('page');
if (root !== null) render(<Page />, root);
