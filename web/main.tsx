import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app.js';
import './base.css';

const page = document.getElementById('page');
if (page === null) throw new Error('the document has no place for the page');
createRoot(page).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
