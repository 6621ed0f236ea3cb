// Puts the page together, and again whenever the language, digits or question change.
import { byId } from './dom.js';
import { readAddress, restoreState, state } from './state.js';
import { loadCatalogue, message, plain, useCurrency } from './messages.js';
import { empty } from './parts.js';
import { pageFooter, pageHeader, verdictSection } from './header.js';
import { mixSection, pairsSection, suppliersSection } from './suppliers.js';
import { annotatorsSection } from './annotators.js';
import { agreementSection, consensusSection } from './consensus.js';
import { confusionSection } from './confusion.js';
import { copiedSection, errorsSection, uncertainSection } from './tasks.js';
import { inputSection, limitsSection, methodSection } from './about.js';

const report = JSON.parse(byId('report').textContent);

function body(question) {
  return [
    verdictSection(report, question), suppliersSection(question), pairsSection(question), mixSection(question), annotatorsSection(question),
    consensusSection(question), confusionSection(question), agreementSection(question), uncertainSection(question), errorsSection(question),
    copiedSection(question), inputSection(report), methodSection(report, question), limitsSection(question),
  ];
}

function drawPage(focus) {
  const root = document.documentElement;
  root.lang = state.lang;
  root.dir = state.lang === 'ar' ? 'rtl' : 'ltr';
  root.dataset.theme = state.theme;
  root.dataset.digits = state.digits;
  document.title = plain('ui.title', { name: report.input?.name ?? 'labels' }).replace(/[\u2068\u2069]/g, '');
  byId('skip').replaceChildren(...message('ui.skip'));
  const question = (report.questions ?? [])[state.question];
  const sections = question ? body(question) : [empty('ui.no_questions'), inputSection(report)];
  byId('top').replaceChildren(...pageHeader(report, question ? sections.slice(1).map((s) => s.id) : [], drawPage).filter(Boolean));
  byId('main').replaceChildren(...sections);
  byId('foot').replaceChildren(...pageFooter(report));
  if (typeof focus === 'string') byId(focus)?.focus();
}

for (const language of ['en', 'ar']) loadCatalogue(language, JSON.parse(byId(`messages-${language}`).textContent));
useCurrency(report.input?.currency ?? null);
restoreState((report.questions ?? []).length);
drawPage();
addEventListener('hashchange', () => { if (readAddress((report.questions ?? []).length)) drawPage(); });
